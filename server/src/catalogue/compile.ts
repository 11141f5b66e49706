import { checkCatalogue } from './check.ts';
import type { CatalogueData, FlowKindData, PropertyData } from './data.ts';
import type { Rule } from './rule.ts';
import { completeRule, type CatalogueProblem, type CatalogueSources } from './sources.ts';
import { standingOf } from './standing.ts';
import type { Control, Mappings } from './vocabulary.ts';
import { expandKinds, wordsOf } from './words.ts';

export interface Compiled {
  /** Absent when there are problems. */
  readonly catalogue?: CatalogueData;
  readonly problems: readonly CatalogueProblem[];
}

/**
 * Checks the files of a catalogue against each other and makes one plain JSON value of them, the same on every machine.
 * Whether each file has the right shape is for its JSON Schema to say, before.
 */
export function compileCatalogue(sources: CatalogueSources): Compiled {
  const problems = checkCatalogue(sources);
  return problems.length > 0 ? { problems } : { catalogue: compileChecked(sources), problems };
}

/** The same, of files in which the checks have found nothing wrong. */
export function compileChecked(sources: CatalogueSources): CatalogueData {
  const kinds = sources.kinds.data;
  const controls = sources.controls.flatMap((file) => controlsOf(file.data, sources));
  const all = sources.rules.map((file) => completeRule(file.data)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const rules = all.filter((rule) => rule.text.status === 'final').map((rule) => ({ ...rule, examples: [], variants: [] }));
  const mappings = [...controls, ...all].map((thing) => thing.mappings);
  const taxonomies = taxonomiesOf(sources, [...mappings, { stride: all.flatMap((rule) => rule.stride) }]);

  return {
    version: sources.lanes.data.version,
    elementKinds: keyed(kinds.elements, (kind) => ({ mediator: false, consulted: false, stateless: false, aliases: [], ...kind })),
    flowKinds: flowKindsOf(sources),
    boundaryKinds: keyed(kinds.boundaries, (kind) => ({ aliases: [], ...kind })),
    dataKinds: keyed(kinds.data, (kind) => ({ aliases: [], ...kind })),
    properties: propertiesOf(sources),
    controls,
    rules,
    standings: standingsOf(rules, controls),
    categories: sources.lanes.data.categories,
    stages: sources.lanes.data.stages,
    drafts: all.length - rules.length,
    predicates: sources.predicates.data,
    swimLanes: keyed(sources.lanes.data.lanes, (lane) => lane),
    taxonomies,
    pages: pagesOf(sources, taxonomies),
  };
}

function keyed<From, To>(things: Readonly<Record<string, From>>, fill: (thing: From) => To): (To & { readonly id: string })[] {
  return Object.entries(things).map(([id, thing]) => ({ id, ...fill(thing) }));
}

function flowKindsOf(sources: CatalogueSources): readonly FlowKindData[] {
  const { flows, elements } = sources.kinds.data;
  return keyed(flows, ({ between = [], ...kind }) => ({
    influence: true,
    carries: [],
    aliases: [],
    ...kind,
    between: between.map((pair) => ({ from: expandKinds(pair.from, elements), to: expandKinds(pair.to, elements) })),
  }));
}

function propertiesOf(sources: CatalogueSources): readonly PropertyData[] {
  const { properties } = wordsOf(sources);
  return [properties.element, properties.flow, properties.system].flatMap((map) =>
    [...map.values()].map(({ kinds, ...property }) => (kinds ? { ...property, kinds } : property)),
  );
}

function controlsOf(file: CatalogueSources['controls'][number]['data'], sources: CatalogueSources): readonly Control[] {
  const pillar = sources.lanes.data.lanes[file.lane]?.pillar ?? '';
  return keyed(file.controls, (control) => ({ aliases: [], ...control, swimLane: file.lane, pillar }));
}

/** By id; the checks have seen to it that the controls exist. */
function standingsOf(rules: readonly Rule[], controls: readonly Control[]): CatalogueData['standings'] {
  const byId = new Map(controls.map((control) => [control.id, control]));
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const standing = standingOf(rule, byId);
      return standing ? [[rule.id, standing] as const] : [];
    }),
  );
}

/** Taxonomies that somebody maps to, with the ids that somebody names. */
function taxonomiesOf(sources: CatalogueSources, mappings: readonly Mappings[]): CatalogueData['taxonomies'] {
  const used = new Map<string, Set<string>>();
  for (const [taxonomy, ids] of mappings.flatMap((part) => Object.entries(part))) {
    const named = used.get(taxonomy) ?? new Set();
    for (const id of ids) named.add(id);
    used.set(taxonomy, named);
  }
  return sources.taxonomies.flatMap(({ data: { id, name, version, source, items } }) => {
    const kept = items.filter((item) => used.get(id)?.has(item.id));
    return kept.length > 0 ? [{ id, name, version, source, items: kept }] : [];
  });
}

/** The others, as far as they look like ids in a text and have an address: an author may write them, too. */
function pagesOf(sources: CatalogueSources, taxonomies: CatalogueData['taxonomies']): NonNullable<CatalogueData['pages']> {
  const mapped = new Set(taxonomies.flatMap(({ items }) => items.map(({ id }) => id)));
  return sources.taxonomies.flatMap(({ data: { name, items } }) =>
    items.flatMap(({ id, title, url }) =>
      url !== undefined && !mapped.has(id) && /^[A-Z][\w.:-]*\d$/.test(id) ? [{ id, title: `${title} (${name})`, url }] : [],
    ),
  );
}
