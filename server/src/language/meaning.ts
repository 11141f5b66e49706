import { MODEL_SUBJECT } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import { findKind, type KindTable } from '../model/kinds.ts';
import type { Boundary, Element, Flow, Model } from '../model/model.ts';
import { containerAt, formatKeys, STATUS_TEXTS, type Container, type Expected, type FormatKey } from './format.ts';
import type { Place } from './place.ts';

/** What a word of the file stands for. */
export type Meaning =
  | { readonly type: 'element' | 'flow' | 'boundary' | 'data'; readonly id: string; readonly declared: boolean }
  | { readonly type: 'system' }
  | { readonly type: 'kind'; readonly table: KindTable; readonly id: string }
  | { readonly type: 'property'; readonly on: Property['on']; readonly name: string; readonly value?: string }
  | { readonly type: 'key'; readonly container: Container; readonly name: string }
  | { readonly type: 'control' | 'rule' | 'status'; readonly id: string };

/** A namespace of the file (boundaries, elements and flows are one) or of the catalogue. */
export type Space = 'drawn' | 'data' | 'control' | 'rule' | KindTable;

/** What may be written as a value: a name the format asks for, or a value of a property. */
export type Asked = { readonly key: FormatKey; readonly container: Container } | { readonly property: Property };

const TABLES: Readonly<Partial<Record<Container, KindTable>>> = {
  boundary: 'boundaryKinds',
  data: 'dataKinds',
  element: 'elementKinds',
  flow: 'flowKinds',
};

/** The table of kinds that `kind:` in this container names. */
export function kindTableOf(container: Container): KindTable | undefined {
  return TABLES[container];
}

/** The properties that the catalogue gives to a container, by name. */
export function propertiesOf(catalogue: Catalogue, container: Container): ReadonlyMap<string, Property> {
  if (container === 'model') return catalogue.properties.system;
  if (container === 'element' || container === 'flow') return catalogue.properties[container];
  return NONE;
}

/** What the value at this path may be. */
export function askedAt(catalogue: Catalogue, path: readonly string[]): Asked | undefined {
  const container = containerAt(path.slice(0, -1));
  const name = path.at(-1);
  if (!container || name === undefined) return undefined;
  if (container === 'controls') return { key: STATUS, container };
  const key = formatKeys(container).get(name);
  if (key) return { key, container };
  const property = propertiesOf(catalogue, container).get(name);
  return property && { property };
}

/** What the word at a place stands for; `undefined` for text, and for names that nothing has. */
export function meaningAt(place: Pick<Place, 'path' | 'role' | 'text'>, model: Model, catalogue: Catalogue): Meaning | undefined {
  const { text, path } = place;
  if (text === '' || place.role === 'none') return undefined;
  if (place.role === 'key') return meaningOfKey(path, text, model, catalogue);
  const asked = askedAt(catalogue, path);
  if (!asked) return undefined;
  if ('property' in asked) return { type: 'property', on: asked.property.on, name: asked.property.name, value: text };
  return named(asked, text, model, catalogue);
}

function meaningOfKey(path: readonly string[], name: string, model: Model, catalogue: Catalogue): Meaning | undefined {
  const container = containerAt(path);
  if (!container) return undefined;
  if (container === 'controls') return controlNamed(catalogue, name);
  if (container === 'ids') {
    const thing = path[0] === 'data' ? model.data.get(name) : drawn(model, name);
    return thing && { type: thing.type, id: name, declared: true };
  }
  if (formatKeys(container).has(name)) return { type: 'key', container, name };
  const property = propertiesOf(catalogue, container).get(name);
  return property && { type: 'property', on: property.on, name };
}

/** The namespace of the names that a key takes. */
export function spaceOf({ expects }: FormatKey, container: Container): Space | undefined {
  return expects === 'kind' ? kindTableOf(container) : SPACES[expects];
}

/** The namespace of the word at a place; `undefined` for what is no name. */
export function spaceAt({ path, role }: Place, catalogue: Catalogue): Space | undefined {
  if (role === 'key') {
    const container = containerAt(path);
    if (container === 'controls') return 'control';
    return container === 'ids' ? (path[0] === 'data' ? 'data' : 'drawn') : undefined;
  }
  const asked = role === 'none' ? undefined : askedAt(catalogue, path);
  return asked && 'key' in asked ? spaceOf(asked.key, asked.container) : undefined;
}

function named(
  { key, container }: Extract<Asked, { key: FormatKey }>,
  text: string,
  model: Model,
  catalogue: Catalogue,
): Meaning | undefined {
  const space = spaceOf(key, container);
  switch (space) {
    case undefined:
      return key.expects === 'status' && STATUS_TEXTS.has(text) ? { type: 'status', id: text } : undefined;
    case 'data':
      return model.data.has(model.meant(text, true))
        ? { type: 'data', id: model.meant(text, true), declared: false }
        : kindNamed(catalogue, 'dataKinds', text);
    case 'drawn': {
      if (key.expects === 'subject' && text === MODEL_SUBJECT) return { type: 'system' };
      const thing = drawn(model, model.meant(text, false));
      return thing && { type: thing.type, id: thing.id, declared: false };
    }
    case 'control':
      return controlNamed(catalogue, text);
    case 'rule': {
      const id = catalogue.rules.has(text) ? text : catalogue.alias('rules', text);
      return catalogue.rules.has(id) ? { type: 'rule', id } : undefined;
    }
    default:
      return kindNamed(catalogue, space, text);
  }
}

/** The boundary, element or flow with an id. */
export function drawn(model: Model, id: string): Boundary | Element | Flow | undefined {
  return model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
}

function kindNamed(catalogue: Catalogue, table: KindTable, name: string): Meaning | undefined {
  const id = findKind(catalogue, table, name);
  return id === undefined ? undefined : { type: 'kind', table, id };
}

function controlNamed(catalogue: Catalogue, name: string): Meaning | undefined {
  const id = catalogue.controls.has(name) ? name : catalogue.alias('controls', name);
  return catalogue.controls.has(id) ? { type: 'control', id } : undefined;
}

const SPACES: Readonly<Partial<Record<Expected, Space>>> = {
  boundary: 'drawn',
  element: 'drawn',
  mediator: 'drawn',
  guarded: 'drawn',
  subject: 'drawn',
  data: 'data',
  control: 'control',
  rule: 'rule',
};
const STATUS: FormatKey = { expects: 'status', list: 'never', text: 'How far it is.' };
const NONE: ReadonlyMap<string, Property> = new Map();
