/**
 * The tree of a threat-model file: one shape, whatever read the text.
 *
 * All spans are UTF-16 offsets. A tree's own spans are relative to the `base` of the chunk it was read from, so that
 * an unchanged chunk keeps its tree (the same object) when text above it grows or shrinks. Absolute = base + relative.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Node = ScalarNode | MapNode | SeqNode;

export interface ScalarNode extends Span {
  readonly type: 'scalar';
  /** The cooked text (quotes removed, escapes resolved); for plain scalars, the text as written. Ids compare by this. See `valueOf`. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
}

export interface MapNode extends Span {
  readonly type: 'map';
  /** Written with braces. */
  readonly flow: boolean;
  /** In source order; duplicate keys are all here (and each later one is a problem). */
  readonly pairs: readonly Pair[];
}

export interface SeqNode extends Span {
  readonly type: 'seq';
  /** Written with brackets. */
  readonly flow: boolean;
  /** `null` is an item with nothing written. */
  readonly items: readonly (Node | null)[];
}

export interface Pair extends Span {
  readonly key: ScalarNode;
  /** `null` when nothing is written after the colon. */
  readonly value: Node | null;
}

/** A pair and where its chunk begins in this version of the text. `pair` is identical (===) while its text is. */
export interface PlacedPair {
  readonly base: number;
  readonly pair: Pair;
}

/** One top-level `key: value`. */
export interface Section extends PlacedPair {
  /**
   * The pairs of the value when it is a map (or nothing): `elements:` holds its elements here, each from a chunk of its
   * own, and `pair.value` is then `null`, so read this. `undefined` when the value is a scalar or a sequence.
   */
  readonly items: readonly PlacedPair[] | undefined;
  /** The section of an earlier version of which this one is the same and has only moved, with all its items, by as much. */
  readonly unmoved?: Section;
}

/** A section whose items are those of another one, further on or back: they are placed when somebody asks for them. */
export class MovedSection implements Section {
  readonly base: number;
  readonly unmoved: Section;
  #items: readonly PlacedPair[] | undefined;

  constructor(section: Section, shift: number) {
    this.base = section.base + shift;
    this.unmoved = section.unmoved ?? section;
  }

  get pair(): Pair {
    return this.unmoved.pair;
  }

  get items(): readonly PlacedPair[] | undefined {
    const { base, items } = this.unmoved;
    return (this.#items ??= items && moved(items, this.base - base));
  }
}

/** The same pairs, each so much further on. */
export function moved(items: readonly PlacedPair[], shift: number): readonly PlacedPair[] {
  return shift === 0 ? items : items.map(({ base, pair }) => ({ base: base + shift, pair }));
}

export function absolute(base: number, span: Span): Span {
  return { start: base + span.start, end: base + span.end };
}
