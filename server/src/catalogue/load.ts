import type { Catalogue } from './catalogue.ts';
import type { CatalogueData } from './data.ts';
import type { Property, Taxonomy } from './vocabulary.ts';

/** Indexes compiled data. Cheap; trusts the data, because `compileCatalogue` has checked it. */
export function loadCatalogue(data: CatalogueData): Catalogue {
  const elementKinds = byId(data.elementKinds);
  const flowKinds = byId(data.flowKinds.map((kind) => ({ ...kind, reply: kind.reply })));
  const boundaryKinds = byId(data.boundaryKinds);
  const dataKinds = byId(data.dataKinds);
  const controls = byId(data.controls);
  const rules = byId(data.rules);
  const aliases = {
    elementKinds: aliasesOf(data.elementKinds),
    flowKinds: aliasesOf(data.flowKinds),
    boundaryKinds: aliasesOf(data.boundaryKinds),
    dataKinds: aliasesOf(data.dataKinds),
    controls: aliasesOf(data.controls),
    rules: aliasesOf(data.rules),
  };
  return {
    version: data.version,
    elementKinds,
    flowKinds,
    boundaryKinds,
    dataKinds,
    properties: {
      element: propertiesOn(data, 'element'),
      flow: propertiesOn(data, 'flow'),
      system: propertiesOn(data, 'system'),
    },
    controls,
    rules,
    standings: new Map(Object.entries(data.standings)),
    categories: new Map(Object.entries(data.categories)),
    stages: new Map(Object.entries(data.stages)),
    off: new Map(),
    mandatory: new Set(),
    predicates: data.predicates,
    swimLanes: byId(data.swimLanes),
    taxonomies: byId(data.taxonomies.map(taxonomy)),
    pages: byId(data.pages ?? []),
    templates: data.templates ?? [],
    alias: (of, id) => aliases[of].get(id) ?? id,
  };
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function aliasesOf(things: readonly { readonly id: string; readonly aliases: readonly string[] }[]): ReadonlyMap<string, string> {
  return new Map(things.flatMap((thing) => thing.aliases.map((alias) => [alias, thing.id] as const)));
}

function propertiesOn(data: CatalogueData, on: Property['on']): ReadonlyMap<string, Property> {
  return new Map(
    data.properties.filter((property) => property.on === on).map((property) => [property.name, { ...property, kinds: property.kinds }]),
  );
}

function taxonomy(data: CatalogueData['taxonomies'][number]): Taxonomy {
  const { items, ...rest } = data;
  return { ...rest, items: new Map(items.map((item) => [item.id, { title: item.title, url: item.url }])) };
}
