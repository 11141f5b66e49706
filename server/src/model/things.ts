import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Problem } from '../syntax/problem.ts';
import type { MapNode, Pair } from '../syntax/tree.ts';
import { COMMON_KEYS, fieldsOf, readMap, readOneOf, readTags, readText, readWord, unknownKeys, type Word } from './fields.ts';
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
  const { known, others } = fieldsOf(map?.pairs ?? [], BOUNDARY_KEYS);
  const meant = unknownKeys(notes, others, 'A boundary', BOUNDARY_KEYS);
  const parent = readWord(notes, known.get('in'));
  const thing: Boundary = {
    type: 'boundary',
    ...readBasics(notes, pair, known),
    ...readGiver(notes, catalogue, 'boundary', known),
    kind: readOwnKind(notes, catalogue, 'boundaryKinds', pair, known, meant),
    parent: parent?.text,
  };
  return { sort: 'boundary', id: thing.id, pair, thing, parent, problems: notes.problems };
}

export function readData(pair: Pair, catalogue: Catalogue): DataRead {
  const notes = new Notes();
  const map = readBody(notes, pair, catalogue, 'dataKinds');
  const { known, others } = fieldsOf(map?.pairs ?? [], DATA_KEYS);
  const meant = unknownKeys(notes, others, 'A data asset', DATA_KEYS);
  const basics = readBasics(notes, pair, known);
  const kind = readOwnKind(notes, catalogue, 'dataKinds', pair, known, meant);
  if (kind !== '' && basics.id !== kind && catalogue.dataKinds.has(basics.id)) {
    const message = `${quote(basics.id)} is the name of another data kind: give this asset of kind ${quote(kind)} a name of its own`;
    notes.error('data-named-like-kind', message, pair.key);
  }
  const thing: DataAsset = { type: 'data', ...basics, kind };
  return { sort: 'data', id: thing.id, pair, thing, problems: notes.problems };
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
  known: ReadonlyMap<string, Pair>,
  meant: ReadonlySet<string>,
): string {
  const written = known.get('kind');
  if (written?.value) return readKind(notes, catalogue, table, written) ?? '';
  // A value of another shape, or a misspelt key, is the one mistake already.
  const said = meant.has('kind') || (pair.value !== null && pair.value.type !== 'map');
  if (!said) notes.error('missing-kind', `Say the kind of ${quote(pair.key.text)}`, written?.key ?? pair.key);
  return '';
}

export function readBasics(notes: Notes, pair: Pair, known: ReadonlyMap<string, Pair>) {
  const id = pair.key.text;
  if (!isLegalId(id)) {
    const legal = id
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^[^A-Za-z]+|-+$/g, '');
    const message = `${quote(id)} cannot be an id: ids begin with a letter and consist of letters, digits, "_" and "-"`;
    notes.error('illegal-id', message, pair.key, { suggestions: legal === '' ? [] : [legal] });
  }
  return {
    id,
    pair,
    title: readText(notes, known.get('title')) || id,
    description: readText(notes, known.get('description')),
    tags: readTags(notes, known.get('tags')),
    origin: undefined,
  };
}

export function readGiver(notes: Notes, catalogue: Catalogue, giver: 'boundary' | 'element' | 'flow', known: ReadonlyMap<string, Pair>) {
  const controls = known.get('controls');
  return {
    controls: readControls(notes, catalogue, giver, controls),
    controlsKey: controls && { start: controls.key.start, end: controls.key.end },
    completeness: readOneOf(notes, known.get('completeness'), COMPLETENESS),
  };
}

/** Reports names that are neither keys of the format nor properties of the catalogue here. */
export function unknownProperty(
  notes: Notes,
  catalogue: Catalogue,
  on: 'element' | 'flow',
  { key }: Pair,
  fitting: readonly string[],
): readonly string[] {
  const other = on === 'element' ? 'flow' : 'element';
  const elsewhere = catalogue.properties[other].has(key.text);
  const suggestions = nearest(key.text, fitting, catalogue.properties[on].keys());
  const message = elsewhere ? `${quote(key.text)} is a property of ${other}s, not of ${on}s` : `Unknown property ${quote(key.text)}`;
  notes.error('unknown-property', message, key, { suggestions });
  return suggestions;
}
