import type { Property } from '../catalogue/vocabulary.ts';
import { valueOf } from '../syntax/coreSchema.ts';
import type { Pair, ScalarNode } from '../syntax/tree.ts';
import { illegalValue, isDate, noValue, wrongShape } from './fields.ts';
import type { Flow, PropertyValue } from './model.ts';
import { quote, type Notes } from './notes.ts';

const UNKNOWN = 'unknown';
const LEVELS = ['0', '1', '2', '3', '4'];

/** The values of those pairs that are properties of the catalogue here, by their names. */
export function readProperties(notes: Notes, declared: ReadonlyMap<string, Property>, pairs: readonly Pair[]): Flow['properties'] {
  let properties: Map<string, PropertyValue> | undefined;
  for (const pair of pairs) {
    const property = declared.get(pair.key.text);
    const value = property && readProperty(notes, property, pair);
    if (value) (properties ??= new Map<string, PropertyValue>()).set(property.name, value);
  }
  return properties ?? NONE;
}

/** The value of a declared property; `undefined` when nothing legal is written, which is reported. */
export function readProperty(notes: Notes, property: Property, pair: Pair): PropertyValue | undefined {
  const { key, value } = pair;
  if (!value) {
    noValue(notes, key);
    return undefined;
  }
  const many = property.type === 'choices';
  if (value.type === 'map' || (value.type === 'seq' && !many)) {
    wrongShape(notes, key.text, many ? 'a list' : 'one value', value);
    return undefined;
  }
  const values: (string | number | boolean)[] = [];
  for (const item of value.type === 'seq' ? value.items : [value]) {
    if (item?.type === 'scalar') {
      const legal = legalValue(notes, property, item);
      if (legal !== undefined && !values.includes(legal)) values.push(legal);
    } else if (item) {
      wrongShape(notes, key.text, 'texts', item);
    }
  }
  if (values.length === 0) return undefined;
  return { values, keySpan: notes.place(key), span: notes.place(value) };
}

function legalValue(notes: Notes, property: Property, scalar: ScalarNode): string | number | boolean | undefined {
  const { text } = scalar;
  if (property.values.includes(text) || (text === UNKNOWN && mayBeUnknown(property))) return text;
  switch (property.type) {
    case 'choice':
    case 'choices':
      illegalValue(notes, property.name, scalar, property.values);
      return undefined;
    case 'flag': {
      const value = valueOf(scalar);
      if (typeof value === 'boolean') return value;
      illegalValue(notes, property.name, scalar, ['true', 'false', UNKNOWN]);
      return undefined;
    }
    case 'level':
      if (scalar.style === 'plain' && LEVELS.includes(text)) return Number(text);
      illegalValue(notes, property.name, scalar, LEVELS);
      return undefined;
    case 'date':
      if (isDate(text)) return text;
      notes.error('not-a-date', `${quote(text)} is not a date: ${quote(property.name)} takes one like 2027-03-31`, scalar);
      return undefined;
    case 'text':
      return text;
  }
}

/** That one does not know may be said of every flag, and wherever silence means it. */
function mayBeUnknown(property: Property): boolean {
  return property.type === 'flag' || property.default === UNKNOWN;
}

const NONE: Flow['properties'] = new Map();
