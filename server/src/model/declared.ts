import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import type { Pair, Section } from '../syntax/tree.ts';
import { readElement, type ElementRead } from './elements.ts';
import { readFlow, type FlowRead } from './flows.ts';
import { DECLARING, isAside } from './system.ts';
import { readBoundary, readData, type BoundaryRead, type DataRead } from './things.ts';

export type Read = BoundaryRead | DataRead | ElementRead | FlowRead;

/** Everything that the sections of one version declare, in source order. The lists are parallel. */
export interface Declared {
  readonly reads: readonly Read[];
  /** What was read. */
  readonly pairs: readonly Pair[];
  readonly bases: ArrayLike<number>;
  /** Which section each is in, by its position in the file. */
  readonly sections: readonly number[];
  /** All sections of the file. */
  readonly all: readonly Section[];
  /** The places in these lists where the version before had another reading; `undefined` when it had other lists. */
  readonly changed: readonly number[] | undefined;
}

/** What is read for whom. */
interface Reader {
  readonly catalogue: Catalogue;
  /** Who owns what does not say whose it is. */
  readonly owner: string | undefined;
}

/** What a version declares. Pairs that `last`, the version before, had in a section of the same sort are not read again. */
export function declare(document: SyntaxDocument, reader: Reader, last: Declared | undefined): Declared {
  return (last && declareAgain(document, reader, last)) ?? declareAll(document, reader, last);
}

function declareAll(document: SyntaxDocument, reader: Reader, last: Declared | undefined): Declared {
  const known = readsOf(last?.reads ?? []);
  const reads: Read[] = [];
  const bases: number[] = [];
  const sections: number[] = [];
  document.sections.forEach((section, position) => {
    const sort = DECLARING.get(section.pair.key.text);
    if (!sort) return;
    for (const item of section.items ?? []) {
      if (isAside(item)) continue;
      reads.push(readAs(sort, item.pair, reader, known));
      bases.push(item.base);
      sections.push(position);
    }
  });
  return { reads, pairs: reads.map(({ pair }) => pair), bases, sections, all: document.sections, changed: undefined };
}

/** Most of the time a version differs from the last one in what one item says. */
function declareAgain(document: SyntaxDocument, reader: Reader, last: Declared): Declared | undefined {
  const count = last.reads.length;
  const bases = new Int32Array(count);
  const changed: number[] = [];
  const fresh: { readonly sort: Read['sort']; readonly pair: Pair }[] = [];
  let at = 0;
  for (const [position, section] of document.sections.entries()) {
    const sort = DECLARING.get(section.pair.key.text);
    if (!sort) continue;
    const before = last.all[position];
    if (before && (before.unmoved ?? before) === (section.unmoved ?? section)) {
      const shift = section.base - before.base;
      for (; last.sections[at] === position; at++) bases[at] = last.bases[at]! + shift;
      continue;
    }
    const isSameSort = last.reads[at]?.sort === sort;
    for (const item of section.items ?? []) {
      if (!isSameSort || last.pairs[at] !== item.pair) {
        if (isAside(item)) continue;
        if (at >= count) return undefined;
        changed.push(at);
        fresh.push({ sort, pair: item.pair });
      }
      if (last.sections[at] !== position) return undefined;
      bases[at++] = item.base;
    }
  }
  if (at < count) return undefined;
  if (changed.length === 0) return { ...last, bases, all: document.sections, changed };
  // What only changed its place was at the place of another that changed.
  const known = readsOf(changed.map((place) => last.reads[place]!));
  const [reads, pairs] = [last.reads.slice(), last.pairs.slice()];
  changed.forEach((place, index) => {
    const { sort, pair } = fresh[index]!;
    reads[place] = readAs(sort, pair, reader, known);
    pairs[place] = pair;
  });
  return { reads, pairs, bases, sections: last.sections, all: document.sections, changed };
}

function readsOf(reads: readonly Read[]): ReadonlyMap<Pair, Read> {
  return new Map(reads.map((read) => [read.pair, read]));
}

/** Equal texts may be one pair, so what is known of it may be what it means in another section. */
function readAs(sort: Read['sort'], pair: Pair, { catalogue, owner }: Reader, known: ReadonlyMap<Pair, Read>): Read {
  const read = known.get(pair);
  if (read?.sort === sort) return read;
  switch (sort) {
    case 'boundary':
      return readBoundary(pair, catalogue);
    case 'data':
      return readData(pair, catalogue);
    case 'element':
      return readElement(pair, catalogue, owner);
    case 'flow':
      return readFlow(pair, catalogue);
  }
}
