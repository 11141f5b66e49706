import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { extendCatalogue, PackBase } from '../catalogue/pack/extend.ts';
import type { PackText } from '../catalogue/pack/files.ts';
import { problemDiagnostic } from '../language/diagnostics.ts';
import type { packCompletionsAt, packHoverAt } from '../language/packFile/packFile.ts';
import { toDiagnostic } from './convert.ts';
import { unawaited, type BugLog } from './safe.ts';

/** How an organisation's own rules are reached. Folders and files are URIs. */
export interface PackAccess {
  base(): PackBase;
  /** The folder of rules that holds for the files of `folder`, which is `root` or below it. */
  find(folder: string, root: string): string | undefined;
  read(pack: string): readonly PackText[];
  /**
   * Where nothing can be read at once: fetches all rules in these folders, and the base if there are any; from then on the
   * others answer from what was fetched, before with what they had.
   */
  gather?(roots: readonly string[]): Promise<void> | undefined;
}

/** The code that only organisations' own rules need. */
export interface PackTools {
  readonly extendCatalogue: typeof extendCatalogue;
  readonly packCompletionsAt: typeof packCompletionsAt;
  readonly packHoverAt: typeof packHoverAt;
}

/**
 * The organisations' own rules in the folders of a workspace. A folder is read when a document below it is first
 * analysed, and again after a change; what is wrong in its files is told to the client.
 */
export class Packs {
  private readonly connection: Connection;
  private readonly log: BugLog;
  private readonly access: PackAccess;
  private readonly openText: (uri: string) => string | undefined;
  private readonly found = new Map<string, string | undefined>();
  private readonly loaded = new Map<string, Catalogue | undefined>();
  private readonly late: () => void;
  private loading: Promise<void> | undefined;
  /** Once a folder of rules was found. */
  tools: PackTools | undefined;
  /** Folders that the client trusts. */
  private roots: readonly string[] = [];
  /** Files that the client was told problems of. */
  private told = new Set<string>();

  /**
   * `openText`: what an editor has of a file counts instead of what is stored. `late` is called when rules hold that were not
   * yet there when they were first asked for.
   */
  constructor(connection: Connection, log: BugLog, access: PackAccess, openText: (uri: string) => string | undefined, late: () => void) {
    this.connection = connection;
    this.log = log;
    this.access = access;
    this.openText = openText;
    this.late = late;
  }

  /** Makes ready for the rules of these workspace folders, so that they hold from the first document on. */
  async prepare(roots: readonly string[]): Promise<void> {
    if (roots.some((root) => this.access.find(root, root) !== undefined)) await this.loadTools();
  }

  /** Reads the rules of these workspace folders from now on, and those of no others. */
  trust(roots: readonly string[]): void {
    this.roots = [...roots].map((root) => root.replace(/\/+$/, '')).sort((a, b) => b.length - a.length);
    this.reload();
  }

  /** Reads everything anew. */
  reload(): void {
    this.readAgain();
    const gathered = this.roots.length > 0 ? this.access.gather?.(this.roots) : undefined;
    if (gathered) this.readAfter(gathered);
  }

  /** The catalogue of the rules that hold for a document; `undefined` when these are only the built-in ones. */
  catalogueOf(uri: string): Catalogue | undefined {
    const root = this.roots.find((folder) => uri.startsWith(`${folder}/`));
    return root === undefined ? undefined : this.around(uri.slice(0, uri.lastIndexOf('/')), root);
  }

  /** See `PackAccess`. */
  base(): PackBase {
    return this.access.base();
  }

  /** All catalogues that documents have by now. */
  catalogues(): readonly Catalogue[] {
    return [...this.loaded.values()].filter((catalogue) => catalogue !== undefined);
  }

  private readAfter(something: Promise<void>): void {
    const read = something.then(() => {
      this.readAgain();
      this.late();
    });
    unawaited(this.log, "an organisation's rules", read);
  }

  private readAgain(): void {
    const before = [...this.loaded.keys()];
    const stale = this.told;
    this.found.clear();
    this.loaded.clear();
    this.told = new Set();
    for (const root of this.roots) this.around(root, root);
    for (const pack of before) this.load(pack);
    for (const uri of stale) if (!this.told.has(uri)) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private around(folder: string, root: string): Catalogue | undefined {
    if (!this.found.has(folder)) this.found.set(folder, this.access.find(folder, root));
    const pack = this.found.get(folder);
    return pack === undefined ? undefined : this.load(pack);
  }

  private async loadTools(): Promise<void> {
    this.tools = await import('./late/packs.ts');
  }

  private load(pack: string): Catalogue | undefined {
    if (this.loaded.has(pack)) return this.loaded.get(pack);
    this.loaded.set(pack, undefined);
    const { tools } = this;
    if (!tools) {
      if (!this.loading) this.readAfter((this.loading = this.loadTools()));
      return undefined;
    }
    try {
      const texts = this.access.read(pack).map((file): PackText => {
        const text = this.openText(uriOf(pack, file.name));
        return text === undefined ? file : { name: file.name, text };
      });
      if (texts.length > 0) this.loaded.set(pack, this.extend(pack, texts, tools));
    } catch (error) {
      this.log.report("an organisation's rules", error);
    }
    return this.loaded.get(pack);
  }

  private extend(pack: string, texts: readonly PackText[], tools: PackTools): Catalogue {
    const { catalogue, problems } = tools.extendCatalogue(this.access.base(), texts);
    for (const { name, text } of texts) {
      const mine = problems.filter(({ file }) => file === name);
      if (mine.length === 0) continue;
      const uri = uriOf(pack, name);
      const document = TextDocument.create(uri, 'yaml', 0, text);
      const diagnostics = mine.map((problem) => toDiagnostic(document, problemDiagnostic(problem), false));
      this.told.add(uri);
      void this.connection.sendDiagnostics({ uri, diagnostics });
    }
    return catalogue;
  }
}

function uriOf(pack: string, name: string): string {
  return `${pack}/${name.split('/').map(encodeURIComponent).join('/')}`;
}
