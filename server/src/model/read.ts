import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import { moveProblem, type Problem } from '../syntax/problem.ts';
import { absolute, type Pair, type Section } from '../syntax/tree.ts';
import { readElement, type ElementRead } from './elements.ts';
import { readAccepted, readAssumptions, readReviews, readThreats } from './entries.ts';
import { readFlow, type FlowRead } from './flows.ts';
import { meaningHash, type Meaning } from './hash.ts';
import { kindOfFlow } from './kinds.ts';
import type { Boundary, DataAsset, Element, Flow, Located, Model } from './model.ts';
import { Names, type Declared } from './names.ts';
import { Notes } from './notes.ts';
import { findNestingCycles, judgeConsulted, resolveBoundary, resolveElement, resolveFlow } from './resolve.ts';
import { itemsOf, judgeSections, readSystem } from './system.ts';
import { readBoundary, readData, type BoundaryRead, type DataRead } from './things.ts';

export interface ReadOptions {
  /** ISO date, an input so that results are reproducible. */
  readonly today: string;
}

/**
 * The threat model that a text says, and every mistake in it. Never throws and never stops at a mistake: what is wrong is
 * left out and reported, each mistake once.
 *
 * `previous` is the model of an earlier version of the same text. Things whose text is the same, and whose names find the
 * same, are then the same objects (===), and only the others are read again.
 */
export function readModel(document: SyntaxDocument, catalogue: Catalogue, options: ReadOptions, previous?: Model): Model {
  const last = previous && memories.get(previous);
  const memory = last?.catalogue === catalogue ? last : new Memory(catalogue);
  const notes = new Notes();
  const names = new Names(catalogue);
  const sections = new Map<string, Section[]>();
  for (const section of document.sections) {
    const name = section.pair.key.text;
    const same = sections.get(name);
    if (same) same.push(section);
    else sections.set(name, [section]);
  }
  const all = (name: string): readonly Section[] => sections.get(name) ?? [];

  judgeSections(notes, names, catalogue, sections);
  const declared = declare(document, memory, notes, names);
  const system = readSystem(notes, catalogue, sections);
  const flows = new Map<string, Flow>();
  for (const entry of declared.flows) {
    const flow = resolveFlow(notes, names, catalogue, entry);
    if (flow) flows.set(flow.id, flow);
  }
  const inCycle = findNestingCycles(notes, new Map(declared.boundaries.map((entry) => [entry.read.id, entry])));
  const boundaries = new Map<string, Boundary>();
  for (const entry of declared.boundaries) boundaries.set(entry.read.id, resolveBoundary(notes, names, inCycle, entry));
  const elements = new Map<string, Element>();
  for (const entry of declared.elements) elements.set(entry.read.id, resolveElement(notes, names, flows, system.owner, entry));
  judgeConsulted(notes, catalogue, declared.elements, flows);
  const data = new Map<string, DataAsset>();
  for (const { read } of declared.data) data.set(read.id, read.thing);

  const meaning: Meaning = {
    ...system,
    boundaries,
    data,
    elements,
    flows,
    assumptions: all('assumptions').flatMap((section) => readAssumptions(notes.at(section.base), section)),
    threats: all('threats').flatMap((section) => readThreats(notes.at(section.base), section, names)),
    accepted: all('accepted').flatMap((section) => readAccepted(notes.at(section.base), section, names, catalogue)),
  };
  let hash: string | undefined;
  const hashNow = (): string => (hash ??= meaningHash(meaning));
  const model: Model = {
    ...meaning,
    reviews: all('reviews').flatMap((section) => readReviews(notes.at(section.base), section, options.today, hashNow)),
    problems: inSourceOrder([...document.problems, ...notes.problems]),
    kindOf: (flow) => kindOfFlow(catalogue, elements, flow),
    baseOf: (thing) => baseOf(names, thing),
    keySpan: (name) => {
      const section = sections.get(name)?.[0];
      return section && absolute(section.base, section.pair.key);
    },
  };
  memories.set(model, memory);
  return model;
}

/** What was read of pairs that are still the same. */
class Memory {
  readonly catalogue: Catalogue;
  readonly boundaries = new WeakMap<Pair, BoundaryRead>();
  readonly data = new WeakMap<Pair, DataRead>();
  readonly elements = new WeakMap<Pair, ElementRead>();
  readonly flows = new WeakMap<Pair, FlowRead>();

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  read<Read extends object>(known: WeakMap<Pair, Read>, pair: Pair, reader: (pair: Pair, catalogue: Catalogue) => Read): Read {
    let read = known.get(pair);
    if (!read) known.set(pair, (read = reader(pair, this.catalogue)));
    return read;
  }
}

const memories = new WeakMap<Model, Memory>();

/** Reads what the sections declare, in source order; what has a taken id is left out. */
function declare(document: SyntaxDocument, memory: Memory, notes: Notes, names: Names) {
  const boundaries: Declared<BoundaryRead>[] = [];
  const data: Declared<DataRead>[] = [];
  const elements: Declared<ElementRead>[] = [];
  const flows: Declared<FlowRead>[] = [];
  const each = <Read extends { readonly problems: readonly Problem[] }>(
    section: Section,
    known: WeakMap<Pair, Read>,
    reader: (pair: Pair, catalogue: Catalogue) => Read,
    declareIt: (read: Read, base: number) => boolean,
    into: Declared<Read>[],
  ): void => {
    for (const { base, pair } of itemsOf(section)) {
      const read = memory.read(known, pair, reader);
      for (const problem of read.problems) notes.problems.push(moveProblem(problem, base));
      if (declareIt(read, base)) into.push({ read, base, section });
    }
  };
  for (const section of document.sections) {
    const drawn = (read: BoundaryRead | ElementRead | FlowRead, base: number): boolean => names.declare(notes, read, base, section);
    switch (section.pair.key.text) {
      case 'boundaries':
        each(section, memory.boundaries, readBoundary, drawn, boundaries);
        break;
      case 'data':
        each(section, memory.data, readData, (read, base) => names.declareData(notes, read, base, section), data);
        break;
      case 'elements':
        each(section, memory.elements, readElement, drawn, elements);
        break;
      case 'flows':
        each(section, memory.flows, readFlow, drawn, flows);
        break;
    }
  }
  return { boundaries, data, elements, flows };
}

function baseOf(names: Names, thing: Located): number {
  const { id, type } = thing as Located & { readonly id?: string; readonly type?: string };
  const declared = type === 'data' ? names.data.get(id ?? '') : names.drawn.get(id ?? '');
  return declared?.read.pair === thing.pair ? declared.base : 0;
}

function inSourceOrder(problems: Problem[]): Problem[] {
  return problems.sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
