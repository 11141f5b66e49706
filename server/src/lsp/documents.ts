import { TextDocuments, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { takeSnapshot, type Snapshot, type UseFile } from '../language/snapshot.ts';
import { isCurrent } from '../language/usedFiles.ts';
import { isPackFile } from './packFiles.ts';
import type { BugLog } from './safe.ts';
import { isCopy, keyOf } from './workspace/uris.ts';

/** What snapshots need besides the text; known once a client has connected. */
export interface Knowledge {
  catalogueOf(uri: string): Catalogue;
  /** All catalogues, the built-in one last. */
  catalogues(): readonly Catalogue[];
  today(): string;
  /** What paths in a file lead to, as far as it is at hand. */
  useOf(uri: string, catalogue: Catalogue): UseFile;
}

/** An open document and the snapshot of its newest version. */
export class OpenDocument {
  readonly text: TextDocument;
  private readonly knowledge: Knowledge;
  private readonly log: BugLog;
  private taken: Snapshot | undefined;

  constructor(text: TextDocument, knowledge: Knowledge, log: BugLog) {
    this.text = text;
    this.knowledge = knowledge;
    this.log = log;
  }

  get uri(): string {
    return this.text.uri;
  }

  get version(): number {
    return this.text.version;
  }

  /** Taken when it is first asked for in this version of it and of what it uses; offsets in it are those of `text` until the next change. */
  get snapshot(): Snapshot {
    const text = this.text.getText();
    const today = this.knowledge.today();
    const catalogue = this.knowledge.catalogueOf(this.uri);
    const use = this.knowledge.useOf(this.uri, catalogue);
    const { taken } = this;
    if (taken?.text === text && taken.today === today && taken.catalogue === catalogue && isCurrent(taken, use)) return taken;
    const onBug = (part: string, error: unknown): void => this.log.report(part, error);
    return (this.taken = takeSnapshot(text, catalogue, today, taken, onBug, use));
  }
}

/** The documents that the client has open. */
export class Documents {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly open = new Map<string, OpenDocument>();
  private readonly packTexts = new Map<string, TextDocument>();
  private readonly pending = new Map<string, ReturnType<typeof setImmediate>>();

  /**
   * Follows the client. `settled` is called when a document was opened or changed and nothing newer of it has arrived;
   * `closed` when it is no longer open; `packChanged` when a file of an organisation's own rules was opened, changed or closed.
   */
  constructor(
    connection: Connection,
    log: BugLog,
    knowledge: () => Knowledge,
    events: { settled(document: OpenDocument): void; closed(uri: string): void; packChanged(): void },
  ) {
    this.texts.onDidOpen(({ document }) => {
      if (isPackFile(document.uri)) this.packTexts.set(keyOf(document.uri), document);
      else if (!isCopy(document.uri)) this.open.set(keyOf(document.uri), new OpenDocument(document, knowledge(), log));
    });
    this.texts.onDidChangeContent(({ document: { uri } }) => {
      if (this.packTexts.has(keyOf(uri))) {
        events.packChanged();
        return;
      }
      clearImmediate(this.pending.get(uri));
      const settle = (): void => {
        this.pending.delete(uri);
        const document = this.get(uri);
        if (document) events.settled(document);
      };
      // Changes that have arrived already are read first: only the newest version is worth the work.
      this.pending.set(uri, setImmediate(settle));
    });
    this.texts.onDidClose(({ document: { uri } }) => {
      clearImmediate(this.pending.get(uri));
      this.pending.delete(uri);
      if (this.open.delete(keyOf(uri))) events.closed(uri);
      if (this.packTexts.delete(keyOf(uri))) events.packChanged();
    });
    this.texts.listen(connection);
  }

  all(): readonly OpenDocument[] {
    return [...this.open.values()];
  }

  /** The text of an open file of an organisation's own rules. */
  packText(uri: string): TextDocument | undefined {
    return this.packTexts.get(keyOf(uri));
  }

  get(uri: string): OpenDocument | undefined {
    return this.open.get(keyOf(uri));
  }
}
