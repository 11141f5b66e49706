import { valueOf } from '../../syntax/coreSchema.ts';
import type { SyntaxDocument } from '../../syntax/document.ts';
import { absolute, type Node, type Pair, type Span } from '../../syntax/tree.ts';

/** A YAML file of any shape, with absolute spans: what schemas are held against and plain values are made of. */
export type Written = WrittenScalar | WrittenMap | WrittenList;
export interface WrittenScalar {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  readonly span: Span;
}
export interface WrittenMap {
  readonly type: 'map';
  /** The first of each key. */
  readonly entries: ReadonlyMap<string, WrittenEntry>;
  readonly span: Span;
}
export interface WrittenList {
  readonly type: 'list';
  readonly items: readonly Written[];
  readonly span: Span;
}
export interface WrittenEntry {
  readonly key: Span;
  readonly value: Written;
}

/** Collections inside each other; more say nothing that a person could read. */
export const MOST_LEVELS = 64;

/** The whole file as a map, and where it goes deeper than is read (nothing stands there then). */
export function readWritten(document: SyntaxDocument): { readonly root: WrittenMap; readonly tooDeep: readonly Span[] } {
  const tooDeep: Span[] = [];
  const entries = new Map<string, WrittenEntry>();
  for (const { base, pair, items } of document.sections) {
    if (entries.has(pair.key.text)) continue;
    const key = absolute(base, pair.key);
    if (pair.value !== null || items === undefined || items.length === 0) {
      entries.set(pair.key.text, { key, value: writtenIn(pair, base, 1, tooDeep) });
      continue;
    }
    const inner = entriesOf(items, 2, tooDeep);
    const end = Math.max(...[...inner.values()].map(({ value }) => value.span.end));
    entries.set(pair.key.text, { key, value: { type: 'map', entries: inner, span: { start: key.end, end } } });
  }
  return { root: { type: 'map', entries, span: { start: 0, end: document.text.length } }, tooDeep };
}

function entriesOf(
  placed: readonly { readonly base: number; readonly pair: Pair }[],
  level: number,
  tooDeep: Span[],
): Map<string, WrittenEntry> {
  const entries = new Map<string, WrittenEntry>();
  for (const { base, pair } of placed) {
    if (entries.has(pair.key.text)) continue;
    entries.set(pair.key.text, { key: absolute(base, pair.key), value: writtenIn(pair, base, level, tooDeep) });
  }
  return entries;
}

function writtenIn({ key, value }: Pair, base: number, level: number, tooDeep: Span[]): Written {
  return value ? written(value, base, level, tooDeep) : { type: 'scalar', value: null, span: absolute(base, key) };
}

function written(node: Node, base: number, level: number, tooDeep: Span[]): Written {
  const span = absolute(base, node);
  if (node.type === 'scalar') return { type: 'scalar', value: valueOf(node), span };
  if (level > MOST_LEVELS) {
    tooDeep.push({ start: span.start, end: span.start + 1 });
    return { type: 'scalar', value: null, span };
  }
  if (node.type === 'map') {
    const placed = node.pairs.map((pair) => ({ base, pair }));
    return { type: 'map', entries: entriesOf(placed, level + 1, tooDeep), span };
  }
  const items = node.items.map((item): Written => {
    return item
      ? written(item, base, level + 1, tooDeep)
      : { type: 'scalar', value: null, span: { start: span.start, end: span.start + 1 } };
  });
  return { type: 'list', items, span };
}

/** The value alone. Maps have no prototype, so that every key is an ordinary one. */
export function plainOf(node: Written): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(plainOf);
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, { value }] of node.entries) plain[key] = plainOf(value);
  return plain;
}

/** What a place like `match.path.flows[1].kind` names; of what is not there, the nearest thing around it. */
export function placeIn(root: WrittenMap, at: string, word?: string): Span {
  let node: Written = root;
  let span = firstKey(root) ?? root.span;
  let rest = at;
  while (rest !== '') {
    const step: readonly [Written, Span, string] | undefined = stepInto(node, rest);
    if (!step) return span;
    [node, span, rest] = step;
  }
  return (word === undefined ? undefined : spanOfWord(node, word)) ?? (node.type === 'scalar' ? node.span : span);
}

/** The thing at the beginning of a path, where it is, and the rest of the path. Keys may have dots: the longest that fits. */
function stepInto(node: Written, path: string): readonly [Written, Span, string] | undefined {
  if (node.type === 'list') {
    const [whole, index] = /^\[(\d+)\]\.?/.exec(path) ?? ['', ''];
    const item = index === '' ? undefined : node.items[Number(index)];
    return item && [item, (item.type === 'map' ? firstKey(item) : undefined) ?? item.span, path.slice(whole.length)];
  }
  if (node.type !== 'map') return undefined;
  for (let end = path.length; end > 0; end--) {
    if (end < path.length && path[end] !== '.' && path[end] !== '[') continue;
    const entry = node.entries.get(path.slice(0, end));
    if (entry) return [entry.value, entry.key, path[end] === '.' ? path.slice(end + 1) : path.slice(end)];
  }
  return undefined;
}

function spanOfWord(node: Written, word: string): Span | undefined {
  if (node.type === 'scalar') return String(node.value) === word ? node.span : undefined;
  if (node.type === 'map') {
    for (const [key, entry] of node.entries) {
      const found = key === word ? entry.key : spanOfWord(entry.value, word);
      if (found) return found;
    }
    return undefined;
  }
  for (const item of node.items) {
    const found = spanOfWord(item, word);
    if (found) return found;
  }
  return undefined;
}

/** The first key of a map: the place of a remark on the whole of it. */
export function firstKey(node: WrittenMap): Span | undefined {
  return node.entries.values().next().value?.key;
}
