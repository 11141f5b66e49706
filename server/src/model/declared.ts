import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import type { Pair } from '../syntax/tree.ts';
import { readElement, type ElementRead } from './elements.ts';
import { readFlow, type FlowRead } from './flows.ts';
import { isAside } from './system.ts';
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
  /** The places in these lists where the version before had another reading; `undefined` when it had other lists. */
  readonly changed: readonly number[] | undefined;
}

/** What was read of pairs, for as long as somebody has the pair. */
export class Memory {
  readonly catalogue: Catalogue;
  readonly #tables: Readonly<Record<string, Table | undefined>>;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    // Equal texts may be one pair, so what a pair means is kept for each section apart.
    this.#tables = Object.assign(Object.create(null) as Record<string, Table | undefined>, {
      boundaries: { sort: 'boundary', reader: readBoundary, known: new WeakMap() },
      data: { sort: 'data', reader: readData, known: new WeakMap() },
      elements: { sort: 'element', reader: readElement, known: new WeakMap() },
      flows: { sort: 'flow', reader: readFlow, known: new WeakMap() },
    } satisfies Record<string, Table>);
  }

  /** Reads what is new since `last`. */
  declare(document: SyntaxDocument, last: Declared | undefined): Declared {
    return (last && this.#declareAgain(document, last)) ?? this.#declareAll(document);
  }

  #declareAll(document: SyntaxDocument): Declared {
    const reads: Read[] = [];
    const bases: number[] = [];
    const sections: number[] = [];
    document.sections.forEach((section, position) => {
      const table = this.#tables[section.pair.key.text];
      if (!table) return;
      for (const item of section.items ?? []) {
        if (isAside(item)) continue;
        reads.push(this.#read(table, item.pair));
        bases.push(item.base);
        sections.push(position);
      }
    });
    return { reads, pairs: reads.map(({ pair }) => pair), bases, sections, changed: undefined };
  }

  /** Most of the time a version differs from the last one in what one item says. */
  #declareAgain(document: SyntaxDocument, last: Declared): Declared | undefined {
    const count = last.reads.length;
    const bases = new Int32Array(count);
    const changed: number[] = [];
    let [reads, pairs]: [Read[] | undefined, Pair[] | undefined] = [undefined, undefined];
    let at = 0;
    for (const [position, section] of document.sections.entries()) {
      const table = this.#tables[section.pair.key.text];
      if (!table) continue;
      const isSameSort = last.reads[at]?.sort === table.sort;
      for (const item of section.items ?? []) {
        if (!isSameSort || last.pairs[at] !== item.pair) {
          if (isAside(item)) continue;
          if (at >= count) return undefined;
          (reads ??= last.reads.slice())[at] = this.#read(table, item.pair);
          (pairs ??= last.pairs.slice())[at] = item.pair;
          changed.push(at);
        }
        if (last.sections[at] !== position) return undefined;
        bases[at++] = item.base;
      }
    }
    if (at < count) return undefined;
    return { reads: reads ?? last.reads, pairs: pairs ?? last.pairs, bases, sections: last.sections, changed };
  }

  #read(table: Table, pair: Pair): Read {
    let read = table.known.get(pair);
    if (!read) table.known.set(pair, (read = table.reader(pair, this.catalogue)));
    return read;
  }
}

interface Table {
  readonly sort: Read['sort'];
  readonly reader: (pair: Pair, catalogue: Catalogue) => Read;
  readonly known: WeakMap<Pair, Read>;
}
