import type { Catalogue } from '../catalogue/catalogue.ts';
import { ById } from './byId.ts';
import { judgeConsulted } from './consulted.ts';
import type { Declared, Read } from './declared.ts';
import type { ElementKinds } from './elementKinds.ts';
import type { ElementRead } from './elements.ts';
import type { FlowRead } from './flows.ts';
import type { Imports } from './imports.ts';
import type { Boundary, DataAsset, Element, Flow } from './model.ts';
import type { Names } from './names.ts';
import { findNestingCycles } from './nesting.ts';
import type { Note, Notes } from './notes.ts';
import { dependsOnKinds, resolveBoundary, resolveElement, resolveFlow } from './resolve.ts';
import type { BoundaryRead, DataRead } from './things.ts';

/** What the things of a version are made from. */
export interface Sources {
  readonly catalogue: Catalogue;
  readonly declared: Declared;
  readonly names: Names;
  readonly kinds: ElementKinds;
  readonly imports: Imports;
  /** Of the model. */
  readonly owner: string | undefined;
}

/** The things of one version, and what the next one may take over of it. */
export interface ResolvedThings {
  readonly sources: Sources;
  readonly boundaries: ById<Boundary>;
  readonly data: ById<DataAsset>;
  readonly elements: ById<Element>;
  readonly flows: ById<Flow>;
  /** The file's own, in the order of `names.owners`; flows that end nowhere are `undefined`. */
  readonly own: {
    readonly boundaries: readonly Boundary[];
    readonly data: readonly DataAsset[];
    readonly elements: readonly Element[];
    readonly flows: readonly (Flow | undefined)[];
  };
  /** By position, in ascending order. Relative. */
  readonly problems: { readonly reads: Problems; readonly flows: Problems; readonly elements: Problems };
  /** No boundary has a problem that depends on others. */
  readonly isNested: boolean;
  /** Positions of elements that are only consulted and do not say what they protect. */
  readonly idle: readonly number[];
  /** Positions of flows of which something is said that depends on the kinds of their ends. */
  readonly asking: readonly number[];
  /** How many things were looked at: guarded by tests, so that an edit stays a local matter. */
  readonly looked: number;
}

interface Things {
  readonly boundaries: Boundary;
  readonly data: DataAsset;
  readonly elements: Element;
  readonly flows: Flow;
}

/** The file's own things of a sort, and which of them are others than in the version before; `undefined` when all may be. */
interface Updated<Thing> {
  readonly list: readonly Thing[];
  readonly changed: readonly number[] | undefined;
}

type Problems = ReadonlyMap<number, readonly Note[]>;
const NONE: readonly Note[] = [];
const NO_PROBLEMS: Problems = new Map();

/**
 * Everything that is declared, with its names looked up, and after it what other files bring in. Where the names are those
 * of `last`, the version before, only what is declared otherwise is looked at, and what depends on that.
 */
export function resolveThings(notes: Notes, sources: Sources, last: ResolvedThings | undefined): ResolvedThings {
  const { catalogue, declared, imports, kinds, names, owner } = sources;
  const { bases, reads } = declared;
  const { owners } = names;
  const before = last?.sources.names === names && declared.changed ? last : undefined;
  const changed = before ? declared.changed! : undefined;
  const changedOf = (sort: Read['sort']): readonly number[] =>
    changed ? changed.filter((at) => reads[at]!.sort === sort && names.rankOf(at) >= 0) : owners[sort];
  let looked = 0;
  /** Those of which something holds that held for some of the version before, and that only what has changed changes. */
  const still = (held: readonly number[] | undefined, sort: Read['sort'], holds: (at: number) => boolean): readonly number[] => {
    const kept = held?.filter((at) => !changed!.includes(at)) ?? [];
    return together(changedOf(sort).filter(holds), kept);
  };
  const update = <Thing>(
    things: readonly Thing[] | undefined,
    positions: readonly number[],
    resolve: (at: number) => Thing,
  ): Updated<Thing> => {
    looked += positions.length;
    if (!things) return { list: positions.map(resolve), changed: undefined };
    let now: Thing[] | undefined;
    const others: number[] = [];
    for (const at of positions) {
      const [thing, rank] = [resolve(at), names.rankOf(at)];
      if (thing === things[rank]) continue;
      (now ??= things.slice())[rank] = thing;
      others.push(rank);
    }
    return { list: now ?? things, changed: others };
  };
  const report = (problems: Problems): Problems => {
    for (const [at, its] of problems) notes.at(bases[at]!).add(its);
    return problems;
  };

  const ofReads = report(problemsOf(before?.problems.reads, changed ?? [...reads.keys()], (at) => reads[at]!.problems));
  names.reportClashes(notes, declared);

  const flowAt = (at: number): FlowRead => reads[at] as FlowRead;
  const asking = still(before?.asking, 'flow', (at) => dependsOnKinds(flowAt(at)));
  const flowsToLookAt = together(changedOf('flow'), asking.filter(hasOtherKinds()));
  const ownFlows = update(before?.own.flows, flowsToLookAt, (at) => resolveFlow(names, kinds, catalogue, flowAt(at)));
  const ofFlows = report(problemsOf(before?.problems.flows, flowsToLookAt, (at) => flowAt(at).resolution?.problems ?? NONE));
  const flows = collected('flows', ownFlows);

  const found = notes.problems.length;
  const nested = before?.isNested && changedOf('boundary').length === 0 ? { list: before.own.boundaries, changed: [] } : nest();
  const isNested = notes.problems.length === found;

  const elementAt = (at: number): ElementRead => reads[at] as ElementRead;
  const elementsToLookAt = owner === before?.sources.owner ? withGuards(changedOf('element')) : owners.element;
  const elements = update(before?.own.elements, elementsToLookAt, (at) => resolveElement(names, flows, owner, elementAt(at)));
  const ofElements = report(problemsOf(before?.problems.elements, elementsToLookAt, (at) => elementAt(at).resolution?.problems ?? NONE));
  const isIdle = (at: number): boolean => elementAt(at).consulted && elementAt(at).guards.length === 0;
  const idle = still(before?.idle, 'element', isIdle);
  const idleElements = idle.map((at) => ({ read: elementAt(at), base: bases[at]! }));
  judgeConsulted(notes, catalogue, idleElements, flows);
  const data = update(before?.own.data, changedOf('data'), (at) => (reads[at] as DataRead).thing);

  return {
    sources,
    boundaries: collected('boundaries', nested),
    data: collected('data', data),
    elements: collected('elements', elements),
    flows,
    own: { boundaries: nested.list, data: data.list, elements: elements.list, flows: ownFlows.list },
    problems: { reads: ofReads, flows: ofFlows, elements: ofElements },
    isNested,
    idle,
    asking,
    looked,
  };

  /** The things by id, the file's own first; the collection of the version before when it has the same. */
  function collected<Sort extends keyof Things>(sort: Sort, { list, changed: others }: Updated<Things[Sort] | undefined>) {
    const earlier = last?.[sort] as ById<Things[Sort]> | undefined;
    if (earlier && list === last?.own[sort] && imports === last.sources.imports) return earlier;
    const placed = imports.placed.flatMap((file) => file[sort] as readonly Things[Sort][]);
    const isWhole = earlier?.size === list.length && placed.length === 0 && others?.every((at) => list[at] !== undefined);
    if (isWhole) return ById.of(list as readonly Things[Sort][], earlier, others);
    const whole = list.filter((thing) => thing !== undefined);
    return ById.of(placed.length === 0 ? whole : [...whole, ...placed], earlier);
  }

  function nest(): Updated<Boundary> {
    looked += owners.boundary.length;
    const placed = owners.boundary.map((at) => ({ read: reads[at] as BoundaryRead, base: bases[at]! }));
    const inCycle = findNestingCycles(notes, new Map(placed.map((boundary) => [boundary.read.id, boundary])));
    return { list: placed.map(({ read, base }) => resolveBoundary(notes.at(base), names, inCycle, read)), changed: undefined };
  }

  /** What guards a flow has to know whether it is whole. */
  function withGuards(positions: readonly number[]): readonly number[] {
    if (!before || flows === before.flows) return positions;
    return together(
      positions,
      owners.element.filter((at) => elementAt(at).guards.length > 0),
    );
  }

  /** Tells whether an end of a flow may have another kind than in the version before. */
  function hasOtherKinds(): (at: number) => boolean {
    const then = before?.sources.kinds;
    if (kinds === then) return () => false;
    const isOther = then ? kinds.differFrom(then, declared) : () => true;
    return (at) => isOther(flowAt(at).thing.from) || isOther(flowAt(at).thing.to);
  }
}

/** Positions in ascending order, each once. */
function together(some: readonly number[], others: readonly number[]): readonly number[] {
  return others.length === 0 ? some : [...new Set([...some, ...others])].sort((a, b) => a - b);
}

/** The problems of things, some of which have been looked at again. */
function problemsOf(last: Problems | undefined, positions: readonly number[], of: (at: number) => readonly Note[]): Problems {
  let problems: Map<number, readonly Note[]> | undefined;
  for (const at of positions) {
    const its = of(at);
    if (its.length > 0) (problems ??= new Map(last)).set(at, its);
    else if (last?.has(at)) (problems ??= new Map(last)).delete(at);
  }
  return problems ? new Map([...problems].sort(([a], [b]) => a - b)) : (last ?? NO_PROBLEMS);
}
