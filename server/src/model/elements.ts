import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Pair } from '../syntax/tree.ts';
import { readControls } from './controls.ts';
import {
  COMMON_KEYS,
  Fields,
  readList,
  readMap,
  readOneOf,
  readTags,
  readText,
  readWords,
  textsOf,
  unknownKeys,
  type Word,
} from './fields.ts';
import { covers } from './kinds.ts';
import type { Element } from './model.ts';
import { either, Notes, quote } from './notes.ts';
import { readProperties } from './properties.ts';
import {
  COMPLETENESS,
  fieldsIn,
  readBody,
  readId,
  readOwnKind,
  readTitle,
  unknownProperties,
  type Resolution,
  type ThingRead,
} from './things.ts';

export interface ElementRead extends ThingRead {
  readonly sort: 'element';
  /** As read, and as last resolved. */
  thing: Element;
  /** The element's own owner. */
  readonly owner: string | undefined;
  readonly boundaries: readonly Word[];
  readonly holds: readonly Word[];
  readonly guards: readonly Word[];
  /** Of a kind that is consulted beside the path, and in scope. */
  readonly consulted: boolean;
  resolution: Resolution | undefined;
}

/** Keys of an element that are no properties of the catalogue. */
export const ELEMENT_KEYS: ReadonlySet<string> = new Set([
  'kind',
  'title',
  'owner',
  'in',
  'holds',
  'controls',
  'guards',
  'outOfScope',
  'completeness',
  ...COMMON_KEYS,
]);
const SCOPE_KEYS: ReadonlySet<string> = new Set(['reason', ...COMMON_KEYS]);

/** `modelOwner` is who most likely answers for it, when the element does not say. */
export function readElement(pair: Pair, catalogue: Catalogue, modelOwner: string | undefined): ElementRead {
  const notes = new Notes();
  const map = readBody(notes, pair, catalogue, 'elementKinds');
  const known = fieldsIn(map, ELEMENT_KEYS);
  const { others } = known;
  const meant = unknownProperties(notes, catalogue, 'element', others, ELEMENT_KEYS);
  const kind = readOwnKind(notes, catalogue, 'elementKinds', pair, known, meant);
  const its = catalogue.elementKinds.get(kind);
  const declared = catalogue.properties.element;
  const properties = readProperties(notes, declared, others);
  for (const other of others) {
    const property = declared.get(other.key.text);
    if (property && its) unusedProperty(notes, property, kind, its.category, other);
  }
  const boundaries = readWords(notes, known.get('in'));
  const holds = readList(notes, known.get('holds'));
  const guards = readList(notes, known.get('guards'));
  const owner = readText(notes, known.get('owner')) || undefined;
  const thing: Element = {
    type: 'element',
    id: readId(notes, pair),
    pair,
    title: readTitle(notes, pair, known),
    description: readText(notes, known.get('description')),
    tags: readTags(notes, known.get('tags')),
    origin: undefined,
    controls: readControls(notes, catalogue, 'element', known.get('controls')),
    controlsKey: known.get('controls')?.key,
    completeness: readOneOf(notes, known.get('completeness'), COMPLETENESS),
    kind,
    owner: owner ?? modelOwner,
    boundaries: textsOf(boundaries),
    holds: textsOf(holds),
    guards: textsOf(guards),
    outOfScope: readScope(notes, known.get('outOfScope')),
    properties,
  };
  return {
    sort: 'element',
    id: thing.id,
    pair,
    thing,
    owner,
    boundaries,
    holds,
    guards,
    consulted: its?.consulted === true && thing.outOfScope === undefined,
    resolution: undefined,
    problems: notes.found,
  };
}

/** A hint when things of this kind make no use of the property. */
export function unusedProperty(notes: Notes, property: Property, kind: string, category: string | undefined, pair: Pair): void {
  if (!property.kinds || covers(property.kinds, kind, category)) return;
  const users = property.kinds.length > 6 ? '' : ` (it speaks of ${either(property.kinds)})`;
  notes.hint('unused-property', `${quote(property.name)} says nothing about the kind ${quote(kind)}${users}`, pair.key);
}

/** What is not plainly taken out of scope stays in it. */
function readScope(notes: Notes, pair: Pair | undefined): Element['outOfScope'] {
  if (!pair) return undefined;
  const map = readMap(notes, pair, 'a map like { reason: … }');
  if (!map) {
    if (!pair.value) notes.warning('missing-reason', 'Say why it is out of scope: { reason: … }', pair.key);
    return undefined;
  }
  const known = new Fields(map.pairs, SCOPE_KEYS);
  const meant = unknownKeys(notes, known.others, '"outOfScope"', SCOPE_KEYS);
  const reason = readText(notes, known.get('reason')) || undefined;
  if (!known.has('reason') && !meant.has('reason')) {
    notes.warning('missing-reason', 'Say why it is out of scope: add a reason', pair.key);
  }
  return { reason };
}
