import type { CatalogueSources, ControlsSource, KindsSource, PropertySource } from './sources.ts';
import type { Predicates } from './rule.ts';
import type { Property } from './vocabulary.ts';

/** Everything that a rule may name, for checking. */
export interface Words {
  readonly elementKinds: ReadonlySet<string>;
  readonly flowKinds: ReadonlySet<string>;
  readonly boundaryKinds: ReadonlySet<string>;
  readonly dataKinds: ReadonlySet<string>;
  readonly properties: Readonly<Record<Property['on'], ReadonlyMap<string, Property>>>;
  readonly controls: ReadonlyMap<string, ControlsSource['controls'][string]>;
  readonly categories: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly taxonomies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly predicates: Readonly<Record<keyof Predicates, ReadonlySet<string>>>;
}

/** Words for silence: legal as a default and in a rule, never in a model. */
export const SILENCE: readonly string[] = ['unknown', 'n/a', 'by-kind', 'declared'];

/** Collects the words of a catalogue. Never fails: what is wrong with them is for the checks to say. */
export function wordsOf(sources: CatalogueSources): Words {
  const kinds = sources.kinds.data;
  const names = (of: object) => new Set(Object.keys(of));
  return {
    elementKinds: names(kinds.elements),
    flowKinds: names(kinds.flows),
    boundaryKinds: names(kinds.boundaries),
    dataKinds: names(kinds.data),
    properties: { element: properties(kinds, 'element'), flow: properties(kinds, 'flow'), system: properties(kinds, 'system') },
    controls: new Map(sources.controls.flatMap((file) => Object.entries(file.data.controls))),
    categories: names(sources.lanes.data.categories),
    rules: new Set(sources.rules.map((file) => file.data.id)),
    taxonomies: new Map(sources.taxonomies.map((file) => [file.data.id, new Set(file.data.items.map((item) => item.id))])),
    predicates: {
      elements: names(sources.predicates.data.elements),
      flows: names(sources.predicates.data.flows),
      data: names(sources.predicates.data.data),
      flowKinds: names(sources.predicates.data.flowKinds),
    },
  };
}

/** The kinds that an entry of a list of element kinds stands for: `any`, `category:NAME`, `shape:NAME` or one kind. */
export function expandKind(entry: string, elements: KindsSource['elements']): readonly string[] {
  if (entry === 'any') return Object.keys(elements);
  const [field, value] = entry.split(':');
  if (value === undefined) return Object.hasOwn(elements, entry) ? [entry] : [];
  return Object.entries(elements).flatMap(([id, kind]) => (kind[field as 'category' | 'shape'] === value ? [id] : []));
}

/** As `expandKind`, for a whole list; each kind once, in the order of the list. */
export function expandKinds(entries: readonly string[], elements: KindsSource['elements']): readonly string[] {
  return [...new Set(entries.flatMap((entry) => expandKind(entry, elements)))];
}

function properties(kinds: KindsSource, on: Property['on']): ReadonlyMap<string, Property> {
  return new Map(Object.entries(kinds.properties[on]).map(([name, source]) => [name, property(name, on, source, kinds)]));
}

function property(name: string, on: Property['on'], source: PropertySource, kinds: KindsSource): Property {
  const { type, description, values = [], default: silence = 'unknown', defaults = {} } = source;
  const used = on === 'element' && source.kinds ? expandKinds(source.kinds, kinds.elements) : source.kinds;
  return { name, on, description, kinds: used, type, values, default: silence, defaults };
}
