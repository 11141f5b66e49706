import type { SyntaxDocument } from '../syntax/document.ts';
import { absolute, type Pair, type Section } from '../syntax/tree.ts';
import { noValue, sectionShape, wrongShape } from './fields.ts';
import type { Model, Use } from './model.ts';
import { quote, type Notes } from './notes.ts';
import { isAside } from './system.ts';
import { isLegalId } from './things.ts';
import { pathFault } from './usePath.ts';

/** Why the file that a path leads to is not read. */
export type Refusal =
  | 'not-found'
  | 'outside'
  | 'circle'
  | 'too-deep'
  | 'too-many'
  | 'not-trusted'
  | 'too-large'
  | 'unreadable'
  | 'no-place'
  /** It is being read. */
  | 'pending';

/** What a path leads to. `file` is the same for two paths when they lead to the same file. */
export type UsedFile = { readonly file: string; readonly model: Model } | { readonly refusal: Refusal };

/** The paths that a text says in its `use:`, as far as they may be paths at all: what a host has to look up. */
export function usedPaths(document: SyntaxDocument): readonly string[] {
  const section = document.sections.find(({ pair }) => pair.key.text === 'use');
  if (!section?.items) return NONE;
  return section.items.flatMap((item) => {
    const { value } = item.pair;
    return isAside(item) || value?.type !== 'scalar' || pathFault(value.text) ? [] : [value.text];
  });
}

/** One entry of `use:` whose file was read. */
export interface ReadUse {
  readonly namespace: string;
  readonly pair: Pair;
  readonly file: string;
  readonly model: Model;
}

export interface Uses {
  /** By namespace: all that is written, read or not. */
  readonly all: ReadonlyMap<string, Use>;
  readonly read: readonly ReadUse[];
  /** Nobody can say which names it brings in, because that is not written as it should be. */
  readonly unclear: boolean;
  /** Where the entry with this pair begins in this version. */
  baseOf(pair: Pair): number;
}

/** What a text uses. Each entry that brings nothing in says why, on the word that is to blame. */
export function readUses(notes: Notes, section: Section | undefined, files: ReadonlyMap<string, UsedFile> | undefined): Uses {
  if (!section) return NO_USES;
  if (!section.items) {
    if (section.pair.value)
      wrongShape(notes.at(section.base), 'use', 'a map like { platform: ./platform.threatmodel.yaml }', section.pair.value);
    return { ...NO_USES, unclear: true };
  }
  if (sectionShape(section) === 'nothing') noValue(notes.at(section.base), section.pair.key);
  const all = new Map<string, Use>();
  const read: ReadUse[] = [];
  const bases = new Map<Pair, number>();
  for (const item of section.items) {
    const { base, pair } = item;
    const namespace = pair.key.text;
    // A key that is written twice is a problem of the syntax.
    if (isAside(item) || all.has(namespace)) continue;
    bases.set(pair, base);
    const used = usedFile(notes.at(base), pair, files);
    const found = used && 'model' in used ? used : undefined;
    if (found && pair.value) {
      judgeUsed(notes.at(base), pair, found, read);
      read.push({ namespace, pair, ...found });
    }
    all.set(namespace, {
      path: pair.value?.type === 'scalar' ? pair.value.text : undefined,
      entry: absolute(base, { start: pair.key.start, end: pair.value?.end ?? pair.key.end }),
      used: found,
    });
  }
  const unclear = all.size === 0 || [...all.keys()].some((namespace) => !isLegalId(namespace));
  return { all, read, unclear, baseOf: (pair) => bases.get(pair) ?? 0 };
}

function usedFile(notes: Notes, pair: Pair, files: ReadonlyMap<string, UsedFile> | undefined): UsedFile | undefined {
  const { key, value } = pair;
  const legal = isLegalId(key.text);
  if (!legal) notes.error('illegal-id', `${quote(key.text)} cannot begin ids: name it like an id, for example "platform"`, key);
  if (!value) noValue(notes, key);
  else if (value.type !== 'scalar') wrongShape(notes, key.text, 'the path of a model', value);
  else {
    const fault = pathFault(value.text);
    const used = files?.get(value.text) ?? { refusal: 'no-place' };
    if (fault) notes.error('use-path', fault.message, value, fault);
    else if ('refusal' in used) refuse(notes, used.refusal, pair);
    else if (legal) return used;
  }
  return undefined;
}

function refuse(notes: Notes, refusal: Refusal, { key, value }: Pair): void {
  if (refusal === 'pending') return;
  const path = value?.type === 'scalar' ? quote(value.text) : '';
  const report = refusal === 'not-trusted' ? notes.info.bind(notes) : notes.error.bind(notes);
  report(`use-${refusal}`, REFUSALS[refusal](path), value ?? key);
}

const REFUSALS: Readonly<Record<Exclude<Refusal, 'pending'>, (path: string) => string>> = {
  'not-found': (path) => `There is no file ${path}: paths count from the folder of this file`,
  outside: (path) => `${path} lies outside the workspace: only files in it are read`,
  circle: (path) => `${path} is this file or uses it again: a circle is not read`,
  'too-deep': (path) => `${path} is not read: it begins a chain of more than 16 files`,
  'too-many': (path) => `${path} is not read: it brings in more than 256 files`,
  'not-trusted': (path) => `${path} is read in a trusted workspace only; what it brings in is missing here`,
  'too-large': (path) => `${path} is not read: it is larger than 8 MiB`,
  unreadable: (path) => `${path} cannot be read, or is larger than 8 MiB`,
  'no-place': (path) => `${path} is not read: this text is in no file yet that a path could count from`,
};

/** What the author should know of a file that was read. */
function judgeUsed(notes: Notes, { key, value }: Pair, { file, model }: { file: string; model: Model }, before: readonly ReadUse[]): void {
  const path = value?.type === 'scalar' ? quote(value.text) : '';
  const place = value ?? key;
  const same = before.find((other) => other.file === file);
  if (same) notes.warning('used-twice', `${path} is here already as ${quote(same.namespace)}: both names mean the same`, place);
  const errors = model.problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 0 || same) return;
  const have = errors === 1 ? 'an error' : `${errors} errors`;
  notes.warning('used-has-errors', `${path} has ${have}: what cannot be read of it is missing here`, place);
}

const NONE: readonly string[] = [];
export const NO_USES: Uses = { all: new Map(), read: [], unclear: false, baseOf: () => 0 };
