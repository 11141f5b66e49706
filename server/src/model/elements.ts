import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Pair } from '../syntax/tree.ts';
import { COMMON_KEYS, fieldsOf, readList, readMap, readText, readWords, textsOf, unknownKeys, type Word } from './fields.ts';
import { covers } from './kinds.ts';
import type { Element, PropertyValue } from './model.ts';
import { either, Notes, quote } from './notes.ts';
import { readProperty } from './properties.ts';
import { readBasics, readBody, readGiver, readOwnKind, unknownProperty, type Resolution, type ThingRead } from './things.ts';

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

export function readElement(pair: Pair, catalogue: Catalogue): ElementRead {
  const notes = new Notes();
  const map = readBody(notes, pair, catalogue, 'elementKinds');
  const { known, others } = fieldsOf(map?.pairs ?? [], ELEMENT_KEYS);
  const declared = catalogue.properties.element;
  const meant = new Set<string>();
  for (const other of others) {
    if (declared.has(other.key.text)) continue;
    const fitting = [...ELEMENT_KEYS, ...declared.keys()];
    for (const name of unknownProperty(notes, catalogue, 'element', other, fitting)) meant.add(name);
  }
  const kind = readOwnKind(notes, catalogue, 'elementKinds', pair, known, meant);
  const category = catalogue.elementKinds.get(kind)?.category;
  const properties = new Map<string, PropertyValue>();
  for (const other of others) {
    const property = declared.get(other.key.text);
    if (!property) continue;
    const value = readProperty(notes, property, other);
    if (value) properties.set(property.name, value);
    if (kind !== '') unusedProperty(notes, property, kind, category, other);
  }
  const boundaries = readWords(notes, known.get('in'));
  const holds = readList(notes, known.get('holds'));
  const guards = readList(notes, known.get('guards'));
  const owner = readText(notes, known.get('owner')) || undefined;
  const thing: Element = {
    type: 'element',
    ...readBasics(notes, pair, known),
    ...readGiver(notes, catalogue, 'element', known),
    kind,
    owner,
    boundaries: textsOf(boundaries),
    holds: textsOf(holds),
    guards: textsOf(guards),
    outOfScope: readScope(notes, known.get('outOfScope')),
    properties,
  };
  const consulted = catalogue.elementKinds.get(kind)?.consulted === true && thing.outOfScope === undefined;
  const { problems } = notes;
  return { sort: 'element', id: thing.id, pair, thing, owner, boundaries, holds, guards, consulted, resolution: undefined, problems };
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
  const { known, others } = fieldsOf(map.pairs, SCOPE_KEYS);
  const meant = unknownKeys(notes, others, '"outOfScope"', SCOPE_KEYS);
  const reason = readText(notes, known.get('reason')) || undefined;
  if (!known.has('reason') && !meant.has('reason')) {
    notes.warning('missing-reason', 'Say why it is out of scope: add a reason', pair.key);
  }
  return { reason };
}
