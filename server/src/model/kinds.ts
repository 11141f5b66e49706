import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Pair } from '../syntax/tree.ts';
import { readWord } from './fields.ts';
import type { Element, Flow } from './model.ts';
import { nearest } from './nearest.ts';
import { quote, type Notes } from './notes.ts';

export type KindTable = 'elementKinds' | 'flowKinds' | 'boundaryKinds' | 'dataKinds';

const SORTS: readonly (readonly [KindTable, string])[] = [
  ['elementKinds', 'element'],
  ['flowKinds', 'flow'],
  ['boundaryKinds', 'boundary'],
  ['dataKinds', 'data'],
];

/** The known kind that `kind:` names (an alias is resolved); what it names instead is reported. */
export function readKind(notes: Notes, catalogue: Catalogue, table: KindTable, pair: Pair | undefined): string | undefined {
  const word = readWord(notes, pair);
  if (!word) return undefined;
  const kind = findKind(catalogue, table, word.text);
  if (kind !== undefined) return kind;
  const other = SORTS.find(([sort]) => sort !== table && catalogue[sort].has(word.text));
  const place = SORTS.find(([sort]) => sort === table)?.[1] ?? '';
  const message = other ? `${quote(word.text)} is a kind of ${other[1]}, not of ${place}` : `Unknown kind ${quote(word.text)}`;
  notes.error('unknown-kind', message, word, { suggestions: nearest(word.text, catalogue[table].keys()) });
  return undefined;
}

export function findKind(catalogue: Catalogue, table: KindTable, name: string): string | undefined {
  if (catalogue[table].has(name)) return name;
  const current = catalogue.alias(table, name);
  return catalogue[table].has(current) ? current : undefined;
}

/** Whether a list of kinds, which may name whole categories as `category:NAME`, has the kind in it. */
export function covers(kinds: readonly string[], kind: string, category: string | undefined): boolean {
  return kinds.includes(kind) || (category !== undefined && kinds.includes(`category:${category}`));
}

/** The kinds of flow that are natural between two kinds of element, in the catalogue's order. */
export function flowKindsBetween(catalogue: Catalogue, from: string, to: string): readonly string[] {
  let known = between.get(catalogue);
  if (!known) between.set(catalogue, (known = new Map()));
  const key = `${from}\n${to}`;
  let kinds = known.get(key);
  if (!kinds) {
    const [source, target] = [catalogue.elementKinds.get(from)?.category, catalogue.elementKinds.get(to)?.category];
    kinds = [...catalogue.flowKinds.values()]
      .filter((kind) => kind.between.some((ends) => covers(ends.from, from, source) && covers(ends.to, to, target)))
      .map((kind) => kind.id);
    known.set(key, kinds);
  }
  return kinds;
}

/** The kind of a flow: as stated, else the only one that is natural between its ends. */
export function kindOfFlow(catalogue: Catalogue, elements: ReadonlyMap<string, Element>, flow: Flow): string | undefined {
  if (flow.statedKind !== undefined) return flow.statedKind;
  const from = elements.get(flow.from)?.kind;
  const to = elements.get(flow.to)?.kind;
  if (!from || !to) return undefined;
  const kinds = flowKindsBetween(catalogue, from, to);
  return kinds.length === 1 ? kinds[0] : undefined;
}

// At most one entry for every pair of kinds of the catalogue.
const between = new WeakMap<Catalogue, Map<string, readonly string[]>>();
