import type { ClientCapabilities, SnippetTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Draft } from '../language/actions/action.ts';
import type { Span } from '../syntax/tree.ts';
import { toEdit } from './convert.ts';

/** Edits of one document in the richest form that the client knows: with places to fill in, for this version only. */
export function toWorkspaceEdit(document: TextDocument, drafts: readonly Draft[], client: ClientCapabilities): WorkspaceEdit {
  const { documentChanges = false, snippetEditSupport = false } = client.workspace?.workspaceEdit ?? {};
  if (!documentChanges) return { changes: { [document.uri]: drafts.map((draft) => toEdit(document, draft)) } };
  let stop = 0;
  const edits = drafts.map((draft): TextEdit | SnippetTextEdit => {
    if (!snippetEditSupport || !draft.holes) return toEdit(document, draft);
    const first = stop + 1;
    stop += draft.holes.length;
    return toSnippet(document, draft, first);
  });
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] };
}

function toSnippet(document: TextDocument, draft: Draft, firstStop: number): SnippetTextEdit {
  const { span, text, holes = [] } = fromLineStart(document.getText(), draft);
  const { range } = toEdit(document, { span, text });
  return { range, snippet: { kind: 'snippet', value: snippetOf(text, holes, firstStop) } };
}

/** A text with places to fill in, in the syntax of snippets. */
export function snippetOf(text: string, holes: readonly Span[], firstStop = 1): string {
  let value = '';
  let at = 0;
  holes.forEach(({ start, end }, index) => {
    value += `${escape(text.slice(at, start))}\${${firstStop + index}:${escape(text.slice(start, end))}}`;
    at = end;
  });
  return value + escape(text.slice(at));
}

/** Editors indent the further lines of a snippet like the line that it is put on: so it begins where nothing is indented. */
function fromLineStart(text: string, draft: Draft): Draft {
  if (!draft.text.includes('\n')) return draft;
  const line = text.lastIndexOf('\n', draft.span.start - 1) + 1;
  const before = text.slice(line, draft.span.start);
  return {
    span: { start: line, end: draft.span.end },
    text: before + draft.text,
    holes: (draft.holes ?? []).map(({ start, end }) => ({ start: start + before.length, end: end + before.length })),
  };
}

function escape(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
