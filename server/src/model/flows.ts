import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Pair } from '../syntax/tree.ts';
import { COMMON_KEYS, fieldsOf, readFlag, readList, readWord, textsOf, type Word } from './fields.ts';
import { readKind } from './kinds.ts';
import type { Flow, PropertyValue } from './model.ts';
import { Notes, quote } from './notes.ts';
import { readProperty } from './properties.ts';
import { readBasics, readBody, readGiver, unknownProperty, type Resolution, type ThingRead } from './things.ts';

export interface FlowRead extends ThingRead {
  readonly sort: 'flow';
  /** As read, and as last resolved. Its ends are empty when nothing readable is written. */
  thing: Flow;
  readonly from: Word | undefined;
  readonly to: Word | undefined;
  readonly through: readonly Word[];
  readonly carries: readonly Word[];
  readonly returns: readonly Word[] | undefined;
  /** Its kind must follow from its ends: nothing is written, be it right or wrong. */
  readonly derivesKind: boolean;
  /** Properties that only some kinds of flow make use of. */
  readonly special: readonly { readonly property: Property; readonly pair: Pair }[];
  /** `whole`: both ends are elements. */
  resolution: (Resolution & { readonly whole: boolean }) | undefined;
}

/** Keys of a flow that are no properties of the catalogue. */
export const FLOW_KEYS: ReadonlySet<string> = new Set([
  'from',
  'to',
  'through',
  'kind',
  'title',
  'carries',
  'returns',
  'oneWay',
  'controls',
  ...COMMON_KEYS,
]);

export function readFlow(pair: Pair, catalogue: Catalogue): FlowRead {
  const notes = new Notes();
  const map = readBody(notes, pair, catalogue, undefined);
  const { known, others } = fieldsOf(map?.pairs ?? [], FLOW_KEYS);
  const declared = catalogue.properties.flow;
  const meant = new Set<string>();
  const properties = new Map<string, PropertyValue>();
  const special: { property: Property; pair: Pair }[] = [];
  for (const other of others) {
    const property = declared.get(other.key.text);
    if (!property) {
      const fitting = [...FLOW_KEYS, ...declared.keys()];
      for (const name of unknownProperty(notes, catalogue, 'flow', other, fitting)) meant.add(name);
      continue;
    }
    const value = readProperty(notes, property, other);
    if (value) properties.set(property.name, value);
    if (property.kinds) special.push({ property, pair: other });
  }
  const end = (name: 'from' | 'to'): Word | undefined => {
    const written = known.get(name);
    if (written?.value) return readWord(notes, written);
    const said = meant.has(name) || (pair.value !== null && pair.value.type !== 'map');
    if (!said) notes.error(`missing-${name}`, `Say where ${quote(pair.key.text)} ${ENDS[name]}: add "${name}"`, written?.key ?? pair.key);
    return undefined;
  };
  const from = end('from');
  const to = end('to');
  const through = readList(notes, known.get('through'));
  const carries = readList(notes, known.get('carries'));
  const returned = known.get('returns');
  const returns = returned?.value ? readList(notes, returned) : undefined;
  const thing: Flow = {
    type: 'flow',
    ...readBasics(notes, pair, known),
    ...readGiver(notes, catalogue, 'flow', known),
    from: from?.text ?? '',
    to: to?.text ?? '',
    through: textsOf(through),
    statedKind: readKind(notes, catalogue, 'flowKinds', known.get('kind')),
    carries: textsOf(carries),
    returns: returns && textsOf(returns),
    oneWay: readFlag(notes, known.get('oneWay')) ?? false,
    properties,
  };
  const derivesKind = !known.has('kind') && !meant.has('kind');
  const words = { from, to, through, carries, returns };
  return { sort: 'flow', id: thing.id, pair, thing, ...words, derivesKind, special, resolution: undefined, problems: notes.problems };
}

const ENDS = { from: 'begins', to: 'ends' } as const;
