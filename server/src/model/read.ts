import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute, type Section } from '../syntax/tree.ts';
import { judgeConsulted } from './consulted.ts';
import { Memory, type Declared, type Read } from './declared.ts';
import { ElementKinds } from './elementKinds.ts';
import { Imports } from './imports.ts';
import { readAccepted, readAssumptions, readReviews, readThreats } from './entries.ts';
import { meaningHash, type Meaning } from './hash.ts';
import { kindOfFlow } from './kinds.ts';
import type { Boundary, DataAsset, Element, Flow, Located, Model, Origin } from './model.ts';
import { Names, type Excuses } from './names.ts';
import { findNestingCycles } from './nesting.ts';
import { Notes } from './notes.ts';
import { resolveBoundary, resolveElement, resolveFlow } from './resolve.ts';
import { judgeSections, readSystem } from './system.ts';
import { readUses, type UsedFile, type Uses } from './uses.ts';

export interface ReadOptions {
  /** ISO date, an input so that results are reproducible. */
  readonly today: string;
  /** What the paths of `usedPaths` lead to. */
  readonly used?: ReadonlyMap<string, UsedFile>;
}

/**
 * The threat model that a text says, and every mistake in it. Never throws and never stops at a mistake: what is wrong is
 * left out and reported, each mistake once.
 *
 * `previous` is the model of an earlier version of the same text. Things whose text is the same, and whose names find the
 * same, are then the same objects (===), and only the others are read again.
 */
export function readModel(document: SyntaxDocument, catalogue: Catalogue, options: ReadOptions, previous?: Model): Model {
  const last = previous && states.get(previous);
  const memory = last?.memory.catalogue === catalogue ? last.memory : new Memory(catalogue);
  const notes = new Notes();
  const sections = byName(document.sections);
  const all = (name: string): readonly Section[] => sections.get(name) ?? [];

  const excuses: Excuses = { ids: new Set(), sorts: new Set() };
  judgeSections(notes, excuses, catalogue, sections);
  const system = readSystem(notes, catalogue, sections);
  const declared = memory.declare(document, last?.declared);
  const uses = readUses(notes, sections.get('use')?.[0], options.used);
  const imports = Imports.of(uses, last?.imports);
  const same = last?.memory === memory && last.names.holdFor(declared, excuses, imports);
  const names = same ? last.names : new Names(catalogue, declared, excuses, imports);
  const kinds = last?.kinds.holdFor(names, declared, imports) ? last.kinds : new ElementKinds(names, declared, imports);
  const things = readThings({ notes, catalogue, names, kinds, declared, imports, owner: system.owner, previous });

  const meaning: Meaning = {
    ...system,
    ...things,
    uses: uses.all,
    assumptions: all('assumptions').flatMap((section) => readAssumptions(notes.at(section.base), section)),
    threats: all('threats').flatMap((section) => readThreats(notes.at(section.base), section, names)),
    accepted: all('accepted').flatMap((section) => readAccepted(notes.at(section.base), section, names, catalogue)),
  };
  let hash: string | undefined;
  // Of what uses files that are not read here, nobody can say whether it is what was reviewed.
  const isWhole = uses.read.length === uses.all.size;
  const hashNow = (): string | undefined => (isWhole ? (hash ??= meaningHash(meaning)) : undefined);
  const model: Model = {
    ...meaning,
    imported: imports.placed,
    reviews: all('reviews').flatMap((section) => readReviews(notes.at(section.base), section, options.today, hashNow)),
    problems: inSourceOrder([...document.problems, ...names.answer(notes.problems)]),
    meant: (name, isData) => {
      const found = imports.isEmpty ? undefined : imports.find(name, isData);
      return found && found !== 'excused' ? found.id : name;
    },
    kindOf: (flow) => kindOfFlow(catalogue, things.elements, flow),
    baseOf: (thing) => baseOf(names, declared, uses, thing),
    keySpan: (name) => {
      const section = sections.get(name)?.[0];
      return section && absolute(section.base, section.pair.key);
    },
  };
  states.set(model, { memory, declared, names, kinds, imports });
  return model;
}

/** What the next version starts from. */
interface State {
  readonly memory: Memory;
  readonly declared: Declared;
  readonly names: Names;
  readonly kinds: ElementKinds;
  readonly imports: Imports;
}

const states = new WeakMap<Model, State>();

type Things = Pick<Model, 'boundaries' | 'data' | 'elements' | 'flows'>;

interface Reading {
  readonly notes: Notes;
  readonly catalogue: Catalogue;
  readonly names: Names;
  readonly kinds: ElementKinds;
  readonly declared: Declared;
  readonly imports: Imports;
  /** Of the model. */
  readonly owner: string | undefined;
  readonly previous: Things | undefined;
}

/** Everything that is declared, with its names looked up, and after it what other files bring in. */
function readThings({ notes, catalogue, names, kinds, declared, imports, owner, previous }: Reading): Things {
  const { reads, bases } = declared;
  reads.forEach(({ problems }, position) => {
    if (problems.length > 0) notes.at(bases[position] ?? 0).add(problems);
  });
  names.reportClashes(notes, declared);
  const each = <Sort extends Read['sort'], Result>(sort: Sort, resolve: (read: Read & { sort: Sort }, at: Notes) => Result): Result[] =>
    names.owners[sort].map((position) => resolve(reads[position] as Read & { sort: Sort }, notes.at(bases[position] ?? 0)));

  const wholeFlows = each('flow', (read, at) => resolveFlow(at, names, kinds, catalogue, read)).filter((flow) => flow !== undefined);
  const flows = collected<Flow>(wholeFlows, imports, 'flows', previous);
  const placedBoundaries = each('boundary', (read, { base }) => ({ read, base }));
  const inCycle = findNestingCycles(notes, new Map(placedBoundaries.map((boundary) => [boundary.read.id, boundary])));
  const boundaries = each('boundary', (read, at) => resolveBoundary(at, names, inCycle, read));
  const idle: { read: Read & { sort: 'element' }; base: number }[] = [];
  const elements = each('element', (read, at) => {
    if (read.consulted && read.guards.length === 0) idle.push({ read, base: at.base });
    return resolveElement(at, names, flows, owner, read);
  });
  judgeConsulted(notes, catalogue, idle, flows);
  return {
    boundaries: collected<Boundary>(boundaries, imports, 'boundaries', previous),
    data: collected<DataAsset>(
      each('data', (read) => read.thing),
      imports,
      'data',
      previous,
    ),
    elements: collected<Element>(elements, imports, 'elements', previous),
    flows,
  };
}

/** The things by id, the file's own first; the map of the version before when it has the same. */
function collected<Thing extends { readonly id: string }>(
  own: readonly Thing[],
  { placed }: Imports,
  sort: keyof Things,
  previous: Things | undefined,
): ReadonlyMap<string, Thing> {
  const last = previous?.[sort] as ReadonlyMap<string, Thing> | undefined;
  const things = placed.length === 0 ? own : [...own, ...placed.flatMap((file) => file[sort] as readonly object[] as readonly Thing[])];
  if (last?.size === things.length) {
    let index = 0;
    for (const thing of last.values()) if (thing === things[index]) index++;
    if (index === things.length) return last;
  }
  const map = new Map<string, Thing>();
  for (const thing of things) map.set(thing.id, thing);
  return map;
}

function byName(sections: readonly Section[]): ReadonlyMap<string, readonly Section[]> {
  const named = new Map<string, Section[]>();
  for (const section of sections) {
    const name = section.pair.key.text;
    const same = named.get(name);
    if (same) same.push(section);
    else named.set(name, [section]);
  }
  return named;
}

function baseOf(names: Names, { reads, bases }: Declared, uses: Uses, thing: Located): number {
  const { id = '', type, origin } = thing as Located & { readonly id?: string; readonly type?: string; readonly origin?: Origin };
  if (origin) return uses.baseOf(thing.pair);
  const position = names.positionOf(id, type === 'data') ?? -1;
  return reads[position]?.pair === thing.pair ? (bases[position] ?? 0) : 0;
}

function inSourceOrder(problems: Problem[]): Problem[] {
  return problems.sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
