import type { Event, ScalarEvent } from 'js-yaml';
import { EVENT_ID, SCALAR_STYLE, COLLECTION_STYLE, getScalarValue, parseEvents } from 'js-yaml';
import { blockScalarEnd } from './blockScalar.ts';
import { LIMITS } from './limits.ts';
import type { TreeBuilder } from './treeBuilder.ts';
import type { Node, Pair, ScalarNode } from './tree.ts';

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
  return new EventReader(text, parseEvents(text, { maxDepth: LIMITS.depth }), builder).root();
}

class EventReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #builder: TreeBuilder;
  #next = 0;
  /** Everything before this offset is read. The events name no closing brackets and colons: they are found from here. */
  #at = 0;

  constructor(text: string, events: readonly Event[], builder: TreeBuilder) {
    this.#text = text;
    this.#events = events;
    this.#builder = builder;
  }

  root(): Node | null {
    if (this.#events.length === 0) return null;
    this.#next = 1;
    const root = this.#node();
    if (this.#next !== this.#events.length - 1) throw new NotForMe();
    return root;
  }

  #node(): Node | null {
    const event = this.#events[this.#next++];
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) throw new NotForMe();
    if (event.type === EVENT_ID.ALIAS) {
      this.#at = event.anchorEnd;
      return this.#builder.alias(this.#text.slice(event.anchorStart, event.anchorEnd), {
        start: event.anchorStart - 1,
        end: event.anchorEnd,
      });
    }
    if (event.tagStart !== -1) throw new NotForMe();
    if (event.anchorStart === -1) return this.#content(event);
    this.#at = event.anchorEnd;
    // js-yaml lets `&a{b: c}` pass, YAML does not.
    if (!' \t\r\n,]}'.includes(this.#text.charAt(event.anchorEnd))) throw new NotForMe();
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.#builder.openAnchor(name, { start: event.anchorStart - 1, end: event.anchorEnd });
    const node = this.#content(event);
    this.#builder.closeAnchor(anchor, node);
    return node;
  }

  #content(event: Exclude<Event, { type: 1 | 5 | 6 }>): Node | null {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event);
    const flow = event.style === COLLECTION_STYLE.FLOW;
    return event.type === EVENT_ID.MAPPING ? this.#map(event.start, flow) : this.#seq(event.start, flow);
  }

  #scalar(event: ScalarEvent): ScalarNode | null {
    const style = STYLES.get(event.style) ?? 'plain';
    if (event.valueStart === -1) {
      if (style !== 'plain') throw new NotForMe();
      return null;
    }
    let start = event.valueStart;
    let end = event.valueEnd;
    if (style === 'single' || style === 'double') {
      // js-yaml loses an empty line behind an escaped line end.
      if (style === 'double' && ESCAPED_THEN_EMPTY.test(this.#text.slice(start, end))) throw new NotForMe();
      start--;
      end++;
    } else if (style === 'block') {
      start = this.#blockHeader();
      end = blockScalarEnd(this.#text, start, event.valueStart, event.valueEnd);
    }
    this.#at = style === 'block' ? event.valueEnd : end;
    return this.#builder.scalar(start, end, getScalarValue(this.#text, event), style);
  }

  #map(start: number, flow: boolean): Node {
    const braces = flow && this.#text[start] === '{';
    if (braces) this.#at = start + 1;
    const pairs: Pair[] = [];
    while (this.#events[this.#next]?.type !== EVENT_ID.POP) {
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
      pairs.push(this.#builder.pair(key, value, colonEnd));
    }
    this.#next++;
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
    while (this.#events[this.#next]?.type !== EVENT_ID.POP) {
      if (!flow) {
        const dash = skipSpace(this.#text, this.#at);
        if (this.#text[dash] !== '-') throw new NotForMe();
        end = this.#at = dash + 1;
      }
      const item = this.#node();
      items.push(item);
      end = item?.end ?? end;
    }
    this.#next++;
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
