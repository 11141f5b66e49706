import { hasInvisible } from './characters.ts';
import { LIMITS } from './limits.ts';
import type { Problem } from './problem.ts';
import type { MapNode, Node, Pair, ScalarNode, Span } from './tree.ts';

interface Anchor {
  readonly span: Span;
  /** `undefined` while the node is being read. */
  node: Node | null | undefined;
  measure?: Measure;
}

interface Measure {
  readonly nodes: number;
  readonly depth: number;
}

/**
 * Makes the nodes of one piece of text, whichever reader found them, and says what our language does not allow on top
 * of YAML: tags, merge keys, duplicate keys, keys that are not text, endless aliases.
 */
export class TreeBuilder {
  readonly problems: Problem[] = [];
  /** Names of aliases without an anchor before them in this text. */
  readonly missing = new Set<string>();
  readonly #anchors = new Map<string, Anchor>();
  #expansions = 0;
  #expandedNodes = 0;
  #refused = false;

  get anchors(): Iterable<string> {
    return this.#anchors.keys();
  }

  scalar(start: number, end: number, text: string, style: ScalarNode['style']): ScalarNode {
    return { type: 'scalar', start, end, text, style };
  }

  pair(key: ScalarNode, value: Node | null, colonEnd: number): Pair {
    this.#checkKey(key);
    return { start: key.start, end: value === null ? Math.max(colonEnd, key.end) : Math.max(value.end, key.end), key, value };
  }

  map(start: number, end: number, flow: boolean, pairs: readonly Pair[]): MapNode {
    if (pairs.length > 1) {
      const seen = new Map<string, Pair>();
      for (const pair of pairs) {
        const first = seen.get(pair.key.text);
        if (first) this.problems.push(duplicateKey(pair.key.text, pair.key, first.key));
        else seen.set(pair.key.text, pair);
      }
    }
    return { type: 'map', start, end, flow, pairs };
  }

  tag(span: Span): void {
    this.#error('tag', 'Tags have no meaning in a threat model: remove it.', span);
  }

  missingKey(span: Span): void {
    this.#error('missing-key', 'Write a key before the colon.', span);
  }

  /** A key that is a list or a map: kept as text, so that its value stays in the tree. */
  oddKey(span: Span, text: string): ScalarNode {
    this.#error('key-not-text', 'A key must be a simple text.', { start: span.start, end: span.start + 1 });
    return { type: 'scalar', start: span.start, end: span.end, text, style: 'plain' };
  }

  /** An anchor, before its node is read. */
  openAnchor(name: string, span: Span): Anchor {
    const anchor: Anchor = { span, node: undefined };
    this.#anchors.set(name, anchor);
    return anchor;
  }

  closeAnchor(anchor: Anchor, node: Node | null): void {
    anchor.node = node;
  }

  /** What an alias stands for: the anchor's node with the alias's own outer span. Beyond the limits it reads as null. */
  alias(name: string, span: Span): Node {
    const anchor = this.#anchors.get(name);
    const nothing: ScalarNode = { type: 'scalar', start: span.start, end: span.end, text: '', style: 'plain' };
    if (!anchor) {
      this.missing.add(name);
      this.#error('unknown-alias', `No anchor "&${name}" comes before this alias: put the text in quotes if it is not an alias.`, span);
      return nothing;
    }
    if (anchor.node === undefined) {
      this.#error('alias-to-itself', `The alias "*${name}" is inside what it stands for.`, span);
      return nothing;
    }
    if (this.#refuses(anchor)) {
      if (!this.#refused) this.#error('limit-aliases', 'The aliases of this anchor grow too large and read as nothing.', anchor.span);
      this.#refused = true;
      return nothing;
    }
    return anchor.node === null ? nothing : { ...anchor.node, start: span.start, end: span.end };
  }

  #refuses(anchor: Anchor): boolean {
    if (this.#refused || this.#expansions >= LIMITS.aliases) return true;
    anchor.measure ??= measure(anchor.node ?? null, LIMITS.aliasNodes - this.#expandedNodes);
    if (anchor.measure.depth > LIMITS.aliasDepth || this.#expandedNodes + anchor.measure.nodes > LIMITS.aliasNodes) return true;
    this.#expansions++;
    this.#expandedNodes += anchor.measure.nodes;
    return false;
  }

  #checkKey(key: ScalarNode): void {
    if (key.text === '<<' && key.style === 'plain') {
      this.#error('merge-key', 'Merge keys have no meaning in a threat model: write the keys out.', key);
    } else if (hasInvisible(key.text)) {
      this.problems.push({
        code: 'confusable-text',
        severity: 'warning',
        message: 'This key has invisible characters: type it again.',
        span: { start: key.start, end: key.end },
      });
    }
  }

  #error(code: string, message: string, span: Span): void {
    this.problems.push({ code, severity: 'error', message, span: { start: span.start, end: span.end } });
  }
}

export function duplicateKey(text: string, later: Span, first: Span): Problem {
  return {
    code: 'duplicate-key',
    severity: 'error',
    message: `"${text}" is already here: rename or remove one of the two.`,
    span: { start: later.start, end: later.end },
    related: [{ message: `The first "${text}".`, span: { start: first.start, end: first.end } }],
  };
}

/** Size of a tree with everything that its aliases stand for. Stops counting beyond `most`. */
function measure(node: Node | null, most: number): Measure {
  let nodes = 0;
  const depthOf = (at: Node | null): number => {
    if (++nodes > most || at === null || at.type === 'scalar') return 1;
    let depth = 0;
    if (at.type === 'map') for (const pair of at.pairs) depth = Math.max(depth, nodes > most ? 0 : depthOf(pair.value));
    else for (const item of at.items) depth = Math.max(depth, nodes > most ? 0 : depthOf(item));
    return depth + 1;
  };
  const depth = depthOf(node);
  return { nodes, depth };
}
