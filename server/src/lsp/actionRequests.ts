import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WayOut } from '../language/actions/waysOut.ts';
import { FIXES_REQUEST, type FindingFix, type FixesParams, type FixesResult } from '../protocol/messages.ts';
import { rangeOf } from './convert.ts';
import type { Documents } from './documents.ts';
import { safely, type BugLog } from './safe.ts';
import { holeAfter } from './selection.ts';

/** Answers what can be done about one finding, for lists and pictures of findings. */
export function answerFixes(connection: Connection, documents: Documents, log: BugLog): void {
  connection.onRequest(
    FIXES_REQUEST,
    safely(log, 'fixes of a finding', [] as FixesResult, async ({ uri, fingerprint }: FixesParams) => {
      const { waysOut } = await import('./late/changing.ts');
      const document = documents.get(uri);
      const finding = document?.snapshot.findings.find((known) => known.fingerprint === fingerprint);
      if (!document || !finding) return [];
      return [...waysOut(document.snapshot, finding)].map((way) => toFix(document.text, way));
    }),
  );
}

function toFix(text: TextDocument, { kind, title, preferred, edits }: WayOut): FindingFix {
  const changes = edits.map((edit) => ({ range: rangeOf(text, edit.span), newText: edit.text }));
  const select = holeAfter(text, edits);
  return {
    kind,
    title,
    preferred,
    edit: { documentChanges: [{ textDocument: { uri: text.uri, version: text.version }, edits: changes }] },
    ...(select && { select }),
  };
}
