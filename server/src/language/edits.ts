import { MODEL_SUBJECT } from '../analysis/index.ts';
import type { ControlStatement, Model, Status } from '../model/model.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { MapNode, PlacedPair, Section } from '../syntax/tree.ts';
import { addToList, addToMap, colonAfter, contentEnd, isNothing, listToMap } from './collectionEdits.ts';
import { lineEnd } from './tokens.ts';
import { giverOf, writeScalar, type PlainValue } from './written.ts';

/** What is said of a control. `details` are further keys, as YAML: `[['reason', '""']]`. */
export interface Statement {
  readonly status: Status;
  readonly details: readonly (readonly [key: string, value: string])[];
}

const IN_PLACE: Statement = { status: 'in-place', details: [] };

/** A statement as the value of its control. */
export function writeStatement({ status, details }: Statement): string {
  if (details.length === 0) return status;
  return `{ status: ${status}, ${details.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}

/**
 * Edits after which `giver` (id of an element, flow or boundary, or `$model`) states `control` as it is said (in place
 * when nothing is), in the notation the file uses there; all else keeps its meaning, its comments and its line endings.
 * `undefined` when the control has that status or is in place already, or the text is too broken to be added to.
 */
export function addControl(
  document: SyntaxDocument,
  model: Model,
  giver: string,
  control: string,
  statement: Statement = IN_PLACE,
): readonly TextEdit[] | undefined {
  const thing = giver === MODEL_SUBJECT ? undefined : giverOf(model, giver);
  if (giver !== MODEL_SUBJECT && !thing) return undefined;
  const base = thing ? model.baseOf(thing) : 0;
  const stated = (thing ?? model).controls.find((known) => known.control === control);
  if (stated?.status === 'in-place' || stated?.status === statement.status) return undefined;
  const controls = thing ? entryOf({ base, pair: thing.pair }, 'controls') : sectionOf(document, 'controls');
  if (stated) return changeStatement(document, base, stated, controls, statement);
  if (controls) return addStatement(document, controls, control, statement);
  const list = statement.status === 'in-place' ? `[${control}]` : `{ ${control}: ${writeStatement(statement)} }`;
  if (thing) return addToMap(document, { base, pair: thing.pair }, 'controls', list);
  return addSection(document, 'controls', list);
}

/** Another status for a control that is stated; details that are there stay. */
function changeStatement(
  document: SyntaxDocument,
  base: number,
  stated: ControlStatement,
  controls: PlacedPair | Section | undefined,
  statement: Statement,
): readonly TextEdit[] | undefined {
  const status = { start: base + stated.statusSpan.start, end: base + stated.statusSpan.end };
  if (statement.details.length === 0) return [{ span: status, text: statement.status }];
  const at = base + stated.span.start;
  const entry = entriesOf(controls).find((item) => item.base + item.pair.key.start === at);
  const value = entry?.pair.value;
  if (!entry || !value) return undefined;
  if (value.type !== 'map') return value.type === 'scalar' ? [{ span: status, text: writeStatement(statement) }] : undefined;
  const edits: TextEdit[] = [{ span: status, text: statement.status }];
  for (const [key, text] of statement.details) {
    if (value.pairs.some((pair) => pair.key.text === key)) continue;
    const added = addToMap(document, entry, key, text);
    if (!added) return undefined;
    edits.push(...added);
  }
  return edits;
}

function entriesOf(controls: PlacedPair | Section | undefined): readonly PlacedPair[] {
  if (!controls) return [];
  if ('items' in controls && controls.items) return controls.items;
  const { base, pair } = controls;
  return pair.value?.type === 'map' ? pair.value.pairs.map((entry) => ({ base, pair: entry })) : [];
}

/**
 * Edits after which the element, flow, boundary or data asset `id` (or `$model`) has `key: value`. A value that is
 * there already is replaced. `undefined` when there is no such thing or the text is too broken.
 */
export function setProperty(
  document: SyntaxDocument,
  model: Model,
  id: string,
  key: string,
  value: PlainValue | readonly PlainValue[],
): readonly TextEdit[] | undefined {
  const text = isList(value) ? `[${value.map(writeScalar).join(', ')}]` : writeScalar(value);
  const thing = id === MODEL_SUBJECT ? undefined : (giverOf(model, id) ?? model.data.get(id));
  if (id !== MODEL_SUBJECT && !thing) return undefined;
  const owner = thing && { base: model.baseOf(thing), pair: thing.pair };
  if (owner) return setEntry(document, owner, key, text);
  const section = sectionOf(document, key);
  return section ? replaceValue(document, section, text) : addSection(document, key, text);
}

/** Edits after which the map that is the value of `owner` has `key: value`, whatever it had; `value` is YAML. */
export function setEntry(document: SyntaxDocument, owner: PlacedPair, key: string, value: string): readonly TextEdit[] | undefined {
  const present = entryOf(owner, key);
  return present ? replaceValue(document, present, value) : addToMap(document, owner, key, value);
}

function replaceValue(document: SyntaxDocument, { base, pair }: PlacedPair, text: string): readonly TextEdit[] {
  const colon = colonAfter(document.text, base, pair);
  if (colon === undefined) return [{ span: { start: base + pair.key.end, end: base + pair.key.end }, text: `: ${text}` }];
  if (!pair.value) return [{ span: { start: colon, end: colon }, text: ` ${text}` }];
  const start = pair.value.type === 'scalar' || pair.value.flow ? base + pair.value.start : colon;
  return [{ span: { start, end: contentEnd(document.text, base, pair.value) }, text: start === colon ? ` ${text}` : text }];
}

/** Edits after which the section has `key: value` at its end; a section that is not there is put at the end of the file. */
export function addEntry(document: SyntaxDocument, name: string, key: string, value: string): readonly TextEdit[] | undefined {
  const { text, eol, indent } = document;
  const section = sectionOf(document, name);
  if (!section) {
    const end = text.length;
    const start = text === '' || text.endsWith('\n') ? '' : eol;
    return [{ span: { start: end, end }, text: `${start}${name}:${eol}${' '.repeat(indent)}${key}: ${value}${eol}` }];
  }
  const last = section.items?.at(-1);
  return section.items && last ? addPlaced(document, section, section.items, last, key, value) : addToMap(document, section, key, value);
}

function isList(value: PlainValue | readonly PlainValue[]): value is readonly PlainValue[] {
  return typeof value === 'object';
}

function entryOf({ base, pair }: PlacedPair, key: string): PlacedPair | undefined {
  if (pair.value?.type !== 'map') return undefined;
  const entry = pair.value.pairs.find((candidate) => candidate.key.text === key);
  return entry && { base, pair: entry };
}

function sectionOf(document: SyntaxDocument, key: string): Section | undefined {
  return document.sections.find((section) => section.pair.key.text === key);
}

/** Adds a control below a `controls` key that does not state it (or states it without a status). */
function addStatement(
  document: SyntaxDocument,
  controls: PlacedPair | Section,
  control: string,
  statement: Statement,
): readonly TextEdit[] | undefined {
  const { text } = document;
  const items = 'items' in controls ? controls.items : undefined;
  const entry = items?.find(({ pair }) => pair.key.text === control) ?? entryOf(controls, control);
  const said = writeStatement(statement);
  if (entry) return setStatus(document, entry, said);
  const last = items?.at(-1);
  if (items && last) return addPlaced(document, controls, items, last, control, said);
  const { base, pair } = controls;
  const { value } = pair;
  const fresh = statement.status === 'in-place' ? `[${control}]` : `{ ${control}: ${said} }`;
  if (!value) {
    const colon = colonAfter(text, base, pair);
    const at = colon ?? base + pair.key.end;
    return [{ span: { start: at, end: at }, text: colon === undefined ? `: ${fresh}` : ` ${fresh}` }];
  }
  if (value.type === 'seq') {
    if (statement.status === 'in-place') return addToList(document, base, value, control);
    return listToMap(document, base, value, 'in-place', [control, said]);
  }
  if (value.type === 'map') return addToMap(document, controls, control, said);
  return isNothing(value) ? [{ span: { start: base + value.start, end: base + value.end }, text: fresh }] : undefined;
}

/** A section's pairs may each have a base of their own: give them one before adding to their map. */
function addPlaced(
  document: SyntaxDocument,
  section: PlacedPair,
  items: readonly PlacedPair[],
  last: PlacedPair,
  key: string,
  entry: string,
): readonly TextEdit[] | undefined {
  const value = section.pair.value;
  if (value?.type === 'map' && value.flow) return addToMap(document, section, key, entry);
  const first = items[0] ?? last;
  // Only the column of the first pair and the end of the last one matter in a block map.
  const start = first.base + first.pair.start - last.base;
  const pairs = first === last ? [last.pair] : [{ ...first.pair, start }, last.pair];
  const map: MapNode = { type: 'map', flow: false, start, end: last.pair.end, pairs };
  return addToMap(document, { base: last.base, pair: { ...section.pair, value: map } }, key, entry);
}

function setStatus(document: SyntaxDocument, { base, pair }: PlacedPair, said: string): readonly TextEdit[] | undefined {
  const { value } = pair;
  const colon = colonAfter(document.text, base, pair);
  if (colon === undefined) return [{ span: { start: base + pair.key.end, end: base + pair.key.end }, text: `: ${said}` }];
  if (!value) return [{ span: { start: colon, end: colon }, text: ` ${said}` }];
  if (value.type === 'scalar') return [{ span: { start: base + value.start, end: base + value.end }, text: said }];
  if (value.type !== 'map' || said.startsWith('{')) return undefined;
  const status = value.pairs.find((candidate) => candidate.key.text === 'status');
  if (!status) return addToMap(document, { base, pair }, 'status', said);
  return setStatus(document, { base, pair: status }, said);
}

/** A new `key: value` at the top level: below the file's own texts (title, owner, …), above its maps and lists. */
function addSection(document: SyntaxDocument, key: string, value: string): readonly TextEdit[] | undefined {
  const { text, eol, sections } = document;
  const entry = `${key}: ${value}`;
  const insert = (at: number, added: string): readonly TextEdit[] => [{ span: { start: at, end: at }, text: added }];
  const firstBody = sections.findIndex(
    ({ items, pair }) => items !== undefined || pair.value?.type === 'seq' || pair.value?.type === 'map',
  );
  const header = firstBody < 0 ? sections.at(-1) : sections[firstBody - 1];
  const body = sections[firstBody];
  const start = body && body.base + body.pair.start;
  if (start !== undefined && text.lastIndexOf('\n', start - 1) + 1 !== start) return undefined;
  if (!header) return start === undefined ? insert(0, `${entry}${eol}`) : insert(start, `${entry}${eol}${eol}`);
  const end = contentEnd(text, header.base, header.pair);
  const stop = lineEnd(text, end);
  if (!/^\s*(#.*)?$/.test(text.slice(end, stop))) return undefined;
  return insert(stop, `${eol}${entry}`);
}
