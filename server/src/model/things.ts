import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Problem } from '../syntax/problem.ts';
import type { MapNode, Pair } from '../syntax/tree.ts';
import { COMMON_KEYS, Fields, NO_WORDS, readMap, readOneOf, readTags, readText, readWord, unknownKeys, type Word } from './fields.ts';
import { readControls } from './controls.ts';
import { readKind, type KindTable } from './kinds.ts';
import type { Boundary, Completeness, DataAsset } from './model.ts';
import { nearest } from './nearest.ts';
import { Notes, quote, type Note } from './notes.ts';

/**
 * What one pair of a section says by itself. Nothing here depends on the rest of the file, so it is read once and kept as
 * long as the pair is the same object; names are looked up for each version in `resolve.ts`. Spans are relative.
 */
export interface ThingRead {
  readonly id: string;
  readonly pair: Pair;
  readonly problems: readonly Problem[];
}

/** What the names of a thing found: holds as long as its basis is the same object. Problems are relative. */
export interface Resolution {
  readonly basis: object;
  readonly problems: readonly Note[];
}

export interface BoundaryRead extends ThingRead {
  readonly sort: 'boundary';
  /** As read, and as last resolved. */
  thing: Boundary;
  readonly parent: Word | undefined;
}

export interface DataRead extends ThingRead {
  readonly sort: 'data';
  readonly thing: DataAsset;
}

export const COMPLETENESS: readonly Completeness[] = ['complete', 'draft'];
const BOUNDARY_KEYS: ReadonlySet<string> = new Set(['kind', 'title', 'in', 'controls', 'completeness', ...COMMON_KEYS]);
const DATA_KEYS: ReadonlySet<string> = new Set(['kind', 'title', ...COMMON_KEYS]);
const LEGAL_ID = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Whether a text may be the id of something in a file. */
export function isLegalId(text: string): boolean {
  return LEGAL_ID.test(text);
}

export function readBoundary(pair: Pair, catalogue: Catalogue): BoundaryRead {
  const notes = new Notes();
  const map = readBody(notes, pair, catalogue, 'boundaryKinds');
  const known = fieldsIn(map, BOUNDARY_KEYS);
  const meant = unknownKeys(notes, known.others, 'A boundary', BOUNDARY_KEYS);
  const parent = readWord(notes, known.get('in'));
  const thing: Boundary = {
    type: 'boundary',
    id: readId(notes, pair),
    pair,
    title: readTitle(notes, pair, known),
    description: readText(notes, known.get('description')),
    tags: readTags(notes, known.get('tags')),
    origin: undefined,
    controls: readControls(notes, catalogue, 'boundary', known.get('controls')),
    controlsKey: known.get('controls')?.key,
    completeness: readOneOf(notes, known.get('completeness'), COMPLETENESS),
    kind: readOwnKind(notes, catalogue, 'boundaryKinds', pair, known, meant),
    parent: parent?.text,
  };
  return { sort: 'boundary', id: thing.id, pair, thing, parent, problems: notes.found };
}

export function readData(pair: Pair, catalogue: Catalogue): DataRead {
  const notes = new Notes();
  const map = readBody(notes, pair, catalogue, 'dataKinds');
  const known = fieldsIn(map, DATA_KEYS);
  const meant = unknownKeys(notes, known.others, 'A data asset', DATA_KEYS);
  const thing: DataAsset = {
    type: 'data',
    id: readId(notes, pair),
    pair,
    title: readTitle(notes, pair, known),
    description: readText(notes, known.get('description')),
    tags: readTags(notes, known.get('tags')),
    origin: undefined,
    kind: readOwnKind(notes, catalogue, 'dataKinds', pair, known, meant),
  };
  const { id, kind } = thing;
  if (kind !== '' && id !== kind && catalogue.dataKinds.has(id)) {
    const message = `${quote(id)} is the name of another data kind: give this asset of kind ${quote(kind)} a name of its own`;
    notes.error('data-named-like-kind', message, pair.key);
  }
  return { sort: 'data', id, pair, thing, problems: notes.found };
}

/** The map of a thing. Nothing written is a thing without any key. */
export function readBody(notes: Notes, pair: Pair, catalogue: Catalogue, table: KindTable | undefined): MapNode | undefined {
  const value = pair.value;
  if (value?.type === 'scalar' && table && catalogue[table].has(value.text)) {
    const suggestions = [`{ kind: ${value.text} }`];
    notes.error('wrong-shape', `${quote(pair.key.text)} takes a map`, value, { suggestions });
    return undefined;
  }
  return readMap(notes, pair, 'a map');
}

/** The kind of a thing that must have one; empty when there is none. */
export function readOwnKind(
  notes: Notes,
  catalogue: Catalogue,
  table: KindTable,
  pair: Pair,
  known: Fields,
  meant: ReadonlySet<string>,
): string {
  const written = known.get('kind');
  if (written?.value) return readKind(notes, catalogue, table, written) ?? '';
  // A value of another shape, or a misspelt key, is the one mistake already.
  const said = meant.has('kind') || (pair.value !== null && pair.value.type !== 'map');
  if (!said) notes.error('missing-kind', `Say the kind of ${quote(pair.key.text)}`, written?.key ?? pair.key);
  return '';
}

/** What a map says of the keys that a thing of its sort has; no map says nothing. */
export function fieldsIn(map: MapNode | undefined, keys: ReadonlySet<string>): Fields {
  return map ? new Fields(map.pairs, keys) : Fields.NONE;
}

export function readId(notes: Notes, { key }: Pair): string {
  const id = key.text;
  if (!isLegalId(id)) {
    const legal = id
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^[^A-Za-z]+|-+$/g, '');
    const message = `${quote(id)} cannot be an id: ids begin with a letter and consist of letters, digits, "_" and "-"`;
    notes.error('illegal-id', message, key, { suggestions: legal === '' ? [] : [legal] });
  }
  return id;
}

/** The title, or the id. */
export function readTitle(notes: Notes, pair: Pair, known: Fields): string {
  return readText(notes, known.get('title')) || pair.key.text;
}

/** Reports names that are neither keys of the format nor properties of the catalogue here, and says what their author probably meant. */
export function unknownProperties(
  notes: Notes,
  catalogue: Catalogue,
  on: 'element' | 'flow',
  others: readonly Pair[],
  keys: ReadonlySet<string>,
): ReadonlySet<string> {
  const declared = catalogue.properties[on];
  const unknown = others.filter(({ key }) => !declared.has(key.text));
  if (unknown.length === 0) return NO_WORDS;
  const other = on === 'element' ? 'flow' : 'element';
  const meant = new Set<string>();
  for (const { key } of unknown) {
    const elsewhere = catalogue.properties[other].has(key.text);
    const suggestions = nearest(key.text, [...keys, ...declared.keys()], declared.keys());
    const message = elsewhere ? `${quote(key.text)} is a property of ${other}s, not of ${on}s` : `Unknown property ${quote(key.text)}`;
    notes.error('unknown-property', message, key, { suggestions });
    for (const name of suggestions) meant.add(name);
  }
  return meant;
}
