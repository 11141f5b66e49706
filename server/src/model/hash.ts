import { hashText, hexOf, type Hash } from '../syntax/hash.ts';
import type { ControlStatement, Located, Model, PropertyValue } from './model.ts';

/** What of a model has a meaning that a review is about. */
export type Meaning = Pick<
  Model,
  | 'title'
  | 'description'
  | 'owner'
  | 'properties'
  | 'completeness'
  | 'controls'
  | 'boundaries'
  | 'data'
  | 'elements'
  | 'flows'
  | 'uses'
  | 'assumptions'
  | 'threats'
  | 'accepted'
>;

type Value = string | number | boolean | undefined | readonly Value[] | { readonly [key: string]: Value };

/**
 * A hash of what the file means, without its reviews: 16 hexadecimal digits, the same for any formatting, comments and
 * order of keys. It shows that something has changed; it is no protection against somebody who wants the same hash.
 */
export function meaningHash(model: Meaning): string {
  const total = new Sum();
  for (const things of [model.boundaries, model.data, model.elements, model.flows]) {
    // What another file says is its own affair.
    for (const thing of things.values()) if (!thing.origin) total.add(hashOfThing(thing));
  }
  total.add(
    hashText(
      canonical({
        title: model.title,
        description: model.description,
        owner: model.owner,
        properties: propertiesOf(model.properties),
        completeness: model.completeness,
        controls: controlsOf(model.controls),
        use: model.uses.size > 0 ? sorted([...model.uses].map(([namespace, { path }]) => canonical([namespace, path]))) : undefined,
        assumptions: sorted(model.assumptions),
        threats: sorted(model.threats.map(({ span: _span, ...threat }) => canonical(threat))),
        accepted: sorted(
          model.accepted.map(({ span: _span, untilSpan: _until, from, ...entry }) => canonical({ ...entry, from: from && sorted(from) })),
        ),
      }),
    ),
  );
  return total.hex();
}

// Things keep their identity while they are the same, so each is hashed once.
const known = new WeakMap<Located, Hash>();

function hashOfThing(thing: Located): Hash {
  let hash = known.get(thing);
  if (!hash) known.set(thing, (hash = hashText(canonical(meaningOf(thing as Located & Record<string, unknown>)))));
  return hash;
}

/** All fields but places; lists that are sets in some order of their own. */
function meaningOf(thing: Located & Readonly<Record<string, unknown>>): Value {
  const meaning: Record<string, Value> = {};
  for (const [name, value] of Object.entries(thing)) {
    if (name === 'pair' || name === 'controlsKey') continue;
    if (name === 'controls') meaning[name] = controlsOf(value as readonly ControlStatement[]);
    else if (name === 'properties') meaning[name] = propertiesOf(value as ReadonlyMap<string, PropertyValue>);
    else if (name === 'through') meaning[name] = value as readonly string[];
    else if (name === 'boundaries') meaning[name] = firstAndOthers(value as readonly string[]);
    else if (Array.isArray(value)) meaning[name] = sorted(value as readonly string[]);
    else meaning[name] = value as Value;
  }
  return meaning;
}

function firstAndOthers(ids: readonly string[]): Value {
  return [...ids.slice(0, 1), ...sorted(ids.slice(1))];
}

function controlsOf(controls: readonly ControlStatement[]): Value {
  return sorted(controls.map(({ span: _span, statusSpan: _status, ...statement }) => canonical(statement)));
}

function propertiesOf(properties: ReadonlyMap<string, PropertyValue>): Value {
  return sorted([...properties].map(([name, { values }]) => canonical([name, sorted(values.map((value) => canonical(value)))])));
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}

/** One text for one value: keys in order, what is not there left out. */
function canonical(value: Value): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value) ?? '';
  const parts = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(',')}}`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Adding up is the same in any order of the things. */
class Sum {
  #high = 0;
  #low = 0;

  add([high, low]: Hash): void {
    this.#high = (this.#high + high) >>> 0;
    this.#low = (this.#low + low) >>> 0;
  }

  hex(): string {
    return hexOf([this.#high, this.#low]);
  }
}
