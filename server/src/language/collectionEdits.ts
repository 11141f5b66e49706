import { valueOf } from '../syntax/coreSchema.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { MapNode, Node, Pair, PlacedPair, SeqNode } from '../syntax/tree.ts';
import { lineEnd, skipBlanks } from './tokens.ts';

/** Edits that add to maps and lists in the notation they are written in. `undefined` means: not here. */
type Edits = readonly TextEdit[] | undefined;

/** Adds `key: value` to the map that is the value of `placed`; makes the map when nothing is written. */
export function addToMap(document: SyntaxDocument, placed: PlacedPair, key: string, value: string): Edits {
  const { base, pair } = placed;
  const entry = `${key}: ${value}`;
  if (!pair.value) return openMap(document, placed, entry);
  if (isNothing(pair.value)) return [{ span: moved(base, pair.value), text: `{ ${entry} }` }];
  if (pair.value.type !== 'map') return undefined;
  if (pair.value.flow) return addInBraces(document, base, pair.value, entry);
  const first = pair.value.pairs[0];
  const last = pair.value.pairs.at(-1);
  // Of an alias, the entries are elsewhere.
  if (!first || !last || first.start < pair.value.start) return undefined;
  return addLine(document, base, { start: first.start, last, keep: keepsBlankLines(document, base, last) }, entry);
}

/** Adds an item to the list; `undefined` when it is one of a kind that cannot be added to. */
export function addToList(document: SyntaxDocument, base: number, list: SeqNode, item: string): Edits {
  if (list.flow) return addInBraces(document, base, list, item);
  const last = list.items.at(-1);
  const dash = document.text.lastIndexOf('-', base + (last?.start ?? list.end) - 1);
  if (!last) {
    // The author has written the dash already.
    const after = skipBlanks(document.text, dash + 1);
    return [{ span: { start: dash + 1, end: after }, text: ` ${item}` }];
  }
  return addLine(document, base, { start: dash - base, last, keep: keepsBlankLines(document, base, last) }, `- ${item}`);
}

/** Writes a list of names as a map that gives each of them `value`, and adds an entry to it. */
export function listToMap(document: SyntaxDocument, base: number, list: SeqNode, value: string, entry?: readonly [string, string]): Edits {
  const { text } = document;
  const items = list.items.filter((item) => item !== null);
  if (items.length < list.items.length || items.some((item) => item.type !== 'scalar' || item.start < list.start)) return undefined;
  const [first] = items;
  if (!first) return undefined;
  const added = entry ? listAsMap(document, base, list, items, entry) : [];
  if (!added) return undefined;
  const values = items.map((item) => insert(base + item.end, `: ${value}`));
  if (list.flow) {
    const [open, close] = [base + list.start, base + list.end - 1];
    if (text.charAt(open) !== '[' || text.charAt(close) !== ']') return undefined;
    const pad = (at: number): string => (/\s/.test(text.charAt(at)) ? '' : ' ');
    return [
      { span: { start: open, end: open + 1 }, text: `{${pad(open + 1)}` },
      ...values,
      ...added,
      { span: { start: close, end: close + 1 }, text: `${pad(close - 1)}}` },
    ];
  }
  const column = (at: number): number => at - text.lastIndexOf('\n', at - 1);
  if (items.some((item) => column(base + item.start) !== column(base + first.start))) return undefined;
  const dashes = items.map(({ start }) => text.lastIndexOf('-', base + start - 1));
  return [...dashes.map((at) => ({ span: { start: at, end: at + 1 }, text: ' ' })), ...values, ...added];
}

/** Writes a map in which every key has `value` as a list of its keys. `undefined` when one says something else. */
export function mapToList(document: SyntaxDocument, base: number, map: MapNode, value: string): Edits {
  const { text } = document;
  const isPlain = ({ start, value: said }: Pair): boolean => start >= map.start && said?.type === 'scalar' && said.text === value;
  if (map.pairs.length === 0 || !map.pairs.every(isPlain)) return undefined;
  const values = map.pairs.map(({ key, value: said }) => ({
    span: { start: base + key.end, end: base + (said?.end ?? key.end) },
    text: '',
  }));
  if (!map.flow) return [...map.pairs.map(({ start }) => insert(base + start, '- ')), ...values];
  const [open, close] = [base + map.start, base + map.end - 1];
  if (text.charAt(open) !== '{' || text.charAt(close) !== '}') return undefined;
  const padded = /^\{ \S/.test(text.slice(open, open + 3)) ? 1 : 0;
  const end = text.charAt(close - 1) === ' ' && text.charAt(close - 2) !== ' ' ? 1 : 0;
  return [
    { span: { start: open, end: open + 1 + padded }, text: '[' },
    ...values,
    { span: { start: close - end, end: close + 1 }, text: ']' },
  ];
}

/** An entry behind the items of a list that are about to become entries. */
function listAsMap(
  document: SyntaxDocument,
  base: number,
  list: SeqNode,
  items: readonly Node[],
  [key, value]: readonly [string, string],
): Edits {
  const pairs = items.flatMap((item) => (item.type === 'scalar' ? [{ start: item.start, end: item.end, key: item, value: null }] : []));
  const map: MapNode = {
    type: 'map',
    flow: list.flow,
    start: list.flow ? list.start : (items[0]?.start ?? list.start),
    end: list.end,
    pairs,
  };
  const [last] = pairs.slice(-1);
  if (!last) return undefined;
  const entry = `${key}: ${value}`;
  if (!list.flow) return addLine(document, base, { start: map.start, last, keep: false }, entry);
  return addAfterLast(document, base, map, entry);
}

/** Where the written part of a node or pair ends: before blanks and comments. Absolute. */
export function contentEnd(text: string, base: number, written: Node | Pair): number {
  if ('key' in written) {
    if (written.value) return contentEnd(text, base, written.value);
    return colonAfter(text, base, written) ?? base + written.key.end;
  }
  if (written.type === 'map' && !written.flow) {
    const last = written.pairs.at(-1);
    if (last && last.start >= written.start) return contentEnd(text, base, last);
  }
  if (written.type === 'seq' && !written.flow) {
    const last = written.items.at(-1);
    if (last && last.start >= written.start) return contentEnd(text, base, last);
  }
  const start = base + written.start;
  return start + text.slice(start, base + written.end).trimEnd().length;
}

/** The offset behind the colon of a pair, when it has one. */
export function colonAfter(text: string, base: number, pair: Pair): number | undefined {
  const at = skipBlanks(text, base + pair.key.end);
  return text.charAt(at) === ':' ? at + 1 : undefined;
}

/** `~`, `null`: written, but nothing. */
export function isNothing(node: Node): boolean {
  return node.type === 'scalar' && valueOf(node) === null;
}

function openMap(document: SyntaxDocument, { base, pair }: PlacedPair, entry: string): Edits {
  const { text, eol, indent } = document;
  const colon = colonAfter(text, base, pair);
  if (colon === undefined) return [insert(base + pair.key.end, `: { ${entry} }`)];
  const start = base + pair.start;
  const margin = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const end = lineEnd(text, colon);
  // Something else on the line: the pair is in braces.
  if (margin.trim() !== '' || !/^\s*(#.*)?$/.test(text.slice(colon, end))) return [insert(colon, ` { ${entry} }`)];
  return [insert(end, `${eol}${margin}${' '.repeat(indent)}${entry}`)];
}

interface Lines {
  /** Where an entry begins that gives the column; relative. */
  readonly start: number;
  readonly last: Node | Pair;
  /** The last entry ends in a text that keeps its trailing blank lines. */
  readonly keep: boolean;
}

function addLine(document: SyntaxDocument, base: number, { start, last, keep }: Lines, entry: string): Edits {
  const { text, eol } = document;
  const at = base + start;
  const margin = ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
  if (keep) {
    if (!('key' in last)) return undefined;
    return [insert(base + last.start, `${entry}${eol}${margin}`)];
  }
  const end = contentEnd(text, base, last);
  const stop = lineEnd(text, end);
  if (!/^\s*(#.*)?$/.test(text.slice(end, stop))) return undefined;
  return [insert(stop, `${eol}${margin}${entry}`)];
}

/** Whether the last written leaf is a block text with `+`: what follows it belongs to it. */
function keepsBlankLines(document: SyntaxDocument, base: number, written: Node | Pair): boolean {
  if ('key' in written) return written.value !== null && keepsBlankLines(document, base, written.value);
  if (written.type === 'scalar') {
    return written.style === 'block' && /^[|>]\d?\+/.test(document.text.slice(base + written.start, base + written.start + 3));
  }
  const last = written.type === 'map' ? written.pairs.at(-1) : written.items.at(-1);
  return !written.flow && !!last && keepsBlankLines(document, base, last);
}

function addInBraces(document: SyntaxDocument, base: number, collection: MapNode | SeqNode, entry: string): Edits {
  const { text } = document;
  const [opening, closing, pad] = collection.type === 'map' ? ['{', '}', ' '] : ['[', ']', ''];
  const open = base + collection.start;
  const close = base + collection.end - 1;
  if (text.charAt(open) !== opening || text.charAt(close) !== closing) return undefined;
  const entries = (collection.type === 'map' ? collection.pairs : collection.items).filter((item) => item !== null);
  const last = entries.at(-1);
  if (!last) {
    const inner = text.slice(open + 1, close);
    if (inner.trim() === '') return [{ span: { start: open + 1, end: close }, text: `${pad}${entry}${pad}` }];
    return [insert(open + 1, `${pad}${entry}${/^\s/.test(inner) ? '' : ' '}`)];
  }
  return addAfterLast(document, base, collection, entry);
}

/** Behind the last entry of what is written in braces or brackets. */
function addAfterLast(document: SyntaxDocument, base: number, collection: MapNode | SeqNode, entry: string): Edits {
  const { text, eol } = document;
  const entries = (collection.type === 'map' ? collection.pairs : collection.items).filter((item) => item !== null);
  const last = entries.at(-1);
  if (!last) return undefined;
  const end = contentEnd(text, base, last);
  const before = base + (entries.at(-2)?.start ?? collection.start);
  const line = text.lastIndexOf('\n', base + last.start - 1) + 1;
  if (line <= before) return [insert(end, `, ${entry}`)];
  const margin = text.slice(line, skipBlanks(text, line));
  const stop = lineEnd(text, end);
  const rest = /^\s*(,?)\s*(#.*)?$/.exec(text.slice(end, stop));
  if (!rest) return [insert(end, `,${eol}${margin}${entry}`)];
  if (rest[1]) return [insert(stop, `${eol}${margin}${entry},`)];
  if (stop === end) return [insert(end, `,${eol}${margin}${entry}`)];
  return [insert(end, ','), insert(stop, `${eol}${margin}${entry}`)];
}

function insert(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}

function moved(base: number, span: { readonly start: number; readonly end: number }): TextEdit['span'] {
  return { start: base + span.start, end: base + span.end };
}
