import { valueOf } from '../syntax/coreSchema.ts';
import type { MapNode, Node, Pair, ScalarNode, Section, Span } from '../syntax/tree.ts';
import { nearest } from './nearest.ts';
import { either, quote, type Notes } from './notes.ts';

const NOTHING: readonly never[] = [];
export const NO_WORDS: ReadonlySet<string> = new Set();

/** A text of the file and where it is. */
export interface Word extends Span {
  readonly text: string;
}

/** Keys that everything may have. */
export const COMMON_KEYS: readonly string[] = ['description', 'tags'];

/** Keys that begin so are the author's own: kept, never judged. */
export function isPrivate(key: string): boolean {
  return key.startsWith('x-');
}

/** What the keys of one map say. The first pair of each key counts: that a later one is a duplicate is said by the syntax. */
export class Fields {
  static readonly NONE = new Fields([], new Set());

  /** Pairs whose keys are none of those that have a meaning here. */
  readonly others: readonly Pair[];
  readonly #pairs: readonly Pair[];

  constructor(pairs: readonly Pair[], keys: ReadonlySet<string>) {
    this.#pairs = pairs;
    let others: Map<string, Pair> | undefined;
    pairs.forEach((pair) => {
      const { text } = pair.key;
      if (!keys.has(text) && !isPrivate(text) && !others?.has(text)) (others ??= new Map()).set(text, pair);
    });
    this.others = others ? [...others.values()] : NOTHING;
  }

  /** Maps are small: looking through one is less than to prepare for it. */
  get(key: string): Pair | undefined {
    return this.#pairs.find((pair) => pair.key.text === key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }
}

/** Reports the keys that mean nothing here, and says which keys their author probably meant. */
export function unknownKeys(notes: Notes, others: readonly Pair[], owner: string, keys: Iterable<string>): ReadonlySet<string> {
  if (others.length === 0) return NO_WORDS;
  const meant = new Set<string>();
  for (const { key } of others) {
    const suggestions = nearest(key.text, keys);
    notes.error('unknown-key', `${owner} has no key ${quote(key.text)}`, key, { suggestions });
    for (const name of suggestions) meant.add(name);
  }
  return meant;
}

/** The text of `key: text`; numbers, booleans and null are text as written. */
export function readWord(notes: Notes, pair: Pair | undefined): Word | undefined {
  if (!pair) return undefined;
  const { key, value } = pair;
  if (value?.type === 'scalar') return value;
  if (value) wrongShape(notes, key.text, 'a text', value);
  else noValue(notes, key);
  return undefined;
}

export function readText(notes: Notes, pair: Pair | undefined): string | undefined {
  return readWord(notes, pair)?.text;
}

/** The texts of `key: [text, …]`; a single text is a mistake, but its meaning is plain. */
export function readList(notes: Notes, pair: Pair | undefined): readonly Word[] {
  const value = pair?.value;
  if (!pair || !value) return NOTHING;
  if (value.type === 'seq') {
    if (value.items.every(isScalar)) return value.items;
    for (const item of value.items) if (item && !isScalar(item)) wrongShape(notes, pair.key.text, 'texts', item);
    return value.items.filter(isScalar);
  }
  wrongShape(notes, pair.key.text, 'a list', value);
  return value.type === 'scalar' ? [value] : NOTHING;
}

/** Either of `key: text` and `key: [text, …]`. */
export function readWords(notes: Notes, pair: Pair | undefined): readonly Word[] {
  if (pair?.value?.type !== 'scalar') return readList(notes, pair);
  return [pair.value];
}

export function readTags(notes: Notes, pair: Pair | undefined): readonly string[] {
  return textsOf(readList(notes, pair));
}

export function textsOf(words: readonly Word[]): readonly string[] {
  return words.length === 0 ? NOTHING : words.map((word) => word.text);
}

/** One of a few words; what is none of them is reported and left out. */
export function readOneOf<T extends string>(notes: Notes, pair: Pair | undefined, values: readonly T[]): T | undefined {
  const word = readWord(notes, pair);
  if (!word || !pair) return undefined;
  const value = values.find((candidate) => candidate === word.text);
  if (value === undefined) illegalValue(notes, pair.key.text, word, values);
  return value;
}

export function readFlag(notes: Notes, pair: Pair | undefined): boolean | undefined {
  const word = readWord(notes, pair);
  if (!word || pair?.value?.type !== 'scalar') return undefined;
  const value = valueOf(pair.value);
  if (typeof value === 'boolean') return value;
  illegalValue(notes, pair.key.text, word, ['true', 'false']);
  return undefined;
}

/** An ISO date that exists; anything else is reported and left out. */
export function readDate(notes: Notes, pair: Pair | undefined): Word | undefined {
  const word = readWord(notes, pair);
  if (!word || !pair || isDate(word.text)) return word;
  notes.error('not-a-date', `${quote(word.text)} is not a date: ${quote(pair.key.text)} takes one like 2027-03-31`, word);
  return undefined;
}

export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The map that is a value, or nothing; another shape is reported. */
export function readMap(notes: Notes, pair: Pair, what: string): MapNode | undefined {
  const { key, value } = pair;
  if (value?.type === 'map') return value;
  if (value) wrongShape(notes, key.text, what, value);
  return undefined;
}

export function illegalValue(notes: Notes, key: string, word: Word, values: readonly string[]): void {
  const suggestions = nearest(word.text, values);
  const legal = suggestions.length > 0 || values.length > 12 ? '' : ` (it takes ${either(values)})`;
  notes.error('illegal-value', `${quote(word.text)} is not a value of ${quote(key)}${legal}`, word, { suggestions });
}

export function noValue(notes: Notes, key: Word): void {
  notes.warning('missing-value', `${quote(key.text)} has no value`, key);
}

/** `expected` says what belongs there, with its article: `a text`, `a list`, `a map`. */
export function wrongShape(notes: Notes, key: string, expected: string, value: Node): void {
  const simple = value.type === 'scalar' && expected === 'a list' && /^[A-Za-z][\w-]*$/.test(value.text);
  notes.error('wrong-shape', `${quote(key)} takes ${expected}, not ${SHAPES[value.type]}`, value, {
    ...(simple && { suggestions: [`[${value.text}]`] }),
  });
}

/** What is written after the colon of a top-level key; the pairs of a map are in `section.items`. */
export function sectionShape(section: Section): Node['type'] | 'nothing' {
  if (section.items === undefined) return section.pair.value?.type ?? 'nothing';
  return section.items.length > 0 || section.pair.value ? 'map' : 'nothing';
}

function isScalar(node: Node | null): node is ScalarNode {
  return node?.type === 'scalar';
}

const SHAPES = { scalar: 'a text', map: 'a map', seq: 'a list' } as const;
