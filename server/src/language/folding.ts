import { absolute, type Node, type Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** Lines that an editor can hide but for the first. */
export interface Fold extends Span {
  readonly sort: 'text' | 'comment' | 'region';
}

/** Sections, their entries, whatever in them takes several lines, comments of several lines, and `#region` to `#endregion`. */
export function foldsOf({ syntax, text }: Snapshot): readonly Fold[] {
  const folds: Fold[] = [];
  /** Multi-line scalars: what looks like a comment in them is text. */
  const scalars: Span[] = [];
  const fold = (span: Span): boolean => {
    const line = text.indexOf('\n', span.start);
    if (line < 0 || line >= span.end) return false;
    folds.push({ ...span, sort: 'text' });
    return true;
  };
  const walk = (base: number, node: Node): void => {
    const span = absolute(base, node);
    if (!isLong(text, span)) return;
    if (node.type === 'scalar') {
      scalars.push(span);
      return;
    }
    for (const part of node.type === 'map' ? node.pairs : node.items) {
      if (!part || part.start < node.start || part.end > node.end) continue;
      if ('key' in part ? fold(absolute(base, part)) : part.type !== 'scalar' && fold(absolute(base, part))) {
        const inner = 'key' in part ? part.value : part;
        if (inner) walk(base, inner);
      } else if (!('key' in part) && part.type === 'scalar') walk(base, part);
    }
  };
  for (const { base, items, pair } of syntax.sections) {
    const last = items?.at(-1);
    const start = base + pair.start;
    fold({ start, end: Math.max(base + pair.end, last ? last.base + last.pair.end : start) });
    if (pair.value) walk(base, pair.value);
    else {
      for (const item of items ?? []) {
        if (fold(absolute(item.base, item.pair)) && item.pair.value) walk(item.base, item.pair.value);
      }
    }
  }
  return [...folds, ...commentFolds(text, scalars)];
}

function isLong(text: string, { start, end }: Span): boolean {
  const line = text.indexOf('\n', start);
  return line >= 0 && line < end;
}

const COMMENT = /^[ \t]*#.*$/gm;
const REGION = /^\s*#\s*region\b/;
const END_REGION = /^\s*#\s*endregion\b/;

function commentFolds(text: string, scalars: readonly Span[]): Fold[] {
  const folds: Fold[] = [];
  const open: number[] = [];
  let run: { start: number; end: number; lines: number } | undefined;
  const close = (): void => {
    if (run && run.lines > 1) folds.push({ start: run.start, end: run.end, sort: 'comment' });
    run = undefined;
  };
  let scalar = 0;
  for (const { 0: line, index: start } of text.matchAll(COMMENT)) {
    while ((scalars[scalar]?.end ?? Infinity) <= start) scalar++;
    if ((scalars[scalar]?.start ?? Infinity) < start) continue;
    const end = start + line.length;
    const isRegion = REGION.test(line);
    if (isRegion || END_REGION.test(line)) {
      close();
      const begin = isRegion ? undefined : open.pop();
      if (isRegion) open.push(start);
      else if (begin !== undefined) folds.push({ start: begin, end, sort: 'region' });
      continue;
    }
    if (run && /^\r?\n$/.test(text.slice(run.end, start))) run = { start: run.start, end, lines: run.lines + 1 };
    else {
      close();
      run = { start, end, lines: 1 };
    }
  }
  close();
  return folds;
}
