import { LIMITS } from './limits.ts';
import type { MapNode, Node, Pair, ScalarNode, SeqNode } from './tree.ts';

/** In a text of this length, nothing here takes long that grows faster than the text. */
const LONGEST = 10_000;
/** Ends a line, shows nothing, or may be half of a character. */
const ODD = String.raw`\0-\x1f\x7f-\x9f\ud800-\uffff`;
const KEY = /[A-Za-z_][\w.-]{0,99}(?=:(?:[ \r\n]|$))/y;
const BLOCK_TEXT = textWithout('');
const FLOW_TEXT = textWithout(String.raw`,[\]{}`);
const QUOTED = new RegExp(`"[^${ODD}"\\\\]*"|'[^${ODD}']*'`, 'y');
/** The rest of a line that says no more, the lines behind it that say nothing, and the indentation of the next. */
const GAP = new RegExp(String.raw` *(?:(?<=[ \n]|^)#[^${ODD}]*)?(?:\r?\n *(?:#[^${ODD}]*)?)*`, 'y');

/** A text in one line that begins with no indicator. Colons are in it only where nobody takes them for the end of a key. */
function textWithout(brackets: string): RegExp {
  const first = String.raw`(?:[^${ODD} \-?:,[\]{}#&*!|>'"%@\x60]|-(?=\w))`;
  const others = `[^${ODD}:#${brackets}]*`;
  return new RegExp(String.raw`${first}${others}(?::(?=[\w/])${others})*`, 'y');
}

/**
 * Reads a text that is one `key: value`, written as most are: block maps and lists, braces and brackets on one line, and
 * texts that end in the line in which they begin. `undefined` for anything else, right or wrong. The other readers give the
 * same tree for all that this one takes, and have nothing to say of it.
 */
export function readPlain(text: string): Pair | undefined {
  if (text.length > LONGEST) return undefined;
  const start = spaces(text, 0);
  const pair = blockPair(text, start, start);
  return pair && nextContent(text, pair.end) === text.length ? pair : undefined;
}

function blockPair(text: string, start: number, indent: number): Pair | undefined {
  const key = keyAt(text, start);
  if (!key) return undefined;
  const at = spaces(text, key.end + 1);
  const value = isLineEnd(text.charCodeAt(at)) ? below(text, at, indent) : inLine(text, at, BLOCK_TEXT, 0);
  return value === undefined ? undefined : pairOf(key, value);
}

/** The value of a key that ends its line. */
function below(text: string, lineEnd: number, indent: number): Node | null | undefined {
  const at = nextContent(text, lineEnd);
  if (at >= text.length) return null;
  const its = indentOf(text, at);
  if (its >= indent && isItem(text, at)) return blockSeq(text, at, its);
  return its > indent ? blockMap(text, at, its) : null;
}

function blockMap(text: string, start: number, indent: number): MapNode | undefined {
  // Each level is indented deeper than the one around it.
  if (indent > LIMITS.depth / 2) return undefined;
  const pairs: Pair[] = [];
  let end = start;
  for (let at = start; at < text.length; at = nextContent(text, end)) {
    const its = indentOf(text, at);
    if (its < indent) break;
    const pair = its === indent ? blockPair(text, at, indent) : undefined;
    if (!pair) return undefined;
    pairs.push(pair);
    end = pair.end;
  }
  return mapOf(start, end, false, pairs);
}

function blockSeq(text: string, start: number, indent: number): SeqNode | undefined {
  const items: Node[] = [];
  let end = start;
  for (let at = start; at < text.length && isItem(text, at) && indentOf(text, at) === indent; at = nextContent(text, end)) {
    const item = inLine(text, spaces(text, at + 1), BLOCK_TEXT, 0);
    if (!item) return undefined;
    items.push(item);
    end = item.end;
  }
  return { type: 'seq', start, end, flow: false, items: items.slice() };
}

/** A value that ends in the line in which it begins. */
function inLine(text: string, at: number, plain: RegExp, depth: number): Node | undefined {
  const first = text.charCodeAt(at);
  if (first === OPEN_BRACE) return flowMap(text, at, depth);
  if (first === OPEN_BRACKET) return flowSeq(text, at, depth);
  const isQuoted = first === 34 || first === 39;
  let end = endOf(isQuoted ? QUOTED : plain, text, at);
  if (end < 0) return undefined;
  if (isQuoted) return { type: 'scalar', start: at, end, text: text.slice(at + 1, end - 1), style: first === 34 ? 'double' : 'single' };
  while (text.charCodeAt(end - 1) === SPACE) end--;
  return { type: 'scalar', start: at, end, text: text.slice(at, end), style: 'plain' };
}

function flowMap(text: string, start: number, depth: number): MapNode | undefined {
  if (depth > LIMITS.depth / 4) return undefined;
  const pairs: Pair[] = [];
  let at = spaces(text, start + 1);
  while (text.charCodeAt(at) !== CLOSE_BRACE) {
    const key = keyAt(text, at);
    const value = key && inLine(text, spaces(text, key.end + 1), FLOW_TEXT, depth + 1);
    if (!value) return undefined;
    pairs.push(pairOf(key, value));
    at = behindComma(text, value.end, CLOSE_BRACE);
  }
  return mapOf(start, at + 1, true, pairs);
}

function flowSeq(text: string, start: number, depth: number): SeqNode | undefined {
  if (depth > LIMITS.depth / 4) return undefined;
  const items: Node[] = [];
  let at = spaces(text, start + 1);
  while (text.charCodeAt(at) !== CLOSE_BRACKET) {
    const item = inLine(text, at, FLOW_TEXT, depth + 1);
    if (!item) return undefined;
    items.push(item);
    at = behindComma(text, item.end, CLOSE_BRACKET);
  }
  return { type: 'seq', start, end: at + 1, flow: true, items: items.slice() };
}

/** Where a collection in a line goes on, or is closed; where it does neither, nothing stands that it may hold. */
function behindComma(text: string, end: number, close: number): number {
  const at = spaces(text, end);
  const code = text.charCodeAt(at);
  return code === COMMA ? spaces(text, at + 1) : code === close ? at : text.length;
}

function keyAt(text: string, start: number): ScalarNode | undefined {
  const end = endOf(KEY, text, start);
  return end < 0 ? undefined : { type: 'scalar', start, end, text: text.slice(start, end), style: 'plain' };
}

function pairOf(key: ScalarNode, value: Node | null): Pair {
  return { start: key.start, end: value === null ? key.end + 1 : value.end, key, value };
}

/** A map, unless it says a key twice. */
function mapOf(start: number, end: number, flow: boolean, pairs: readonly Pair[]): MapNode | undefined {
  for (let at = 1; at < pairs.length; at++) {
    for (let before = 0; before < at; before++) if (pairs[at]!.key.text === pairs[before]!.key.text) return undefined;
  }
  return { type: 'map', start, end, flow, pairs: pairs.slice() };
}

/** Where the next line with content has it, or the text's length; beyond that when the line of `end` says more. */
function nextContent(text: string, end: number): number {
  const at = endOf(GAP, text, end);
  return at === text.length || text.lastIndexOf('\n', at - 1) >= end ? at : Infinity;
}

function indentOf(text: string, at: number): number {
  return at - text.lastIndexOf('\n', at - 1) - 1;
}

function isItem(text: string, at: number): boolean {
  return text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) === SPACE;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 35 || Number.isNaN(code);
}

function spaces(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === SPACE) next++;
  return next;
}

/** Where the match ends that begins at `at`; -1 without one. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

const [SPACE, COMMA, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [32, 44, 91, 93, 123, 125];
