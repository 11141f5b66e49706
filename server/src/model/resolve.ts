import type { Catalogue } from '../catalogue/catalogue.ts';
import { unusedProperty, type ElementRead } from './elements.ts';
import type { Word } from './fields.ts';
import type { FlowRead } from './flows.ts';
import { flowKindsBetween } from './kinds.ts';
import type { Boundary, Element, Flow } from './model.ts';
import type { ElementKinds } from './elementKinds.ts';
import type { Names } from './names.ts';
import { either, Notes, quote } from './notes.ts';
import type { BoundaryRead } from './things.ts';

/** A boundary whose parent is known, and not one of those that are inside it. */
export function resolveBoundary(notes: Notes, names: Names, inCycle: ReadonlySet<string>, read: BoundaryRead): Boundary {
  const { parent } = read;
  const known = parent !== undefined && !inCycle.has(read.id) ? names.boundary(notes, parent) : undefined;
  return (read.thing = settled(read.thing, { parent: known }));
}

/** A flow whose ends are two known elements; `undefined` for one that ends nowhere. What is wrong is in its resolution. */
export function resolveFlow(names: Names, kinds: ElementKinds, catalogue: Catalogue, read: FlowRead): Flow | undefined {
  const basis = dependsOnKinds(read) ? kinds : names;
  if (read.resolution?.basis !== basis) {
    const relative = new Notes();
    const whole = findNamesOfFlow(relative, names, kinds, catalogue, read);
    read.resolution = { basis, whole, problems: relative.problems };
  }
  return read.resolution.whole ? read.thing : undefined;
}

/** What is said of a flow may change with the kinds of its ends. */
export function dependsOnKinds({ derivesKind, special }: FlowRead): boolean {
  return derivesKind || special.length > 0;
}

function findNamesOfFlow(notes: Notes, names: Names, kinds: ElementKinds, catalogue: Catalogue, read: FlowRead): boolean {
  const { thing, from, to } = read;
  const begins = from && names.element(notes, from, 'a flow begins at an element');
  const ends = to && names.element(notes, to, 'a flow ends at an element');
  const through = resolved(read.through, thing.through, (word) => throughElement(notes, names, read, word));
  const carries = resolved(read.carries, thing.carries, (word) => names.dataNamed(notes, word));
  const returns = read.returns && resolved(read.returns, thing.returns, (word) => names.dataNamed(notes, word));
  read.thing = settled(thing, { from: begins ?? from?.text ?? '', to: ends ?? to?.text ?? '', through, carries, returns });
  if (begins === undefined || ends === undefined) return false;
  if (begins === ends && read.through.length === 0) {
    notes.warning('flow-to-itself', `${quote(read.id)} ends where it begins and passes nothing on the way`, to!.span);
  }
  judgeKind(notes, kinds, catalogue, read);
  return true;
}

function throughElement(notes: Notes, names: Names, { id, from, to }: FlowRead, word: Word): string | undefined {
  if (word.text === from?.text || word.text === to?.text) {
    const end = word.text === from?.text ? 'begins' : 'ends';
    notes.error('through-own-end', `${quote(id)} cannot pass ${quote(word.text)}: it ${end} there`, word.span);
    return undefined;
  }
  return names.element(notes, word, 'a flow passes elements');
}

/** An element with those of its boundaries, data and guarded things that exist. What is wrong is in its resolution. */
export function resolveElement(names: Names, flows: ReadonlyMap<string, Flow>, modelOwner: string | undefined, read: ElementRead): Element {
  const { thing } = read;
  const owner = read.owner ?? modelOwner;
  // Whether a guarded flow is whole is not a matter of names.
  if (read.resolution?.basis !== names || read.guards.length > 0) {
    const relative = new Notes();
    read.thing = settled(thing, {
      owner,
      boundaries: resolved(read.boundaries, thing.boundaries, (word) => names.boundary(relative, word)),
      holds: resolved(read.holds, thing.holds, (word) => names.dataNamed(relative, word)),
      guards: resolved(read.guards, thing.guards, (word) => {
        const id = names.guarded(relative, word);
        return id !== undefined && (names.sortOf(id) !== 'flow' || flows.has(id)) ? id : undefined;
      }),
    });
    read.resolution = { basis: names, problems: relative.problems };
  } else if (thing.owner !== owner) {
    read.thing = { ...thing, owner };
  }
  return read.thing;
}

function judgeKind(notes: Notes, kinds: ElementKinds, catalogue: Catalogue, { thing, pair, derivesKind, special }: FlowRead): void {
  if (thing.statedKind === undefined ? !derivesKind : special.length === 0) return;
  const from = kinds.of(thing.from);
  const to = kinds.of(thing.to);
  let kind = thing.statedKind;
  if (kind === undefined) {
    // An end without a kind is a problem there.
    if (from === '' || to === '') return;
    const usual = flowKindsBetween(catalogue, from, to);
    if (usual.length !== 1) {
      const ends = `${quote(thing.from)} (${from}) to ${quote(thing.to)} (${to})`;
      const message =
        usual.length === 0
          ? `Say the kind of ${quote(thing.id)}: none is usual from ${ends}`
          : `Say the kind of ${quote(thing.id)}: from ${ends} it may be ${either(usual)}`;
      notes.warning('unclear-flow-kind', message, pair.key);
      return;
    }
    kind = usual[0] ?? '';
  }
  for (const { property, pair: written } of special) unusedProperty(notes, property, kind, undefined, written);
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
