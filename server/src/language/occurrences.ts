import { findKind } from '../model/kinds.ts';
import type { Origin } from '../model/model.ts';
import { isAside } from '../model/system.ts';
import { absolute, type MapNode, type Node, type Pair, type PlacedPair, type ScalarNode, type Section, type Span } from '../syntax/tree.ts';
import { containerAt, formatKeys } from './format.ts';
import { drawn, spaceAt, spaceOf, type Space } from './meaning.ts';
import { pairsIn } from './pairsIn.ts';
import { placeAt } from './place.ts';
import type { Snapshot } from './snapshot.ts';

/** A name of the file or of the catalogue. Boundaries, elements and flows are one namespace. */
export interface Name {
  readonly space: Space;
  readonly id: string;
}

/** Whether a name is one of its file alone; all others are the catalogue's, and mean the same in every file. */
export function isOfFile({ space }: Name): boolean {
  return space === 'drawn' || space === 'data';
}

/** A place of the text that says a name. Spans are absolute. */
export interface Occurrence {
  /** The name alone, without quotes. */
  readonly span: Span;
  /** The key whose value it is (`from`, `carries`, `at`, …), or `id` and `control` where it is a key itself. */
  readonly role: string;
  /** `undefined` where the name is only used. */
  readonly declares: Declaration | undefined;
  /** `*alias`: what it says is written elsewhere. */
  readonly alias: boolean;
}

export interface Declaration {
  /** The key that declares it. */
  readonly key: Span;
  /** The whole declaration. */
  readonly whole: Span;
}

/** The name at an offset, whether or not anything has it; found in broken text too. */
export function nameAt(snapshot: Snapshot, offset: number): (Name & { readonly span: Span }) | undefined {
  for (const { base, words } of wordsAround(snapshot, [offset])) {
    for (const word of words) {
      const { span } = occurrence(snapshot.text, base, word);
      if (span.start <= offset && offset <= span.end) return { ...nameOf(snapshot, word.space, word.scalar.text), span };
    }
  }
  // What is not in the tree yet.
  const place = placeAt(snapshot.text, offset);
  const space = place.text === '' ? undefined : spaceAt(place, snapshot.catalogue);
  return space && { ...nameOf(snapshot, space, place.text), span: place.word };
}

/** Every place that says a name, in source order, under whatever alias. */
export function occurrencesOf(snapshot: Snapshot, { space, id }: Name): readonly Occurrence[] {
  return saidAs(snapshot, space, id)
    .flatMap(([among, text]) => find(snapshot, among, text))
    .sort((a, b) => a.span.start - b.span.start);
}

/** Where a thing stands in another file. Spans are those of its text. */
export interface Elsewhere extends Declaration {
  readonly file: string;
  readonly text: string;
}

/** Where a thing is declared that a file brings in which this one uses. */
export function elsewhere(snapshot: Snapshot, { space, id }: Name): Elsewhere | undefined {
  const origin = originOf(snapshot, { space, id });
  const other = origin && snapshot.fileOf(origin.file);
  const declared = other && declarationOf(other, { space, id: origin.id });
  return declared && { ...declared, file: origin.file, text: other.text };
}

/** Of a name that another file declares: which, and as what. */
export function originOf(snapshot: Snapshot, { space, id }: Name): Origin | undefined {
  return thingOf(snapshot, space, id)?.origin;
}

function thingOf({ model }: Snapshot, space: Space, id: string) {
  return space === 'data' ? model.data.get(id) : space === 'drawn' ? drawn(model, id) : undefined;
}

/**
 * Where a boundary, element, flow or data asset is declared; the first place when there are several. Of what another file
 * declares, the entry of `use:` that brings it in.
 */
export function declarationOf(snapshot: Snapshot, { space, id }: Name): Declaration | undefined {
  const { model } = snapshot;
  const thing = thingOf(snapshot, space, id);
  // A flow that ends nowhere is declared too.
  if (!thing) return find(snapshot, space, id).find(({ declares }) => declares)?.declares;
  const base = model.baseOf(thing);
  return { key: absolute(base, thing.pair.key), whole: absolute(base, thing.pair) };
}

function find(snapshot: Snapshot, space: Space, text: string): Occurrence[] {
  const found: Occurrence[] = [];
  const { model } = snapshot;
  // A thing of another file may be said under several names, all of which end in its own.
  const origin = originOf(snapshot, { space, id: text });
  const says = (said: string): boolean => said === text || (origin !== undefined && model.meant(said, space === 'data') === text);
  for (const { base, words } of wordsAround(snapshot, mentions(snapshot.text, origin?.id ?? text))) {
    for (const word of words) {
      if (word.space === space && says(word.scalar.text)) found.push(occurrence(snapshot.text, base, word));
    }
  }
  return found;
}

/** A name where it stands, whatever it means. `section` is the top-level key that it stands below. */
export interface Said extends Pick<Word, 'space' | 'role' | 'status'> {
  readonly section: string;
  readonly text: string;
  readonly span: Span;
}

/** All names in the entries that a part of the text has something of, in source order. Aliases of YAML say nothing themselves. */
export function* namesIn(snapshot: Snapshot, range: Span): Generator<Said> {
  for (const { base, pair, section } of pairsIn(snapshot, range)) {
    for (const word of wordsOf(section, pair)) {
      const { role, scalar, space, status } = word;
      const key = absolute(base, scalar);
      if (snapshot.text.charAt(key.start) === '*') continue;
      yield { section: section.pair.key.text, text: scalar.text, role, space, span: contentOf(snapshot.text, key, scalar), status };
    }
  }
}

/** A text in other characters than its own: by escapes, or by an alias. */
const DISGUISED = /\\[xuU\r\n]|\*\w/g;

/** Where a text may be said, in source order. A search through characters is far cheaper than an index of a large tree. */
function mentions(text: string, wanted: string): readonly number[] {
  if (wanted === '') return [];
  const offsets: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + wanted.length))) offsets.push(at);
  }
  const disguised = [...text.matchAll(DISGUISED)].map(({ index }) => index);
  return disguised.length === 0 ? offsets : [...offsets, ...disguised].sort((a, b) => a - b);
}

/** A word as one pair of the file says it. Depends on nothing else, and lives as long as the pair. */
interface Word {
  readonly space: Space;
  readonly scalar: ScalarNode;
  readonly role: string;
  readonly declared: Pair | undefined;
  /** The status of a control, as it is written. */
  readonly status?: string | undefined;
}

/** The names in the pairs that offsets, in ascending order, are in; each pair once. */
function wordsAround(
  { syntax }: Snapshot,
  offsets: readonly number[],
): readonly { readonly base: number; readonly words: readonly Word[] }[] {
  const around: { base: number; words: readonly Word[] }[] = [];
  let next = 0;
  for (const section of syntax.sections) {
    const pairs = section.items ?? [section];
    let last: PlacedPair | undefined;
    const end = endOf(pairs.at(-1) ?? section);
    for (; next < offsets.length; next++) {
      const offset = offsets[next] ?? 0;
      if (offset > end) break;
      const placed = lastBefore(pairs, offset);
      if (!placed || placed === last || offset > endOf(placed)) continue;
      last = placed;
      around.push({ base: placed.base, words: wordsOf(section, placed.pair) });
    }
  }
  return around;
}

function endOf({ base, pair }: PlacedPair): number {
  return base + pair.end;
}

/** The last of the pairs that begin at an offset or before it. */
function lastBefore(pairs: readonly PlacedPair[], offset: number): PlacedPair | undefined {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { base, pair } = pairs[middle]!;
    if (base + pair.start <= offset) low = middle + 1;
    else high = middle;
  }
  return pairs[low - 1];
}

function wordsOf({ items, pair: { key } }: Section, pair: Pair): readonly Word[] {
  const known = SECTIONS.get(key.text);
  if (!known) return NONE;
  let words = known.words.get(pair);
  if (!words) known.words.set(pair, (words = items ? itemWords(known.name, pair) : sectionWords(known.name, pair)));
  return words;
}

const NONE: readonly never[] = [];

/** Sections that say names. Equal texts may be one pair, so what pairs say is kept for each section apart. */
const SECTIONS: ReadonlyMap<string, { readonly name: string; readonly words: WeakMap<Pair, readonly Word[]> }> = new Map(
  ['controls', 'boundaries', 'data', 'elements', 'flows', 'threats', 'accepted'].map((name) => [name, { name, words: new WeakMap() }]),
);

function itemWords(section: string, pair: Pair): readonly Word[] {
  if (isAside({ base: 0, pair })) return [];
  const words: Word[] = [];
  if (section === 'controls') {
    words.push(controlKey(pair));
  } else if (containerAt([section]) === 'ids') {
    words.push({ space: section === 'data' ? 'data' : 'drawn', scalar: pair.key, role: 'id', declared: pair });
    if (pair.value?.type === 'map') mapWords(pair.value, [section, pair.key.text], words);
  }
  return words;
}

function sectionWords(section: string, { value }: Pair): readonly Word[] {
  const words: Word[] = [];
  if (section === 'controls') listWords(value, 'control', 'controls', words);
  else if (value?.type === 'seq') for (const item of value.items) if (item?.type === 'map') mapWords(item, [section], words);
  return words;
}

function mapWords(map: MapNode, path: readonly string[], words: Word[]): void {
  const container = containerAt(path);
  if (!container) return;
  const keys = formatKeys(container);
  for (const pair of map.pairs) {
    // What an alias stands for is written elsewhere, and found there.
    if (pair.start < map.start || pair.end > map.end) continue;
    if (container === 'controls') {
      if (!isAside({ base: 0, pair })) words.push(controlKey(pair));
      continue;
    }
    const key = keys.get(pair.key.text);
    const space = key && spaceOf(key, container);
    if (space === 'control' && pair.value?.type === 'map') mapWords(pair.value, [...path, 'controls'], words);
    else if (space) listWords(pair.value, space, pair.key.text, words);
  }
}

function listWords(value: Node | null, space: Space, role: string, words: Word[]): void {
  if (value?.type === 'scalar') words.push({ space, scalar: value, role, declared: undefined });
  if (value?.type !== 'seq') return;
  for (const item of value.items) {
    if (item?.type === 'scalar' && item.start >= value.start && item.end <= value.end) {
      words.push({ space, scalar: item, role, declared: undefined });
    }
  }
}

function controlKey({ key, value }: Pair): Word {
  const said = value?.type === 'map' ? value.pairs.find((pair) => pair.key.text === 'status')?.value : value;
  const status = said?.type === 'scalar' ? said.text : undefined;
  return { space: 'control', scalar: key, role: 'control', declared: undefined, status };
}

function occurrence(text: string, base: number, { scalar, role, declared }: Word): Occurrence {
  const key = absolute(base, scalar);
  const alias = text.charAt(key.start) === '*';
  const declares = declared && { key, whole: absolute(base, declared) };
  return { span: alias ? key : contentOf(text, key, scalar), role, declares, alias };
}

function contentOf(text: string, { start, end }: Span, scalar: ScalarNode): Span {
  if (scalar.style === 'plain') return { start, end };
  const at = text.slice(start, end).lastIndexOf(scalar.text);
  // Escapes say it in other characters.
  return at < 0 ? { start: start + 1, end: end - 1 } : { start: start + at, end: start + at + scalar.text.length };
}

/** What a text means in a namespace: aliases of the catalogue are resolved, and data that nobody declares is a kind of data. */
function nameOf(snapshot: Snapshot, space: Space, text: string): Name {
  const { catalogue } = snapshot;
  switch (space) {
    case 'drawn':
      return { space, id: snapshot.model.meant(text, false) };
    case 'data': {
      const kind = snapshot.model.data.has(text) ? undefined : findKind(catalogue, 'dataKinds', text);
      return kind === undefined ? { space, id: snapshot.model.meant(text, true) } : { space: 'dataKinds', id: kind };
    }
    case 'control':
      return { space, id: catalogue.controls.has(text) ? text : catalogue.alias('controls', text) };
    case 'rule':
      return { space, id: catalogue.rules.has(text) ? text : catalogue.alias('rules', text) };
    default:
      return { space, id: findKind(catalogue, space, text) ?? text };
  }
}

/** All texts that mean a name, and the namespaces in which they do. */
function saidAs(snapshot: Snapshot, space: Space, id: string): readonly (readonly [Space, string])[] {
  const { catalogue } = snapshot;
  switch (space) {
    case 'drawn':
    case 'data':
      return [[space, id]];
    case 'control':
      return [id, ...(catalogue.controls.get(id)?.aliases ?? [])].map((text) => [space, text]);
    case 'rule':
      return [id, ...(catalogue.rules.get(id)?.aliases ?? [])].map((text) => [space, text]);
    default: {
      const texts = [id, ...(catalogue[space].get(id)?.aliases ?? [])];
      const kinds = texts.map((text) => [space, text] as const);
      if (space !== 'dataKinds') return kinds;
      return [...kinds, ...texts.filter((text) => !snapshot.model.data.has(text)).map((text) => ['data', text] as const)];
    }
  }
}
