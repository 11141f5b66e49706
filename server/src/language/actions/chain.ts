import type { SyntaxDocument } from '../../syntax/document.ts';
import type { Node, PlacedPair, Section } from '../../syntax/tree.ts';

/** A step from a section down to what is written at a place: an entry of a map, or an item of a list. */
export interface Step {
  /** Of an item, `value` is the item and the key that of the list. */
  readonly placed: PlacedPair | Section;
  readonly isItem: boolean;
}

/** From the section down to the innermost entry or item that an offset is in; empty between sections. */
export function chainAt({ sections }: SyntaxDocument, offset: number): readonly Step[] {
  const within = (base: number, { start, end }: { readonly start: number; readonly end: number }): boolean =>
    base + start <= offset && offset <= base + end;
  for (const section of sections) {
    const chain: Step[] = [];
    const item = section.items?.find(({ base, pair }) => within(base, pair));
    if (!item && !within(section.base, section.pair)) continue;
    chain.push({ placed: section, isItem: false });
    let at: PlacedPair = item ?? section;
    if (item) chain.push({ placed: item, isItem: false });
    for (let next = inside(at); next; next = inside(at)) {
      chain.push(next);
      at = next.placed;
    }
    return chain;
  }
  return [];

  function inside({ base, pair }: PlacedPair): Step | undefined {
    const value = pair.value;
    if (value?.type === 'map') {
      const entry = value.pairs.find((known) => known.start >= value.start && within(base, known));
      return entry && { placed: { base, pair: entry }, isItem: false };
    }
    if (value?.type !== 'seq') return undefined;
    const item = value.items.find((known): known is Node => known !== null && known.start >= value.start && within(base, known));
    return item && { placed: { base, pair: { ...pair, start: item.start, end: item.end, value: item } }, isItem: true };
  }
}
