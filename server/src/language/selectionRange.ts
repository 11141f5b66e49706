import { absolute, type Node, type Span } from '../syntax/tree.ts';
import { pairsIn } from './pairsIn.ts';
import type { Snapshot } from './snapshot.ts';

/** What to select around an offset, step by step: the text of a scalar, then with its quotes, its pair, the entry, the section, the file. */
export function selectionAt(snapshot: Snapshot, offset: number): readonly Span[] {
  const { text, syntax } = snapshot;
  const spans: Span[] = [{ start: 0, end: text.length }];
  for (const { base, pair, items } of syntax.sections) {
    const last = items?.at(-1);
    const section = { start: base + pair.start, end: Math.max(base + pair.end, last ? last.base + last.pair.end : 0) };
    if (holds(section, offset)) spans.push(section);
  }
  for (const { base, pair, section } of pairsIn(snapshot, { start: offset, end: offset })) {
    if (pair !== section.pair) spans.push(absolute(base, pair));
    for (const node of [pair.key, pair.value]) inside(node, base, offset, text, spans);
  }
  const kept: Span[] = [];
  for (const span of spans.filter((each) => holds(each, offset))) {
    const outer = kept.at(-1);
    if (!outer || (holds(outer, span.start) && holds(outer, span.end) && span.end - span.start < outer.end - outer.start)) kept.push(span);
  }
  return kept.toReversed();
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Adds what is around the offset in a node, from the outside in. */
function inside(node: Node | null, base: number, offset: number, text: string, spans: Span[]): void {
  const span = node && absolute(base, node);
  if (!node || !span || !holds(span, offset)) return;
  spans.push(span);
  if (node.type === 'scalar') {
    if (node.style === 'single' || node.style === 'double') spans.push({ start: span.start + 1, end: span.end - 1 });
    if (node.style === 'block') spans.push({ start: text.indexOf('\n', span.start) + 1 || span.start, end: span.end });
    return;
  }
  const parts = node.type === 'map' ? node.pairs : node.items;
  for (const part of parts) {
    // What an alias stands for is written elsewhere.
    if (!part || part.start < node.start || part.end > node.end || !holds(absolute(base, part), offset)) continue;
    if ('key' in part) {
      spans.push(absolute(base, part));
      inside(part.key, base, offset, text, spans);
      inside(part.value, base, offset, text, spans);
    } else inside(part, base, offset, text, spans);
  }
}
