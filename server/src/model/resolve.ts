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
  if (known !== read.thing.parent) read.thing = { ...read.thing, parent: known };
  return read.thing;
}

/** A flow whose ends are two known elements; `undefined` for one that ends nowhere. What is wrong is in its resolution. */
export function resolveFlow(names: Names, kinds: ElementKinds, catalogue: Catalogue, read: FlowRead): Flow | undefined {
  const basis = dependsOnKinds(read) ? kinds : names;
  if (read.resolution?.basis !== basis) {
    const relative = new Notes();
    const whole = findNamesOfFlow(relative, names, kinds, catalogue, read);
    read.resolution = { basis, whole, problems: relative.found };
  }
  return read.resolution.whole ? read.thing : undefined;
}

/** What is said of a flow may change with the kinds of its ends. */
export function dependsOnKinds({ derivesKind, special }: FlowRead): boolean {
  return derivesKind || special.length > 0;
}

function findNamesOfFlow(notes: Notes, names: Names, kinds: ElementKinds, catalogue: Catalogue, read: FlowRead): boolean {
  const { thing } = read;
  const begins = read.from && names.element(notes, read.from, 'a flow begins at an element');
  const ends = read.to && names.element(notes, read.to, 'a flow ends at an element');
  const from = begins ?? read.from?.text ?? '';
  const to = ends ?? read.to?.text ?? '';
  const through = resolved(read.through, thing.through, (word) => throughElement(notes, names, read, word));
  const carries = namedData(notes, names, read.carries, thing.carries);
  const returns = read.returns && namedData(notes, names, read.returns, thing.returns);
  if (from !== thing.from || to !== thing.to || through !== thing.through || carries !== thing.carries || returns !== thing.returns) {
    read.thing = { ...thing, from, to, through, carries, returns };
  }
  if (begins === undefined || ends === undefined) return false;
  if (begins === ends && read.through.length === 0) {
    notes.warning('flow-to-itself', `${quote(read.id)} ends where it begins and passes nothing on the way`, read.to!);
  }
  judgeKind(notes, kinds, catalogue, read);
  return true;
}

function throughElement(notes: Notes, names: Names, { id, from, to }: FlowRead, word: Word): string | undefined {
  if (word.text === from?.text || word.text === to?.text) {
    const end = word.text === from?.text ? 'begins' : 'ends';
    notes.error('through-own-end', `${quote(id)} cannot pass ${quote(word.text)}: it ${end} there`, word);
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
    const boundaries = resolved(read.boundaries, thing.boundaries, (word) => names.boundary(relative, word));
    const holds = namedData(relative, names, read.holds, thing.holds);
    const guards = resolved(read.guards, thing.guards, (word) => {
      const id = names.guarded(relative, word);
      return id !== undefined && (names.sortOf(id) !== 'flow' || flows.has(id)) ? id : undefined;
    });
    if (owner !== thing.owner || boundaries !== thing.boundaries || holds !== thing.holds || guards !== thing.guards) {
      read.thing = { ...thing, owner, boundaries, holds, guards };
    }
    read.resolution = { basis: names, problems: relative.found };
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

function namedData(notes: Notes, names: Names, words: readonly Word[], last: readonly string[] | undefined): readonly string[] {
  return resolved(words, last, (word) => names.dataNamed(notes, word));
}

/** What the words name; `last` itself when that is the same, as it is most of the time. */
function resolved(
  words: readonly Word[],
  last: readonly string[] | undefined,
  find: (word: Word) => string | undefined,
): readonly string[] {
  if (words.length === 0) return last?.length === 0 ? last : [];
  const found = words.map(find).filter((name) => name !== undefined);
  return found.length === last?.length && found.every((name, at) => name === last[at]) ? last : found;
}
