import type { Connection } from 'vscode-languageserver';
import { EDIT_REQUEST, type EditParams, type EditResult } from '../protocol/messages.ts';
import { rangeOf } from './convert.ts';
import type { Documents } from './documents.ts';
import { safely, type BugLog } from './safe.ts';

/** Answers what the author does in the diagram: with text edits, or with a sentence that says why not. */
export function answerDiagramEdits(connection: Connection, documents: Documents, log: BugLog): void {
  connection.onRequest(
    EDIT_REQUEST,
    safely(
      log,
      'diagram edit',
      { refused: 'This cannot be done; the log says why.' } as EditResult,
      async ({ uri, version, edit }: EditParams): Promise<EditResult> => {
        const { editFromDiagram } = await import('./late/changing.ts');
        const document = documents.get(uri);
        if (!document) return { refused: 'The text is not open any more.' };
        if (document.version !== version) return { refused: 'The text has changed meanwhile: try again.' };
        const outcome = editFromDiagram(document.snapshot, edit);
        if ('refused' in outcome) return outcome;
        const { text } = document;
        return {
          edits: outcome.edits.map((it) => ({ range: rangeOf(text, it.span), newText: it.text })),
          selects: outcome.selects,
        };
      },
    ),
  );
}
