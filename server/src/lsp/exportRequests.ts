import type { Connection } from 'vscode-languageserver';
import { PDF_REQUEST, type PdfParams, type PdfResult } from '../protocol/messages.ts';
import type { Runtime } from './runtime.ts';
import { safely, type BugLog } from './safe.ts';

/** Pictures are drawn where they are seen; what a page cannot write, the server does. */
export function answerExports(connection: Connection, log: BugLog, { pdf }: Runtime): void {
  connection.onRequest(
    PDF_REQUEST,
    safely(log, 'PDF', null as PdfResult | null, async ({ svg }: PdfParams) => (pdf && typeof svg === 'string' ? await pdf(svg) : null)),
  );
}
