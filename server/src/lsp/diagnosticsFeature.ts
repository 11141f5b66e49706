import type { Diagnostic as LspDiagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { hashText, hexOf } from '../syntax/hash.ts';
import type { OpenDocument } from './documents.ts';
import { GivenDiagnostics } from './givenDiagnostics.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';

/** A report of what there is to say of one document, and the name under which a client remembers it. */
export interface Report {
  /** The same for the same report, also in another session. */
  readonly id: string;
  readonly items: LspDiagnostic[];
}

/** Diagnostics of documents, for clients that ask and for clients that are told. */
export class Diagnostics {
  private readonly session: Session;
  private readonly given = new WeakMap<OpenDocument, GivenDiagnostics>();

  /** `models` has what the client asks about without having it open, as it does right after closing. */
  constructor(session: Session, models: WorkspaceModels) {
    this.session = session;
    const nothing: DocumentDiagnosticReport = { kind: 'full', items: [] };
    session.connection.languages.diagnostics.on(
      safely(session.log, 'diagnostics', nothing, async ({ textDocument: { uri }, previousResultId }) => {
        const stored = session.settings().checkScope === 'workspace';
        const document = session.documents.get(uri) ?? (stored ? await models.load(uri) : undefined);
        if (!document) return nothing;
        await session.used.ready(document);
        const { id, items } = this.report(document);
        return id === previousResultId ? { kind: 'unchanged', resultId: id } : { kind: 'full', resultId: id, items };
      }),
    );
  }

  /** For a client that remembers reports by their names, which cost a look at all that is in them. */
  report(document: OpenDocument): Report {
    const items = this.items(document);
    return { id: hexOf(hashText(JSON.stringify(items))), items };
  }

  /** What there is to say of a document. What was said of an earlier version of it and is the same is the same object. */
  items(document: OpenDocument): LspDiagnostic[] {
    const { session } = this;
    const { snapshot, text } = document;
    const expand = session.settings().expandProblems;
    let given = this.given.get(document);
    if (!given) this.given.set(document, (given = new GivenDiagnostics(session.pages(), (file) => session.used.uriOf(file))));
    return given.give(text, diagnosticsOf(snapshot, { expand, others: session.evidence(snapshot) }));
  }

  /** Tells the client of a document that it has open. */
  publish(document: OpenDocument): void {
    const { uri, version } = document;
    void this.session.connection.sendDiagnostics({ uri, version, diagnostics: this.items(document) });
  }

  /** Tells the client of a file that it does not have open; without diagnostics it takes back what it has told. */
  publishStored(uri: string, diagnostics: LspDiagnostic[] = []): void {
    void this.session.connection.sendDiagnostics({ uri, diagnostics });
  }
}
