import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute, type Section } from '../syntax/tree.ts';
import { declare, type Declared } from './declared.ts';
import { ElementKinds } from './elementKinds.ts';
import { Imports } from './imports.ts';
import { readAccepted, readAssumptions, readReviews, readThreats } from './entries.ts';
import { meaningHash, type Meaning } from './hash.ts';
import { kindOfFlow } from './kinds.ts';
import type { Located, Model, Origin } from './model.ts';
import { Names, type Excuses } from './names.ts';
import { Notes } from './notes.ts';
import { resolveThings, type ResolvedThings } from './resolveThings.ts';
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
  const isMine = last?.catalogue === catalogue;
  const notes = new Notes();
  const sections = byName(document.sections);
  const all = (name: string): readonly Section[] => sections.get(name) ?? [];

  const excuses: Excuses = { ids: new Set(), sorts: new Set() };
  judgeSections(notes, excuses, catalogue, sections);
  const system = readSystem(notes, catalogue, sections);
  const declared = declare(document, { catalogue, owner: system.owner }, isMine ? last.declared : undefined);
  const uses = readUses(notes, sections.get('use')?.[0], options.used);
  const imports = Imports.of(uses, last?.imports);
  const same = isMine && last.names.holdFor(declared, excuses, imports);
  const names = same ? last.names : new Names(catalogue, declared, excuses, imports);
  const kinds = last?.kinds.holdFor(names, declared, imports) ? last.kinds : new ElementKinds(names, declared, imports);
  const sources = { catalogue, declared, names, kinds, imports, owner: system.owner };
  const things = resolveThings(notes, sources, isMine ? last.things : undefined);
  const { boundaries, data, elements, flows } = things;

  const meaning: Meaning = {
    ...system,
    boundaries,
    data,
    elements,
    flows,
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
    kindOf: (flow) => kindOfFlow(catalogue, elements, flow),
    baseOf: (thing) => baseOf(names, declared, uses, thing),
    keySpan: (name) => {
      const section = sections.get(name)?.[0];
      return section && absolute(section.base, section.pair.key);
    },
  };
  states.set(model, { catalogue, declared, names, kinds, imports, things });
  return model;
}

/** How many things had to be looked at to read a model after the one before it: guarded by tests, see `ResolvedThings`. */
export function thingsLookedAt(model: Model): number {
  return states.get(model)?.things.looked ?? 0;
}

/** What the next version starts from. */
interface State {
  readonly catalogue: Catalogue;
  readonly declared: Declared;
  readonly names: Names;
  readonly kinds: ElementKinds;
  readonly imports: Imports;
  readonly things: ResolvedThings;
}

const states = new WeakMap<Model, State>();

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
