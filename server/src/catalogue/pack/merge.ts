import type { CatalogueSources, ControlsSource, KindsSource, RuleSource } from '../sources.ts';
import type { Predicates } from '../rule.ts';
import type { PackProblem, ReadFile, Unit } from './files.ts';
import { plainOf } from './written.ts';

/** Built-in files get names that no file of an organisation can have. */
const BUILT_IN = 'built-in:';

/** The built-in sources with the units of an organisation; a unit that turns out to be unfit is left out. */
export class Merge {
  /** Ids that exist already. */
  readonly collisions: readonly PackProblem[];
  private readonly base: CatalogueSources;
  private readonly files: readonly ReadFile[];
  /** By file. */
  private readonly units: ReadonlyMap<string, readonly Unit[]>;
  private readonly live: Set<Unit>;

  constructor(base: CatalogueSources, files: readonly ReadFile[]) {
    this.base = base;
    this.files = files.filter(({ sort }) => sort !== 'config');
    this.units = new Map(this.files.map(({ name, units }) => [name, units]));
    const collisions: PackProblem[] = [];
    const taken = builtInNames(base);
    this.live = new Set();
    for (const file of this.files) {
      for (const unit of file.units) {
        const names = namesOf(unit);
        const owner = (name: string): string | undefined => taken.get(`${namespace(file.sort, unit.under)} ${name}`);
        const double = names.find((name) => owner(name) !== undefined);
        if (double !== undefined) {
          const message = `"${double}" exists already, in ${owner(double) ?? ''}; this one is left out`;
          collisions.push({ file: file.name, code: 'id-exists', severity: 'error', message, span: unit.key });
          continue;
        }
        for (const name of names) taken.set(`${namespace(file.sort, unit.under)} ${name}`, file.name);
        this.live.add(unit);
      }
    }
    this.collisions = collisions;
  }

  leaveOut(unit: Unit): void {
    this.live.delete(unit);
  }

  unitsOf(file: string): readonly Unit[] {
    return (this.units.get(file) ?? []).filter((unit) => this.live.has(unit));
  }

  rules(): readonly Unit[] {
    return this.files.filter(({ sort }) => sort === 'rules').flatMap(({ name }) => this.unitsOf(name));
  }

  sources(): CatalogueSources {
    const { kinds, predicates, controls, rules } = this.base;
    const named = this.named();
    const own = (sort: ReadFile['sort']): readonly ReadFile[] => this.files.filter((file) => file.sort === sort);
    return {
      ...this.base,
      kinds: { file: kinds.file, data: mergedKinds(kinds.data, (under) => named('kinds', under)) },
      predicates: { file: predicates.file, data: mergedPredicates(predicates.data, (under) => named('predicates', under)) },
      controls: [
        ...controls.map(({ file, data }) => ({ file: BUILT_IN + file, data })),
        ...own('controls').map((file) => ({ file: file.name, data: this.controlsOf(file) })),
      ],
      rules: [
        ...rules.map(({ file, data }) => ({ file: BUILT_IN + file, data })),
        ...this.rules().map(({ file, data }) => ({ file, data: data as RuleSource })),
      ],
    };
  }

  private named(): (sort: ReadFile['sort'], under: string) => Record<string, unknown> {
    return (sort, under) => {
      const units = this.files.filter((file) => file.sort === sort).flatMap((file) => file.units);
      return Object.fromEntries(units.filter((unit) => unit.under === under && this.live.has(unit)).map(({ id, data }) => [id, data]));
    };
  }

  private controlsOf({ name, root }: ReadFile): ControlsSource {
    const lane = root.entries.get('lane');
    const controls = Object.fromEntries(this.unitsOf(name).map(({ id, data }) => [id, data]));
    return { lane: lane ? String(plainOf(lane.value)) : '', controls: controls as ControlsSource['controls'] };
  }
}

/** The id of a unit and its earlier ids. */
export function namesOf({ id, data }: Unit): readonly string[] {
  const aliases = (data as { readonly aliases?: readonly string[] } | undefined)?.aliases;
  return Array.isArray(aliases) ? [id, ...(aliases as readonly string[])] : [id];
}

type Own = (under: string) => Record<string, unknown>;

function mergedKinds(base: KindsSource, own: Own): KindsSource {
  return {
    elements: { ...base.elements, ...own('elements') },
    flows: { ...base.flows, ...own('flows') },
    boundaries: { ...base.boundaries, ...own('boundaries') },
    data: { ...base.data, ...own('data') },
    properties: {
      element: { ...base.properties.element, ...own('properties.element') },
      flow: { ...base.properties.flow, ...own('properties.flow') },
      system: { ...base.properties.system, ...own('properties.system') },
    },
  } as KindsSource;
}

function mergedPredicates(base: Predicates, own: Own): Predicates {
  return {
    data: { ...base.data, ...own('data') },
    flowKinds: { ...base.flowKinds, ...own('flowKinds') },
    elements: { ...base.elements, ...own('elements') },
    flows: { ...base.flows, ...own('flows') },
  } as Predicates;
}

/** Named tests and sets share their names; the other sorts each have their own. */
function namespace(sort: ReadFile['sort'], under: string): string {
  return sort === 'kinds' ? `kinds.${under}` : sort;
}

function builtInNames({ kinds, predicates, controls, rules }: CatalogueSources): Map<string, string> {
  const taken = new Map<string, string>();
  const add = (space: string, things: Readonly<Record<string, unknown>>): void => {
    for (const [id, thing] of Object.entries(things)) {
      for (const name of [id, ...((thing as { readonly aliases?: readonly string[] }).aliases ?? [])])
        taken.set(`${space} ${name}`, 'the built-in catalogue');
    }
  };
  for (const under of ['elements', 'flows', 'boundaries', 'data'] as const) add(`kinds.${under}`, kinds.data[under]);
  for (const on of ['element', 'flow', 'system'] as const) add(`kinds.properties.${on}`, kinds.data.properties[on]);
  for (const part of Object.values(predicates.data)) add('predicates', part);
  for (const { data } of controls) add('controls', data.controls);
  add('rules', Object.fromEntries(rules.map(({ data }) => [data.id, data])));
  return taken;
}
