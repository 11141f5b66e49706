import type { Catalogue } from '../catalogue/catalogue.ts';
import { absolute } from '../syntax/tree.ts';
import { unusedProperty, type ElementRead } from './elements.ts';
import type { Word } from './fields.ts';
import type { FlowRead } from './flows.ts';
import { flowKindsBetween } from './kinds.ts';
import type { Boundary, Element, Flow } from './model.ts';
import type { Declared, Drawn, Names } from './names.ts';
import { either, quote, type Notes } from './notes.ts';
import type { BoundaryRead } from './things.ts';

type Of<Read extends Drawn> = Declared<Read>;

/** A boundary whose parent is known, and not one of those that are inside it. */
export function resolveBoundary(notes: Notes, names: Names, inCycle: ReadonlySet<string>, { read, base }: Of<BoundaryRead>): Boundary {
  const { parent } = read;
  const known = parent !== undefined && !inCycle.has(read.id) && names.boundary(notes.at(base), parent);
  return (read.thing = settled(read.thing, { parent: known ? parent.text : undefined }));
}

/** Reports every boundary that would be inside itself; none of them gets a parent. */
export function findNestingCycles(notes: Notes, boundaries: ReadonlyMap<string, Of<BoundaryRead>>): Set<string> {
  const inCycle = new Set<string>();
  const seen = new Set<string>();
  for (const start of boundaries.keys()) {
    const way: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      way.push(at);
      const parent: string | undefined = boundaries.get(at)?.read.parent?.text;
      at = parent !== undefined && boundaries.has(parent) ? parent : undefined;
    }
    const from = at === undefined ? -1 : way.indexOf(at);
    if (from >= 0) reportCycle(notes, boundaries, way.slice(from), inCycle);
  }
  return inCycle;
}

function reportCycle(
  notes: Notes,
  boundaries: ReadonlyMap<string, Of<BoundaryRead>>,
  cycle: readonly string[],
  inCycle: Set<string>,
): void {
  const links = cycle.flatMap((id) => {
    const { read, base } = boundaries.get(id) ?? {};
    return read?.parent && base !== undefined ? [{ id, base, parent: read.parent }] : [];
  });
  for (const { id, base, parent } of links) {
    inCycle.add(id);
    const message =
      cycle.length === 1
        ? `${quote(id)} cannot be inside itself`
        : `${quote(id)} is inside ${quote(parent.text)}, which is inside ${quote(id)}`;
    // A cycle of thousands is a hostile file; a few links show it.
    const related = links
      .slice(0, 8)
      .filter((other) => other.id !== id)
      .map((other) => ({
        message: `${quote(other.id)} is inside ${quote(other.parent.text)}`,
        span: absolute(other.base, other.parent.span),
      }));
    notes.at(base).error('nesting-cycle', message, parent.span, { related });
  }
}

export function resolveElement(
  notes: Notes,
  names: Names,
  flows: ReadonlyMap<string, Flow>,
  modelOwner: string | undefined,
  { read, base }: Of<ElementRead>,
): Element {
  const placed = notes.at(base);
  const { thing } = read;
  return (read.thing = settled(thing, {
    owner: read.owner ?? modelOwner,
    boundaries: resolved(read.boundaries, thing.boundaries, (word) => (names.boundary(placed, word) ? word.text : undefined)),
    holds: resolved(read.holds, thing.holds, (word) => names.dataNamed(placed, word)),
    guards: resolved(read.guards, thing.guards, (word) => {
      if (!names.guarded(placed, word)) return undefined;
      // A flow that is not whole is a problem there.
      return names.drawn.get(word.text)?.read.sort !== 'flow' || flows.has(word.text) ? word.text : undefined;
    }),
  }));
}

/** A flow whose ends are two known elements; `undefined` for one that ends nowhere. */
export function resolveFlow(notes: Notes, names: Names, catalogue: Catalogue, { read, base }: Of<FlowRead>): Flow | undefined {
  const placed = notes.at(base);
  const { thing, from, to } = read;
  const begins = from !== undefined && names.element(placed, from, 'a flow begins at an element');
  const ends = to !== undefined && names.element(placed, to, 'a flow ends at an element');
  const through = resolved(read.through, thing.through, (word) => throughElement(placed, names, read, word));
  const carries = resolved(read.carries, thing.carries, (word) => names.dataNamed(placed, word));
  const returns = read.returns && resolved(read.returns, thing.returns, (word) => names.dataNamed(placed, word));
  if (!begins || !ends) return undefined;
  if (from.text === to.text && read.through.length === 0) {
    placed.warning('flow-to-itself', `${quote(read.id)} ends where it begins and passes nothing on the way`, to.span);
  }
  judgeKind(placed, names, catalogue, read);
  return (read.thing = settled(thing, { through, carries, returns }));
}

function throughElement(notes: Notes, names: Names, { id, from, to }: FlowRead, word: Word): string | undefined {
  if (word.text === from?.text || word.text === to?.text) {
    const end = word.text === from?.text ? 'begins' : 'ends';
    notes.error('through-own-end', `${quote(id)} cannot pass ${quote(word.text)}: it ${end} there`, word.span);
    return undefined;
  }
  return names.element(notes, word, 'a flow passes elements') ? word.text : undefined;
}

function judgeKind(notes: Notes, names: Names, catalogue: Catalogue, { thing, pair, saysKind, special }: FlowRead): void {
  if (thing.statedKind === undefined && saysKind) return;
  if (thing.statedKind !== undefined && special.length === 0) return;
  const from = elementKind(names, thing.from);
  const to = elementKind(names, thing.to);
  let kind = thing.statedKind;
  if (kind === undefined) {
    // An end without a kind is a problem there.
    if (from === '' || to === '') return;
    const kinds = flowKindsBetween(catalogue, from, to);
    if (kinds.length !== 1) {
      const ends = `${quote(thing.from)} (${from}) to ${quote(thing.to)} (${to})`;
      const message =
        kinds.length === 0
          ? `Say the kind of ${quote(thing.id)}: none is usual from ${ends}`
          : `Say the kind of ${quote(thing.id)}: from ${ends} it may be ${either(kinds)}`;
      notes.warning('unclear-flow-kind', message, pair.key);
      return;
    }
    kind = kinds[0] ?? '';
  }
  for (const { property, pair: written } of special) unusedProperty(notes, property, kind, undefined, written);
}

function elementKind(names: Names, id: string): string {
  const read = names.drawn.get(id)?.read;
  return read?.sort === 'element' ? read.thing.kind : '';
}

/** Hints at elements that are only consulted and do not say what they protect: they get no credit for anything. */
export function judgeConsulted(
  notes: Notes,
  catalogue: Catalogue,
  elements: readonly Of<ElementRead>[],
  flows: ReadonlyMap<string, Flow>,
): void {
  const idle = elements.filter(({ read }) => {
    const kind = catalogue.elementKinds.get(read.thing.kind);
    return kind?.consulted === true && read.guards.length === 0 && !read.thing.outOfScope;
  });
  if (idle.length === 0) return;
  const passed = new Set<string>();
  const [left, reached] = [new Set<string>(), new Set<string>()];
  for (const flow of flows.values()) {
    for (const id of flow.through) passed.add(id);
    left.add(flow.from);
    reached.add(flow.to);
  }
  for (const { read, base } of idle) {
    const mediates = catalogue.elementKinds.get(read.thing.kind)?.mediator === true && left.has(read.id) && reached.has(read.id);
    if (passed.has(read.id) || mediates) continue;
    const message = `${quote(read.id)} protects nothing: no flow goes through it, and it does not say what it "guards"`;
    notes.at(base).hint('guards-nothing', message, read.pair.key);
  }
}

/** What the words name; `last` itself when that is the same, as it is most of the time. */
function resolved(
  words: readonly Word[],
  last: readonly string[] | undefined,
  find: (word: Word) => string | undefined,
): readonly string[] {
  if (words.length === 0) return last?.length === 0 ? last : [];
  let same = true;
  let count = 0;
  const found: string[] = [];
  for (const word of words) {
    const name = find(word);
    if (name === undefined) continue;
    same &&= last?.[count++] === name;
    found.push(name);
  }
  return same && last?.length === found.length ? last : found;
}

/** The thing itself when nothing about it is different, so that it keeps its identity. */
function settled<T extends object>(thing: T, now: Partial<T>): T {
  for (const key in now) if (thing[key] !== now[key]) return { ...thing, ...now };
  return thing;
}
