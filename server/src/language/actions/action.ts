import type { Finding } from '../../analysis/index.ts';
import type { Problem } from '../../syntax/problem.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import type { Span } from '../../syntax/tree.ts';

/** An edit with places that the author fills in. */
export interface Draft extends TextEdit {
  /** Spans of `text`, in the order in which they are filled in. */
  readonly holes?: readonly Span[];
}

/** What kind of change it is, in the words of the protocol. */
export type ActionKind = 'quickfix' | 'refactor.move' | 'refactor.rewrite' | typeof FIX_ALL | typeof ORGANIZE;
export const FIX_ALL = 'source.fixAll.threatwright';
export const ORGANIZE = 'source.organizeElements';

/** Kinds of actions that there are, for clients that ask only for some. */
export const ACTION_KINDS: readonly ActionKind[] = ['quickfix', 'refactor.move', 'refactor.rewrite', FIX_ALL, ORGANIZE];

/** Something that can be done to the text at a place. */
export interface Action {
  readonly kind: ActionKind;
  readonly title: string;
  /** The one to choose when there is a choice. */
  readonly preferred: boolean;
  /** What it is an answer to. */
  readonly about: Problem | Finding | undefined;
  /** Worked out when it is chosen; `undefined` when the text turns out not to allow it. */
  edits(): readonly Draft[] | undefined;
}

/** Marks the values of these entries, where they are written in the edits (with their keys, or alone), as places to fill in. */
export function withHoles(edits: readonly TextEdit[], entries: readonly (readonly [key: string, value: string])[]): readonly Draft[] {
  return edits.map((edit) => {
    const holes: Span[] = [];
    for (const [key, value] of entries) {
      if (edit.text === value) holes.push({ start: 0, end: value.length });
      const entry = `${key}: ${value}`;
      for (let at = edit.text.indexOf(entry); at >= 0; at = edit.text.indexOf(entry, at + entry.length)) {
        const quotes = value.startsWith('"') ? 1 : 0;
        holes.push({ start: at + key.length + 2 + quotes, end: at + entry.length - quotes });
      }
    }
    return holes.length > 0 ? { ...edit, holes } : edit;
  });
}

/** Where the first place to fill in is, once all edits are made. */
export function firstHole(drafts: readonly Draft[]): Span | undefined {
  let moved = 0;
  const ordered = [...drafts].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const { span, text, holes } of ordered) {
    const hole = holes?.[0];
    if (hole) return { start: span.start + moved + hole.start, end: span.start + moved + hole.end };
    moved += text.length - (span.end - span.start);
  }
  return undefined;
}
