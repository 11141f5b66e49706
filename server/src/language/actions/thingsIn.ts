import type { PlacedPair, Span } from '../../syntax/tree.ts';
import type { Snapshot } from '../snapshot.ts';

const DRAWN: ReadonlySet<string> = new Set(['boundaries', 'elements', 'flows']);

/** Ids of the boundaries, elements and flows whose key is in a range. */
export function thingsIn({ syntax }: Snapshot, range: Span): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { items, pair } of syntax.sections) {
    if (!items || !DRAWN.has(pair.key.text)) continue;
    for (let at = firstFrom(items, range.start); at < items.length; at++) {
      const { base, pair: item } = items[at]!;
      if (base + item.key.start > range.end) break;
      ids.add(item.key.text);
    }
  }
  return ids;
}

/** The first item whose key ends at an offset or behind it. */
function firstFrom(items: readonly PlacedPair[], offset: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { base, pair } = items[middle]!;
    if (base + pair.key.end < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
