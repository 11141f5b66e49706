import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Pair } from '../syntax/tree.ts';
import { readControls } from './controls.ts';
import { COMMON_KEYS, readFlag, readList, readTags, readText, readWord, textsOf, type Fields, type Word } from './fields.ts';
import { readKind } from './kinds.ts';
import type { Flow } from './model.ts';
import { Notes, quote } from './notes.ts';
import { readProperties } from './properties.ts';
import { fieldsIn, readBody, readId, readTitle, unknownProperties, type Resolution, type ThingRead } from './things.ts';

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
  const known = fieldsIn(map, FLOW_KEYS);
  const { others } = known;
  const declared = catalogue.properties.flow;
  const meant = unknownProperties(notes, catalogue, 'flow', others, FLOW_KEYS);
  const from = readEnd(notes, pair, 'from', known, meant);
  const to = readEnd(notes, pair, 'to', known, meant);
  const through = readList(notes, known.get('through'));
  const carries = readList(notes, known.get('carries'));
  const returned = known.get('returns');
  const returns = returned?.value ? readList(notes, returned) : undefined;
  const thing: Flow = {
    type: 'flow',
    id: readId(notes, pair),
    pair,
    title: readTitle(notes, pair, known),
    description: readText(notes, known.get('description')),
    tags: readTags(notes, known.get('tags')),
    origin: undefined,
    controls: readControls(notes, catalogue, 'flow', known.get('controls')),
    controlsKey: known.get('controls')?.key,
    completeness: undefined,
    from: from?.text ?? '',
    to: to?.text ?? '',
    through: textsOf(through),
    statedKind: readKind(notes, catalogue, 'flowKinds', known.get('kind')),
    carries: textsOf(carries),
    returns: returns && textsOf(returns),
    oneWay: readFlag(notes, known.get('oneWay')) ?? false,
    properties: readProperties(notes, declared, others),
  };
  return {
    sort: 'flow',
    id: thing.id,
    pair,
    thing,
    from,
    to,
    through,
    carries,
    returns,
    derivesKind: !known.has('kind') && !meant.has('kind'),
    special: others.length === 0 ? NONE : others.flatMap((other) => specialIn(declared, other)),
    resolution: undefined,
    problems: notes.found,
  };
}

function readEnd(notes: Notes, pair: Pair, name: 'from' | 'to', known: Fields, meant: ReadonlySet<string>): Word | undefined {
  const written = known.get(name);
  if (written?.value) return readWord(notes, written);
  const said = meant.has(name) || (pair.value !== null && pair.value.type !== 'map');
  if (!said) notes.error(`missing-${name}`, `Say where ${quote(pair.key.text)} ${ENDS[name]}: add "${name}"`, written?.key ?? pair.key);
  return undefined;
}

function specialIn(declared: ReadonlyMap<string, Property>, pair: Pair): FlowRead['special'] {
  const property = declared.get(pair.key.text);
  return property?.kinds ? [{ property, pair }] : NONE;
}

const NONE: readonly never[] = [];
const ENDS = { from: 'begins', to: 'ends' } as const;
