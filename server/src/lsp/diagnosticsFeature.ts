import type { Connection, Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { toDiagnostic } from './convert.ts';
import type { Documents, OpenDocument } from './documents.ts';
import type { Settings } from './settings.ts';
import { safely, type BugLog } from './safe.ts';

/** Diagnostics of open documents, for clients that ask and for clients that are told. */
export class Diagnostics {
  private readonly connection: Connection;
  private readonly pages: () => boolean;
  private readonly settings: () => Settings;
  /** By uri: what the client has been given, and under which name. */
  private readonly given = new Map<string, { readonly id: string; readonly json: string }>();
  private count = 0;

  constructor(connection: Connection, documents: Documents, log: BugLog, pages: () => boolean, settings: () => Settings) {
    this.connection = connection;
    this.pages = pages;
    this.settings = settings;
    const nothing: DocumentDiagnosticReport = { kind: 'full', items: [] };
    connection.languages.diagnostics.on(
      safely(log, 'diagnostics', nothing, ({ textDocument, previousResultId }) => {
        const document = documents.get(textDocument.uri);
        return document ? this.report(document, previousResultId) : nothing;
      }),
    );
  }

  /** Tells the client. */
  publish(document: OpenDocument): void {
    const { uri, version } = document;
    void this.connection.sendDiagnostics({ uri, version, diagnostics: this.of(document) });
  }

  /** Takes back what the client has been told. */
  clear(uri: string): void {
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.given.delete(uri);
  }

  private of(document: OpenDocument): Diagnostic[] {
    const pages = this.pages();
    const expand = this.settings().expandProblems;
    return diagnosticsOf(document.snapshot, { expand }).map((diagnostic) => toDiagnostic(document.text, diagnostic, pages));
  }

  private report(document: OpenDocument, previous: string | undefined): DocumentDiagnosticReport {
    const items = this.of(document);
    const json = JSON.stringify(items);
    let given = this.given.get(document.uri);
    if (given?.json !== json) {
      given = { id: String(++this.count), json };
      this.given.set(document.uri, given);
    }
    return given.id === previous ? { kind: 'unchanged', resultId: given.id } : { kind: 'full', resultId: given.id, items };
  }
}
