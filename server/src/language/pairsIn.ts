import type { PlacedPair, Section, Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** One entry of a section, or a section that has none (`pair` is then its own). */
export interface PairOfSection extends PlacedPair {
  readonly section: Section;
}

/** The entries of sections that a part of the text has something of, in source order; those before it are not looked at. */
export function* pairsIn({ syntax }: Snapshot, { start, end }: Span): Generator<PairOfSection> {
  for (const section of syntax.sections) {
    const pairs: readonly PlacedPair[] = section.items ?? [section];
    for (let at = firstThatEndsAfter(pairs, start); at < pairs.length; at++) {
      const { base, pair } = pairs[at]!;
      if (base + pair.start > end) break;
      yield { base, pair, section };
    }
  }
}

function firstThatEndsAfter(pairs: readonly PlacedPair[], offset: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { base, pair } = pairs[middle]!;
    if (base + pair.end < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
