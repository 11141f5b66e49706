import type { Property } from '../catalogue/vocabulary.ts';
import { covers } from '../model/kinds.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { Span } from '../syntax/tree.ts';
import { candidatesFor, words, type Candidate } from './candidates.ts';
import { valuesOf } from './cards.ts';
import { controls } from './controlCandidates.ts';
import { containerAt, formatKeys, type Container } from './format.ts';
import { askedAt, propertiesOf, type Meaning } from './meaning.ts';
import { placeAt, type Place } from './place.ts';
import { sectionAt } from './placeInBlock.ts';
import { skeletonsAt } from './skeletons.ts';
import type { Snapshot } from './snapshot.ts';
import { lineEnd, lineStart, nextLine, skipBlanks } from './tokens.ts';

export interface Completion {
  readonly label: string;
  readonly sort: Candidate['sort'] | 'key' | 'property' | 'skeleton';
  readonly detail: string;
  /** What `cardOf` tells of it. */
  readonly about: Meaning | undefined;
  /** Put this in the place of `span`. */
  readonly insert: string;
  /** Spans of `insert` that the author fills in, in this order. */
  readonly holes?: readonly Span[];
  readonly span: Span;
  /** Indents the line first. */
  readonly margin?: TextEdit;
  /** Order among all, by code unit. */
  readonly order: string;
}

/** Whether what may be written at an offset is the path of a model. */
export function asksForPath({ text }: Snapshot, offset: number): boolean {
  return sectionAt(text, offset) === 'use' && isPath(placeAt(text, offset));
}

function isPath({ path, role }: Place): boolean {
  return path[0] === 'use' && path.length === 2 && role === 'value';
}

/**
 * What may be written at an offset: keys, kinds, values, names. Fits the notation there; what is used already is left out.
 * `paths` are those of the models that may be used.
 */
export function completionsAt(snapshot: Snapshot, offset: number, paths: readonly string[] = []): readonly Completion[] {
  const place = placeAt(snapshot.text, offset);
  const comma = commaAfter(place, snapshot.text);
  const offers = [...skeletons(place, snapshot), ...offersAt(place, snapshot, paths)];
  const margin = marginAt(place, snapshot.text);
  if (comma === '' && !margin) return offers;
  return offers.map((offer) => ({ ...offer, insert: offer.insert + comma, ...(margin && { margin }) }));
}

/** The blanks that put a word on a half-indented line where it belongs. */
function marginAt({ column, word }: Place, text: string): TextEdit | undefined {
  const start = lineStart(text, word.start);
  if (column === undefined || word.start - start === column) return undefined;
  return { span: { start, end: word.start }, text: ' '.repeat(column) };
}

function skeletons(place: Place, snapshot: Snapshot): readonly Completion[] {
  return skeletonsAt(place, snapshot).map(({ label, detail, about, text, holes }) => {
    return { label, sort: 'skeleton', detail, about, insert: text, holes, span: place.word, order: `00 ${label}` };
  });
}

function offersAt(place: Place, snapshot: Snapshot, paths: readonly string[]): readonly Completion[] {
  if (isPath(place))
    return words(...paths).map((path) => complete(place, path, /^[\w./-]+$/.test(path.name) ? path.name : JSON.stringify(path.name)));
  const listed = listOfControls(place, snapshot) ?? listOfMaps(place, snapshot);
  if (listed) return listed;
  if (place.role === 'key') return keys(place, containerAt(place.path), snapshot);
  if (place.role === 'none' || (place.role === 'value' && isFollowed(place, snapshot.text))) return [];
  const asked = askedAt(snapshot.catalogue, place.path);
  if (!asked) return [];
  const known = 'property' in asked ? ofProperty(asked.property) : candidatesFor(asked.key, asked.container, place, snapshot);
  const list = 'property' in asked ? asked.property.type === 'choices' : asked.key.list === 'always';
  // Right behind the colon a value is part of the key.
  const gap = place.role === 'value' && snapshot.text.charAt(place.word.start - 1) === ':' ? ' ' : '';
  const wrap = place.role === 'value' && list && place.text === '';
  return known
    .filter(({ name }) => !place.items.has(name))
    .map((candidate) => complete(place, candidate, gap + (wrap ? `[${candidate.name}]` : dashed(place, candidate.name))));
}

/** Below `controls:` a name is an item, or a key with a status, by what stands beside it. */
function listOfControls(place: Place, snapshot: Snapshot): readonly Completion[] | undefined {
  if (place.role !== 'key' || containerAt(place.path) !== 'controls') return undefined;
  const list = place.siblings !== 'map' && !place.braces;
  return controls(place.path.slice(0, -1), snapshot)
    .filter(({ name }) => !place.entries.has(name) && !place.items.has(name))
    .map((candidate) =>
      complete(place, candidate, list ? `- ${candidate.name}` : place.colon ? candidate.name : `${candidate.name}: in-place`),
    );
}

/** In a list of maps, such as `accepted:`, a word that begins an item is the first key of its map. */
function listOfMaps(place: Place, snapshot: Snapshot): readonly Completion[] | undefined {
  const container = containerAt(place.path);
  if (place.path.length !== 1 || !container || container === 'ids' || container === 'controls') return undefined;
  const item = place.role === 'item' || (place.role === 'key' && place.siblings === 'none');
  if (!item) return undefined;
  if (place.role === 'item' && place.braces) return [];
  const fresh = { ...place, dash: place.dash || place.role === 'key', entries: NO_ENTRIES };
  return keys(fresh, container, snapshot);
}

function keys(place: Place, container: Container | undefined, snapshot: Snapshot): readonly Completion[] {
  if (!container || container === 'ids' || container === 'controls') return [];
  const { catalogue, syntax } = snapshot;
  const used = (name: string): boolean =>
    name !== place.text && (container === 'model' ? syntax.sections.some(({ pair }) => pair.key.text === name) : place.entries.has(name));
  const format = [...formatKeys(container)].flatMap(([name, key], rank) => {
    if (used(name) || (name === 'guards' && !isConsulted(place, snapshot))) return [];
    const below = container === 'model' && key.expects === 'map' ? `${snapshot.syntax.eol}${' '.repeat(syntax.indent)}` : ' ';
    const entry: Candidate = { name, sort: 'value', detail: key.text, about: { type: 'key', container, name }, rank };
    return [{ ...complete(place, entry, dashed(place, place.colon ? name : `${name}:${below}`)), sort: 'key' as const }];
  });
  const kind = kindAt(place, container, snapshot);
  const properties = [...propertiesOf(catalogue, container).values()].flatMap((property) => {
    const { name, description, on } = property;
    if (used(name) || formatKeys(container).has(name)) return [];
    if (property.kinds && (kind === undefined || !covers(property.kinds, kind, undefined))) return [];
    const entry: Candidate = { name, sort: 'value', detail: description, about: { type: 'property', on, name }, rank: 40 };
    return [{ ...complete(place, entry, dashed(place, place.colon ? name : `${name}: `)), sort: 'property' as const }];
  });
  return [...format, ...properties];
}

/** The kind of the thing whose key is at a place: as written there, else as the model derives it. */
function kindAt(place: Place, container: Container, { model, catalogue }: Snapshot): string | undefined {
  const written = place.entries.get('kind');
  if (container === 'element') {
    const kind = written ?? model.elements.get(place.path[1] ?? '')?.kind ?? '';
    const id = catalogue.alias('elementKinds', kind);
    return catalogue.elementKinds.has(id) ? id : undefined;
  }
  if (container !== 'flow') return undefined;
  if (written !== undefined) return catalogue.alias('flowKinds', written);
  const flow = model.flows.get(place.path[1] ?? '');
  return flow && model.kindOf(flow);
}

function isConsulted(place: Place, snapshot: Snapshot): boolean {
  return snapshot.catalogue.elementKinds.get(kindAt(place, 'element', snapshot) ?? '')?.consulted ?? false;
}

function ofProperty(property: Property): readonly Candidate[] {
  const { on, name } = property;
  return words(...valuesOf(property)).map((word) => ({ ...word, about: { type: 'property', on, name } }));
}

function dashed(place: Place, text: string): string {
  return place.dash ? `- ${text}` : text;
}

/** Whether the value stands already, behind the cursor. */
function isFollowed({ text: written, word }: Place, text: string): boolean {
  const next = skipBlanks(text, word.end);
  return written === '' && next < lineEnd(text, word.end) && !',}]#'.includes(text.charAt(next));
}

/** The comma that an entry needs which is written in braces before another one. */
function commaAfter({ braces, role, text: written, word, colon }: Place, text: string): string {
  if (!braces || role === 'value' || written !== '' || colon) return '';
  const line = lineStart(text, word.start);
  const margin = skipBlanks(text, line);
  let at = skipBlanks(text, word.end);
  if (at < lineEnd(text, at) && text.charAt(at) !== '#') return ',}]'.includes(text.charAt(at)) ? '' : ', ';
  // Below, it is one of ours only when it stands deeper than what the braces began on.
  const deepest = margin >= word.start ? word.start - line : margin - line + 1;
  for (at = nextLine(text, at); at < text.length; at = nextLine(text, at)) {
    const content = skipBlanks(text, at);
    if (content >= lineEnd(text, at) || text.charAt(content) === '#') continue;
    return content - at >= deepest && !',}]'.includes(text.charAt(content)) ? ', ' : '';
  }
  return '';
}

function complete(place: Place, { name, sort, detail, about, rank }: Candidate, insert: string): Completion {
  const order = `${String(rank).padStart(2, '0')} ${name}`;
  return { label: name, sort, detail, about, insert, span: place.word, order };
}

const NO_ENTRIES: ReadonlyMap<string, string> = new Map();
