import type { Event, ScalarEvent } from 'js-yaml';
import { EVENT_ID, SCALAR_STYLE, COLLECTION_STYLE, getScalarValue, parseEvents } from 'js-yaml';
import { blockScalarEnd } from './blockScalar.ts';
import { LIMITS } from './limits.ts';
import type { TreeBuilder } from './treeBuilder.ts';
import type { Node, Pair, ScalarNode, Span } from './tree.ts';

/** The text is not plain healthy YAML: the tolerant reader decides what it is. */
class NotForMe extends Error {}

const STYLES = new Map<number, ScalarNode['style']>([
  [SCALAR_STYLE.PLAIN, 'plain'],
  [SCALAR_STYLE.SINGLE_QUOTED, 'single'],
  [SCALAR_STYLE.DOUBLE_QUOTED, 'double'],
  [SCALAR_STYLE.LITERAL_BLOCK, 'block'],
  [SCALAR_STYLE.FOLDED_BLOCK, 'block'],
]);

const ESCAPED_THEN_EMPTY = /\\\r?\n[ \t]*\r?\n/;

/**
 * Reads healthy YAML with js-yaml's events, which carry offsets. Throws at anything wrong and at anything rare (tags,
 * keys that are not simple): that is for the tolerant reader.
 */
export function readFast(text: string, builder: TreeBuilder): Node | null {
  return new EventReader(streamOf(text), text, 0, builder).root();
}

/**
 * Reads pieces of a text that stand one behind another, each a pair of one block map, in one go: to begin takes js-yaml longer
 * than to read some lines. The spans of a pair are relative to its piece. Throws like `readFast`, and also when not each piece
 * has its pair, all of it: then they must be read one by one.
 */
export function readFastPieces(text: string, pieces: readonly Span[], builders: readonly TreeBuilder[]): Pair[] {
  const stream = streamOf(text);
  const map = stream.events[1];
  if (map?.type !== EVENT_ID.MAPPING || map.style === COLLECTION_STYLE.FLOW || map.tagStart !== -1 || map.anchorStart !== -1) {
    throw new NotForMe();
  }
  stream.next = 2;
  const pairs = pieces.map(({ start, end }, at) => {
    const pair = new EventReader(stream, text.slice(start, end), start, builders[at]!).pair();
    if (pair.start < 0 || pair.end > end - start) throw new NotForMe();
    return pair;
  });
  // The ends of the map and of the document.
  if (stream.next !== stream.events.length - 2) throw new NotForMe();
  return pairs;
}

/** What js-yaml found in a text, and how much of it is read. */
interface EventStream {
  readonly text: string;
  readonly events: readonly Event[];
  next: number;
}

function streamOf(text: string): EventStream {
  return { text, events: parseEvents(text, { maxDepth: LIMITS.depth }), next: 0 };
}

/** Reads a piece of a text. Offsets are relative to the piece; only those in events are not. */
class EventReader {
  readonly #stream: EventStream;
  readonly #text: string;
  readonly #base: number;
  readonly #builder: TreeBuilder;
  /** Everything before this offset is read. The events name no closing brackets and colons: they are found from here. */
  #at = 0;

  constructor(stream: EventStream, text: string, base: number, builder: TreeBuilder) {
    this.#stream = stream;
    this.#text = text;
    this.#base = base;
    this.#builder = builder;
  }

  root(): Node | null {
    const { events } = this.#stream;
    if (events.length === 0) return null;
    this.#stream.next = 1;
    const root = this.#node();
    if (this.#stream.next !== events.length - 1) throw new NotForMe();
    return root;
  }

  pair(): Pair {
    const key = this.#node();
    if (key?.type !== 'scalar') throw new NotForMe();
    const value = this.#node();
    let colonEnd = key.end;
    if (value === null) {
      const colon = skipSpace(this.#text, key.end);
      if (this.#text[colon] === ':') colonEnd = colon + 1;
      this.#at = Math.max(this.#at, colonEnd);
    } else if (value.type !== 'scalar' && !value.flow && !this.#text.slice(key.end, value.start).includes('\n')) {
      // js-yaml lets `a: &b c: d` pass, YAML does not.
      throw new NotForMe();
    }
    return this.#builder.pair(key, value, colonEnd);
  }

  get #isEnd(): boolean {
    return this.#stream.events[this.#stream.next]?.type === EVENT_ID.POP;
  }

  #node(): Node | null {
    const event = this.#stream.events[this.#stream.next++];
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) throw new NotForMe();
    if (event.type !== EVENT_ID.ALIAS) {
      if (event.tagStart !== -1) throw new NotForMe();
      if (event.anchorStart === -1) return this.#content(event);
    }
    const start = event.anchorStart - this.#base;
    const end = event.anchorEnd - this.#base;
    const name = this.#text.slice(start, end);
    this.#at = end;
    if (event.type === EVENT_ID.ALIAS) return this.#builder.alias(name, { start: start - 1, end });
    // js-yaml lets `&a{b: c}` pass, YAML does not.
    if (!' \t\r\n,]}'.includes(this.#text.charAt(end))) throw new NotForMe();
    const anchor = this.#builder.openAnchor(name, { start: start - 1, end });
    const node = this.#content(event);
    this.#builder.closeAnchor(anchor, node);
    return node;
  }

  #content(event: Exclude<Event, { type: 1 | 5 | 6 }>): Node | null {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event);
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const start = event.start - this.#base;
    return event.type === EVENT_ID.MAPPING ? this.#map(start, flow) : this.#seq(start, flow);
  }

  #scalar(event: ScalarEvent): ScalarNode | null {
    const style = STYLES.get(event.style) ?? 'plain';
    if (event.valueStart === -1) {
      if (style !== 'plain') throw new NotForMe();
      return null;
    }
    const valueStart = event.valueStart - this.#base;
    const valueEnd = event.valueEnd - this.#base;
    let start = valueStart;
    let end = valueEnd;
    if (style === 'single' || style === 'double') {
      // js-yaml loses an empty line behind an escaped line end.
      if (style === 'double' && ESCAPED_THEN_EMPTY.test(this.#text.slice(start, end))) throw new NotForMe();
      start--;
      end++;
    } else if (style === 'block') {
      start = this.#blockHeader();
      end = blockScalarEnd(this.#text, start, valueStart, valueEnd);
    }
    this.#at = style === 'block' ? valueEnd : end;
    return this.#builder.scalar(start, end, getScalarValue(this.#stream.text, event), style);
  }

  #map(start: number, flow: boolean): Node {
    const braces = flow && this.#text[start] === '{';
    if (braces) this.#at = start + 1;
    const pairs: Pair[] = [];
    while (!this.#isEnd) pairs.push(this.pair());
    this.#stream.next++;
    if (braces) return this.#builder.map(start, this.#closing('}'), true, pairs);
    const first = pairs[0];
    const last = pairs.at(-1);
    if (!first || !last) throw new NotForMe();
    return this.#builder.map(first.start, last.end, flow, pairs);
  }

  #seq(start: number, flow: boolean): Node {
    const items: (Node | null)[] = [];
    this.#at = flow ? start + 1 : start;
    let end = start;
    while (!this.#isEnd) {
      if (!flow) {
        const dash = skipSpace(this.#text, this.#at);
        if (this.#text[dash] !== '-') throw new NotForMe();
        end = this.#at = dash + 1;
      }
      const item = this.#node();
      items.push(item);
      end = item?.end ?? end;
    }
    this.#stream.next++;
    return { type: 'seq', start, end: flow ? this.#closing(']') : end, flow, items };
  }

  #closing(bracket: string): number {
    let at = skipSpace(this.#text, this.#at);
    while (this.#text[at] === ',') at = skipSpace(this.#text, at + 1);
    if (this.#text[at] !== bracket) throw new NotForMe();
    this.#at = at + 1;
    return this.#at;
  }

  #blockHeader(): number {
    for (let at = skipSpace(this.#text, this.#at); ; at = skipSpace(this.#text, at + 1)) {
      const char = this.#text[at];
      if (char === '|' || char === '>') return at;
      if (char !== ':' && char !== '-' && char !== '?') throw new NotForMe();
    }
  }
}

/** The next offset from `at` that is no white space, line end or comment. */
function skipSpace(text: string, at: number): number {
  for (let next = at; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (code === 32 || code === 9 || code === 10 || code === 13) continue;
    if (code !== 35) return next;
    const before = text.charCodeAt(next - 1);
    if (next > 0 && before !== 32 && before !== 9 && before !== 10 && before !== 13) return next;
    const end = text.indexOf('\n', next);
    if (end < 0) return text.length;
    next = end;
  }
  return text.length;
}
