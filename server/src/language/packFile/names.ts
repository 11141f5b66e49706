import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Property } from '../../catalogue/vocabulary.ts';
import type { Meaning } from '../meaning.ts';
import type { Place } from '../place.ts';

/** A name that a file of an organisation's rules may say somewhere. */
export interface Name {
  readonly name: string;
  readonly detail: string;
  /** What it stands for in a threat model, when it does. */
  readonly meaning: Meaning | undefined;
}

type Sort = (catalogue: Catalogue, place: Place) => readonly Name[];

/** By the words of `x-names` in the schemas. */
const SORTS: Readonly<Record<string, Sort>> = {
  'element-kind': ({ elementKinds }) => kinds('elementKinds', elementKinds),
  'flow-kind': ({ flowKinds }) => kinds('flowKinds', flowKinds),
  'boundary-kind': ({ boundaryKinds }) => kinds('boundaryKinds', boundaryKinds),
  'data-kind': ({ dataKinds }) => kinds('dataKinds', dataKinds),
  'element-test': ({ predicates }) => plain(Object.keys(predicates.elements), 'named test of an element'),
  'flow-test': ({ predicates }) => plain(Object.keys(predicates.flows), 'named test of a flow'),
  'data-set': ({ predicates }) => plain(Object.keys(predicates.data), 'named set of data kinds'),
  'flow-set': ({ predicates }) => plain(Object.keys(predicates.flowKinds), 'named set of flow kinds'),
  control: ({ controls }) => [...controls.values()].map(({ id, title }) => ({ name: id, detail: title, meaning: { type: 'control', id } })),
  rule: ({ rules }) => [...rules.values()].map(({ id, title }) => ({ name: id, detail: title, meaning: { type: 'rule', id } })),
  category: ({ rules }) => distinct([...rules.values()].map(({ category }) => category)),
  stride: ({ taxonomies }) => items(taxonomies.get('stride')),
  taxonomy: ({ taxonomies }) => [...taxonomies.values()].map(({ id, name }) => ({ name: id, detail: name, meaning: undefined })),
  'taxonomy-id': ({ taxonomies }, { path }) => items(taxonomies.get(path.at(-1) ?? '')),
  'swim-lane': ({ swimLanes }) => [...swimLanes.values()].map(({ id, title }) => ({ name: id, detail: title, meaning: undefined })),
  group: ({ controls }) => distinct([...controls.values()].map(({ group }) => group)),
  layer: ({ controls }) => distinct([...controls.values()].map(({ layer }) => layer)),
  stage: ({ controls }) => distinct([...controls.values()].flatMap(({ stages }) => stages)),
  property: (catalogue) => properties(catalogue, ['element', 'flow']),
  'system-property': (catalogue) => properties(catalogue, ['system']),
  'property-value': ({ properties: { element, flow } }, { path }) => {
    const name = path.at(-1) ?? '';
    return [element.get(name), flow.get(name)].flatMap((property) => (property ? values(property) : []));
  },
};

/** Names of some sorts; unknown sorts have none. Each name once. */
export function namesOf(sorts: readonly string[], catalogue: Catalogue, place: Place): readonly Name[] {
  const all = sorts.flatMap((sort) => (Object.hasOwn(SORTS, sort) ? SORTS[sort]!(catalogue, place) : []));
  return [...new Map(all.map((it) => [it.name, it])).values()];
}

function kinds(
  table: 'elementKinds' | 'flowKinds' | 'boundaryKinds' | 'dataKinds',
  all: ReadonlyMap<string, { readonly id: string; readonly label: string }>,
): Name[] {
  return [...all.values()].map(({ id, label }) => ({ name: id, detail: label, meaning: { type: 'kind', table, id } }));
}

function properties(catalogue: Catalogue, places: readonly Property['on'][]): Name[] {
  return places.flatMap((on) =>
    [...catalogue.properties[on].values()].map(({ name, description }) => ({
      name,
      detail: description,
      meaning: { type: 'property', on, name },
    })),
  );
}

function values({ name, on, type, values: legal }: Property): Name[] {
  const all = type === 'flag' ? ['true', 'false'] : type === 'level' ? ['0', '1', '2', '3', '4'] : legal;
  return all.map((value) => ({
    name: value,
    detail: `${name} of ${on === 'flow' ? 'a flow' : 'an element'}`,
    meaning: { type: 'property', on, name },
  }));
}

function items(taxonomy: ReturnType<Catalogue['taxonomies']['get']>): Name[] {
  return [...(taxonomy?.items ?? [])].map(([name, { title }]) => ({ name, detail: title, meaning: undefined }));
}

function plain(names: readonly string[], detail: string): Name[] {
  return names.map((name) => ({ name, detail, meaning: undefined }));
}

function distinct(names: readonly string[]): Name[] {
  return plain([...new Set(names)].sort(), '');
}
