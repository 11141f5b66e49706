import type { Catalogue } from '../../catalogue/catalogue.ts';
import { schemaOf } from '../../catalogue/pack/files.ts';
import type { Schemas } from '../../catalogue/pack/schema.ts';
import type { Name } from '../../catalogue/rule.ts';
import { cardOf, paragraphs } from '../cards.ts';
import type { Completion } from '../completion.ts';
import { writeScalar } from '../written.ts';
import type { Hover } from '../hover.ts';
import { code } from '../markdown.ts';
import { placeAt, type Place } from '../place.ts';
import { takeSnapshot } from '../snapshot.ts';
import { namesOf } from './names.ts';
import { expand, shapesAt, step, type Shape } from './shapes.ts';

/** A file of an organisation's own rules, as an author writes it. */
export interface PackFile {
  readonly text: string;
  /** Path inside `.threatwright`, with forward slashes. */
  readonly name: string;
  readonly schemas: Schemas;
  /** What its names mean. */
  readonly catalogue: Catalogue;
}

/** What may be written at an offset: the keys and values of the schema, and the names that it asks for. */
export function packCompletionsAt(file: PackFile, offset: number): readonly Completion[] {
  const schema = schemaOf(file.name);
  if (schema === undefined) return [];
  const place = placeAt(file.text, offset);
  const shapes = shapesAt(file.schemas, schema, place.path);
  if (place.role === 'none') return [];
  if (place.role !== 'key') return valuesFor(shapes, place, file);
  // An empty line below a key may become a map or a list.
  return place.siblings === 'map' || place.braces
    ? keysFor(shapes, place, file)
    : [...keysFor(shapes, place, file), ...itemsFor(shapes, place, file)];
}

/** What the word at an offset is about. */
export function packHoverAt(file: PackFile, offset: number): Hover | undefined {
  const schema = schemaOf(file.name);
  if (schema === undefined) return undefined;
  const place = placeAt(file.text, offset);
  if (place.text === '' || place.role === 'none') return undefined;
  const shapes = shapesAt(file.schemas, schema, place.path);
  const sorts = shapes.flatMap((shape) => (place.role === 'key' ? namesOfKeys(shape) : (shape.schema['x-names'] ?? [])));
  const name = namesOf(sorts, file.catalogue, place).find((it) => it.name === place.text);
  const card = name?.meaning && cardOf(name.meaning, takeSnapshot('', file.catalogue, ''));
  const described = place.role === 'key' ? shapes.flatMap((shape) => descriptionsOf(shape, place.text, file.schemas)) : [];
  const markdown = paragraphs(
    card ?? (name?.detail && `**${code(name.name)}** ${name.detail}`),
    predicateText(place.text, file.catalogue),
    described[0],
  );
  return markdown === '' ? undefined : { markdown, span: place.word };
}

function keysFor(shapes: readonly Shape[], place: Place, file: PackFile): Completion[] {
  const found = new Map<string, Completion>();
  for (const shape of shapes) {
    const required = new Set(shape.schema.required);
    for (const key of Object.keys(shape.schema.properties ?? {})) {
      const detail = descriptionsOf(shape, key, file.schemas)[0] ?? '';
      if (!found.has(key))
        found.set(key, completion(place, key, `${key}${place.colon ? '' : ': '}`, detail, 'key', required.has(key) ? 0 : 1));
    }
    for (const { name, detail, meaning } of namesOf(namesOfKeys(shape), file.catalogue, place)) {
      if (!found.has(name))
        found.set(name, { ...completion(place, name, `${name}${place.colon ? '' : ': '}`, detail, 'value', 2), about: meaning });
    }
  }
  return [...found.values()].filter(({ label }) => label === place.text || !place.entries.has(label));
}

function itemsFor(shapes: readonly Shape[], place: Place, file: PackFile): Completion[] {
  if (place.path.length === 0 || !shapes.some(({ schema }) => schema.items)) return [];
  return valuesFor(shapes, place, file).map((it) => ({ ...it, insert: `- ${it.insert}` }));
}

function valuesFor(shapes: readonly Shape[], place: Place, file: PackFile): Completion[] {
  const list = place.role === 'value' && shapes.some(({ schema }) => schema.items) && !place.braces && place.text === '';
  const found = new Map<string, Completion>();
  const add = (value: string, detail: string, rank: number, about: Completion['about']): void => {
    if (found.has(value) || place.items.has(value)) return;
    const text = writeScalar(value);
    found.set(value, { ...completion(place, value, list ? `[${text}]` : place.dash ? `- ${text}` : text, detail, 'value', rank), about });
  };
  for (const { schema } of shapes) {
    for (const value of schema.enum ?? []) add(String(value), schema.description ?? '', 0, undefined);
    if (schema.type === 'boolean') for (const value of ['true', 'false']) add(value, '', 0, undefined);
    for (const { name, detail, meaning } of namesOf(schema['x-names'] ?? [], file.catalogue, place)) add(name, detail, 1, meaning);
  }
  return [...found.values()];
}

function completion(place: Place, label: string, insert: string, detail: string, sort: Completion['sort'], rank: number): Completion {
  return { label, sort, detail, about: undefined, insert, span: place.word, order: `${rank} ${label}` };
}

function namesOfKeys({ schema }: Shape): readonly string[] {
  return schema.propertyNames?.['x-names'] ?? [];
}

/** What is said of a key, the nearest description first. */
function descriptionsOf(shape: Shape, key: string, schemas: Schemas): string[] {
  return step(shape, key)
    .flatMap((inner) => expand(inner, schemas))
    .flatMap(({ schema }) => schema.description ?? []);
}

/** A named test or set, written out. */
function predicateText(name: string, { predicates }: Catalogue): string | undefined {
  if (!name.startsWith('$')) return undefined;
  const key = name as Name;
  const found = predicates.elements[key] ?? predicates.flows[key] ?? predicates.data[key] ?? predicates.flowKinds[key];
  return found && `${code(name)}\n\n${code(JSON.stringify(found).slice(0, 600))}`;
}
