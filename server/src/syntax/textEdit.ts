import type { Span } from './tree.ts';

/** Put `text` in the place of `span`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * The text after all edits. All spans count in `text` as it is before any edit; edits at one place keep their order.
 * An edit that overlaps one before it is left out.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.span.start < at) continue;
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** The one edit that makes `after` of `before`, as short as may be. */
export function differenceOf(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  const start = longest(most, (at, end) => before.slice(at, end) === after.slice(at, end));
  const [a, b] = [before.length, after.length];
  const tail = longest(most - start, (at, end) => before.slice(a - end, a - at) === after.slice(b - end, b - at));
  return { span: { start, end: a - tail }, text: after.slice(start, b - tail) };
}

/** Up to where everything is the same, in blocks that get smaller: the engine compares them at the speed of memory. */
function longest(most: number, isSame: (at: number, end: number) => boolean): number {
  let size = 0;
  for (let block = 4096; block >= 1; block /= 2) while (size + block <= most && isSame(size, size + block)) size += block;
  return size;
}
