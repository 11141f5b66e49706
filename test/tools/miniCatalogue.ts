import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CatalogueSources, RuleSource } from '../../server/src/catalogue/sources.ts';

/** The parts of `test/fixtures/catalogue/mini.yaml`. */
export interface Mini {
  readonly kinds: CatalogueSources['kinds']['data'];
  readonly lanes: CatalogueSources['lanes']['data'];
  readonly predicates: CatalogueSources['predicates']['data'];
  readonly controls: readonly CatalogueSources['controls'][number]['data'][];
  readonly taxonomies: readonly CatalogueSources['taxonomies'][number]['data'][];
  readonly rule: RuleSource;
  readonly draft: RuleSource;
}

const FIXTURES = new URL('../fixtures/catalogue/', import.meta.url);

/** A parsed YAML fixture of the catalogue; a new value each time. */
export function readFixture<T>(name: string): T {
  return parse(readFileSync(new URL(name, FIXTURES), 'utf8')) as T;
}

/** The small catalogue with values put into places: `{ 'rule.match.path.sink.kind': [window] }`. */
export function miniSources(changes: Readonly<Record<string, unknown>> = {}): CatalogueSources {
  const mini = readFixture<Mini>('mini.yaml');
  for (const [place, value] of Object.entries(changes)) put(mini, place.split('.'), value);
  return {
    kinds: { file: 'kinds.yaml', data: mini.kinds },
    lanes: { file: 'lanes.yaml', data: mini.lanes },
    predicates: { file: 'predicates.yaml', data: mini.predicates },
    controls: mini.controls.map((data, index) => ({ file: `controls/${index}.yaml`, data })),
    rules: [
      { file: 'rules/entry/open-door.yaml', data: mini.rule },
      { file: 'rules/entry/broken-wall.yaml', data: mini.draft },
    ],
    taxonomies: mini.taxonomies.map((data) => ({ file: `taxonomies/${data.id}.json`, data })),
  };
}

function put(target: object, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  const holder = target as Record<string, unknown>;
  if (rest.length === 0) holder[key] = value;
  else put(holder[key] as object, rest, value);
}
