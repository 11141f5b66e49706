import type { Span } from '../syntax/tree.ts';

/** A collection that the scan for a place is in. `entries` and `items` fill until the scan has passed its end. */
export interface Frame {
  readonly type: 'map' | 'list';
  readonly path: readonly string[];
  readonly entries: Map<string, string>;
  readonly items: Set<string>;
}

/** The place that a scan has found, see `Place`. */
export interface Found {
  readonly frame: Frame;
  readonly role: 'key' | 'value' | 'item' | 'none';
  readonly path: readonly string[];
  readonly word: Span;
  readonly colon: boolean;
  readonly braces: boolean;
  readonly siblings: 'list' | 'map' | 'none';
  readonly dash: boolean;
  /** On a blank line: where what stands beside it begins. */
  readonly column?: number;
}

/** Nothing can be written at `offset` that we know of. */
export function nothingAt(offset: number, frame: Frame): Found {
  return {
    frame,
    role: 'none',
    path: frame.path,
    word: { start: offset, end: offset },
    colon: false,
    braces: false,
    siblings: 'none',
    dash: false,
  };
}
