import type { SyntaxDocument } from '../syntax/document.ts';
import type { Node, PlacedPair } from '../syntax/tree.ts';

/** Whether two texts say the same, word for word: the same keys, values and lists in the same order and notation, and no problem in either. */
export function saysTheSame(a: SyntaxDocument, b: SyntaxDocument): boolean {
  if (a.problems.length > 0 || b.problems.length > 0) return false;
  return all(a.sections, b.sections, (one, other) => {
    if (!samePair(one, other)) return false;
    return one.pair.value !== null || all(one.items ?? [], other.items ?? [], samePair);
  });
}

function samePair({ pair: a }: Pick<PlacedPair, 'pair'>, { pair: b }: Pick<PlacedPair, 'pair'>): boolean {
  return a === b || (sameNode(a.key, b.key) && sameNode(a.value, b.value));
}

function sameNode(a: Node | null, b: Node | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.type === 'scalar') return b.type === 'scalar' && a.style === b.style && a.text === b.text;
  if (a.type === 'map') {
    return b.type === 'map' && a.flow === b.flow && all(a.pairs, b.pairs, (one, other) => samePair({ pair: one }, { pair: other }));
  }
  return b.type === 'seq' && a.flow === b.flow && all(a.items, b.items, sameNode);
}

function all<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((one, index) => same(one, b[index]!));
}
