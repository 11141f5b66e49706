import type { CST } from 'yaml';
import { Composer, Parser, CST as tokens } from 'yaml';
import { blockScalarEnd } from './blockScalar.ts';
import type { TreeBuilder } from './treeBuilder.ts';
import type { Node, Pair, ScalarNode, Span } from './tree.ts';

/** What went wrong at a place, before it has words. */
export interface Fault {
  readonly kind:
    | 'missing-colon'
    | 'unclosed-quote'
    | 'unclosed-bracket'
    | 'bad-indentation'
    | 'tab-indentation'
    | 'bad-escape'
    | 'missing-comma'
    | 'second-colon'
    | 'bad-character'
    | 'unexpected-text'
    | 'syntax';
  readonly span: Span;
}

/** Reads any text with `yaml`'s tokens, and keeps what can be kept. The faults are in the order of the text. */
export function readTolerant(text: string, builder: TreeBuilder): { readonly root: Node | null; readonly faults: readonly Fault[] } {
  const stream = [...new Parser().parse(text)];
  const reader = new TokenReader(text, builder);
  const document = stream.find((token) => token.type === 'document');
  const root = document ? reader.node(document.value, document.start) : null;
  const composer = new Composer({ strict: false, uniqueKeys: false, version: '1.2', schema: 'core', resolveKnownTags: false });
  const found: Fault[] = [...reader.faults];
  for (const composed of composer.compose(stream, true, text.length)) {
    for (const error of composed.errors) {
      const fault = faultOf(text, error.code, error.pos[0]);
      if (fault && !(reader.faults.length > 0 && (error.code === 'MISSING_CHAR' || error.code === 'MULTILINE_IMPLICIT_KEY')))
        found.push(fault);
    }
  }
  // A quote that is never closed also hides the brackets that close behind it.
  const openQuote = found.some(({ kind }) => kind === 'unclosed-quote');
  const faults = openQuote ? found.filter(({ kind }) => kind !== 'unclosed-bracket') : found;
  return { root, faults: faults.sort((a, b) => a.span.start - b.span.start) };
}

const KINDS = new Map<string, Fault['kind']>([
  ['BAD_INDENT', 'bad-indentation'],
  ['TAB_AS_INDENT', 'tab-indentation'],
  ['BAD_DQ_ESCAPE', 'bad-escape'],
  ['MISSING_CHAR', 'missing-comma'],
  ['BLOCK_AS_IMPLICIT_KEY', 'second-colon'],
  ['BAD_SCALAR_START', 'bad-character'],
  ['UNEXPECTED_TOKEN', 'unexpected-text'],
]);

function faultOf(text: string, code: string, offset: number): Fault | undefined {
  // A tag is a problem of its own, whether YAML knows it or not.
  if (code === 'TAG_RESOLVE_FAILED' || code === 'BAD_COLLECTION_TYPE') return undefined;
  return { kind: KINDS.get(code) ?? 'syntax', span: wordAt(text, offset) };
}

/** The word at an offset or after it; the last character of the text when nothing follows. */
function wordAt(text: string, offset: number): Span {
  let start = Math.min(offset, text.length);
  while (start < text.length && /\s/.test(text.charAt(start))) start++;
  if (start === text.length) {
    let end = text.length;
    while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
    return { start: Math.max(0, end - 1), end };
  }
  let end = start + 1;
  while (end < text.length && end - start < 60 && !/[\s,:[\]{}]/.test(text.charAt(end))) end++;
  return { start, end };
}

class TokenReader {
  readonly faults: Fault[] = [];
  readonly #text: string;
  readonly #builder: TreeBuilder;

  constructor(text: string, builder: TreeBuilder) {
    this.#text = text;
    this.#builder = builder;
  }

  /** The node of a token, with the anchor and tags that stand before it. */
  node(token: CST.Token | null | undefined, before: readonly CST.SourceToken[]): Node | null {
    let anchor: ReturnType<TreeBuilder['openAnchor']> | undefined;
    for (const { type, offset, source } of before) {
      const span = { start: offset, end: offset + source.length };
      if (type === 'tag') this.#builder.tag(span);
      else if (type === 'anchor') anchor = this.#builder.openAnchor(source.slice(1), span);
    }
    const node = token ? this.#content(token) : null;
    if (anchor) this.#builder.closeAnchor(anchor, node);
    return node;
  }

  #content(token: CST.Token): Node | null {
    switch (token.type) {
      case 'alias':
        return this.#builder.alias(token.source.slice(1), { start: token.offset, end: token.offset + token.source.length });
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        return this.#flowScalar(token);
      case 'block-scalar':
        return this.#blockScalar(token);
      case 'block-map':
        return this.#blockMap(token);
      case 'block-seq':
        return this.#blockSeq(token);
      case 'flow-collection':
        return token.start.type === 'flow-map-start' ? this.#flowMap(token) : this.#flowSeq(token);
      default:
        return null;
    }
  }

  #flowScalar(token: CST.FlowScalar): ScalarNode | null {
    const { offset, source, type } = token;
    if (type === 'scalar') {
      if (source === '') return null;
      return this.#builder.scalar(offset, offset + source.length, tokens.resolveAsScalar(token, false, ignore)?.value ?? source, 'plain');
    }
    const quote = source.charAt(0);
    const text = tokens.resolveAsScalar(token, false, ignore)?.value ?? source;
    if (source.length === 1 || !source.endsWith(quote)) this.#fault('unclosed-quote', offset, offset + 1);
    return this.#builder.scalar(offset, offset + source.length, text, quote === '"' ? 'double' : 'single');
  }

  #blockScalar(token: CST.BlockScalar): ScalarNode {
    let header = token.offset;
    let start = token.offset;
    for (const part of token.props) {
      if (part.type === 'block-scalar-header') header = part.offset;
      if ('source' in part) start = part.offset + part.source.length;
    }
    const end = blockScalarEnd(this.#text, header, start, start + token.source.length);
    return this.#builder.scalar(header, end, tokens.resolveAsScalar(token, false, ignore)?.value ?? '', 'block');
  }

  #blockMap(token: CST.BlockMap): Node {
    const pairs: Pair[] = [];
    for (const item of token.items) {
      const { start, key, sep, value } = item;
      const explicit = start.some((part) => part.type === 'explicit-key-ind');
      if (!key && !sep && !explicit && !start.some(isProperty)) continue;
      if (key && !sep?.some(isColon) && !explicit && this.#isHalfTyped(key, value)) continue;
      const recovered = explicit || !key ? undefined : this.#lastLineOfKey(key);
      const pair = this.#pair(item, recovered);
      if (pair) pairs.push(pair);
    }
    return this.#builder.map(pairs[0]?.start ?? token.offset, pairs.at(-1)?.end ?? token.offset, false, pairs);
  }

  /** A key without a colon, half-typed: one fault, and not in the tree. */
  #isHalfTyped(key: CST.Token, value: CST.Token | undefined): boolean {
    if (value) return false;
    const length = 'source' in key ? key.source.length : 1;
    if (key.type === 'scalar' || key.type === 'alias') this.#fault('missing-colon', key.offset, key.offset + length);
    else if (key.type === 'single-quoted-scalar' || key.type === 'double-quoted-scalar') {
      const closed = key.source.length > 1 && key.source.endsWith(key.source.charAt(0));
      if (closed) this.#fault('missing-colon', key.offset, key.offset + length);
      else this.#fault('unclosed-quote', key.offset, key.offset + 1);
    } else this.#content(key);
    return true;
  }

  /** `ki` on a line of its own makes one key with the line below it: the last line is the key, the others are half-typed. */
  #lastLineOfKey(key: CST.Token): ScalarNode | undefined {
    if (key.type !== 'scalar' || !key.source.includes('\n')) return undefined;
    const lastLine = key.source.lastIndexOf('\n') + 1;
    const text = key.source.slice(lastLine).trimStart();
    const firstEnd = key.source.search(/[\r\n]/);
    this.#fault('missing-colon', key.offset, key.offset + key.source.slice(0, firstEnd).trimEnd().length);
    const end = key.offset + key.source.length;
    return this.#builder.scalar(end - text.length, end, text, 'plain');
  }

  #pair(item: CST.CollectionItem, recovered?: ScalarNode): Pair | null {
    const { start, key, sep = [], value } = item;
    const colon = sep.find(isColon);
    const keyNode = recovered ?? this.node(key, start);
    if (keyNode === null) {
      // A question mark with nothing after it has no colon either, and may be the last character of the text.
      const at = (colon ?? start.find(({ type }) => type === 'explicit-key-ind'))?.offset ?? 0;
      this.#builder.missingKey({ start: at, end: at + 1 });
      this.node(value, sep);
      return null;
    }
    const name = keyNode.type === 'scalar' ? keyNode : this.#builder.oddKey(keyNode, this.#text.slice(keyNode.start, keyNode.end));
    return this.#builder.pair(name, this.node(value, sep), colon ? colon.offset + 1 : name.end);
  }

  #blockSeq(token: CST.BlockSequence): Node {
    const items: (Node | null)[] = [];
    let end = token.offset;
    for (const { start, value } of token.items) {
      const dash = start.find((part) => part.type === 'seq-item-ind');
      if (!dash && !value) continue;
      const item = this.node(value, start);
      items.push(item);
      end = item?.end ?? (dash ? dash.offset + 1 : end);
    }
    return { type: 'seq', start: token.offset, end, flow: false, items };
  }

  #flowMap(token: CST.FlowCollection): Node {
    const pairs: Pair[] = [];
    for (const item of token.items) {
      const { start, key, sep, value } = item;
      if (!key && !sep && !value && !start.some(isKeyStart)) continue;
      const pair = this.#pair(key || sep || !value ? item : { start, key: value });
      if (pair) pairs.push(pair);
    }
    return this.#builder.map(token.offset, this.#endOfFlow(token, '}', pairs.at(-1)), true, pairs);
  }

  #flowSeq(token: CST.FlowCollection): Node {
    const items: (Node | null)[] = [];
    for (const item of token.items) {
      const { start, key, sep, value } = item;
      if (!key && !sep && !value && !start.some(isKeyStart)) continue;
      if (sep || start.some((part) => part.type === 'explicit-key-ind')) {
        const pair = this.#pair(item);
        if (pair) items.push(this.#builder.map(pair.start, pair.end, true, [pair]));
      } else items.push(this.node(value ?? key, start));
    }
    return { type: 'seq', start: token.offset, end: this.#endOfFlow(token, ']', items.at(-1)), flow: true, items };
  }

  #endOfFlow(token: CST.FlowCollection, bracket: string, last: Span | null | undefined): number {
    const closing = token.end[0];
    if (closing?.source === bracket) return closing.offset + 1;
    this.#fault('unclosed-bracket', token.offset, token.offset + 1);
    return last?.end ?? token.offset + 1;
  }

  #fault(kind: Fault['kind'], start: number, end: number): void {
    this.faults.push({ kind, span: { start, end } });
  }
}

function isColon(token: CST.SourceToken): boolean {
  return token.type === 'map-value-ind';
}

function isProperty(token: CST.SourceToken): boolean {
  return token.type === 'anchor' || token.type === 'tag';
}

function isKeyStart(token: CST.SourceToken): boolean {
  return isProperty(token) || token.type === 'explicit-key-ind';
}

/** The composer says the same once more. */
function ignore(): void {}
