import type { TextEdit } from '../syntax/textEdit.ts';
import type { MapNode, Node, Pair, SeqNode } from '../syntax/tree.ts';
import { contentEnd } from './collectionEdits.ts';
import { lineEnd, nextLine } from './tokens.ts';

/** One entry of a map or list; `base` is what its span counts from. */
export interface Entry {
  readonly base: number;
  readonly written: Pair | Node;
}

/** The entries of a collection; what has nothing written is left out. */
export function entriesOf(base: number, collection: MapNode | SeqNode): readonly Entry[] {
  const written: readonly (Pair | Node | null)[] = collection.type === 'map' ? collection.pairs : collection.items;
  return written.flatMap((entry) => (entry ? [{ base, written: entry }] : []));
}

/**
 * Edits that take some entries out of a collection, each with its comma or its lines; what is left keeps its place.
 * `undefined` where something else stands on the lines of an entry.
 */
export function removeEntries(
  text: string,
  entries: readonly Entry[],
  gone: (entry: Entry) => boolean,
  braces: boolean,
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (let first = 0; first < entries.length; first++) {
    if (!gone(entries[first]!)) continue;
    let last = first;
    while (last + 1 < entries.length && gone(entries[last + 1]!)) last++;
    const run = entries.slice(first, last + 1);
    if (braces) edits.push(cut(text, run, entries[first - 1], entries[last + 1]));
    else {
      for (const entry of run) {
        const lines = wholeLines(text, entry);
        if (!lines) return undefined;
        edits.push(lines);
      }
    }
    first = last;
  }
  return edits;
}

function startOf({ base, written }: Entry): number {
  return base + written.start;
}

/** Between commas: a run goes with the comma behind it, the last one with the comma before it. */
function cut(text: string, run: readonly Entry[], before: Entry | undefined, after: Entry | undefined): TextEdit {
  const end = (entry: Entry): number => contentEnd(text, entry.base, entry.written);
  const [first, last] = [run[0]!, run.at(-1)!];
  if (after) return { span: { start: startOf(first), end: startOf(after) }, text: '' };
  return { span: { start: before ? end(before) : startOf(first), end: end(last) }, text: '' };
}

/** The lines of an entry of a block, from its key or dash to the end of what is written. */
function wholeLines(text: string, { base, written }: Entry): TextEdit | undefined {
  const start = base + written.start;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  if (!/^[ \t]*(-[ \t]+)?$/.test(text.slice(line, start))) return undefined;
  const end = contentEnd(text, base, written);
  const stop = lineEnd(text, end);
  if (!/^\s*(#.*)?$/.test(text.slice(end, stop))) return undefined;
  const next = nextLine(text, stop);
  // The last line of a file has no break behind it: the one before it goes.
  if (next > text.length) return { span: { start: Math.max(0, lineBreakBefore(text, line)), end: stop }, text: '' };
  return { span: { start: line, end: next }, text: '' };
}

function lineBreakBefore(text: string, line: number): number {
  return text.charAt(line - 2) === '\r' ? line - 2 : line - 1;
}
