import type { Span } from '../syntax/tree.ts';
import type { Found } from './frames.ts';
import { scanBlock } from './placeInBlock.ts';

/** What is at an offset of a text, as far as its lines tell: found without a tree, so that it works in broken text. */
export interface Place {
  /** Keys from the section down to what encloses the word: `['elements', 'agent', 'controls']`. A list adds nothing. */
  readonly path: readonly string[];
  /**
   * `key`: a key of the map at `path`; `value`: the value of the last key of `path`; `item`: one of the list that is the
   * value of the last key of `path`; `none`: nothing is expected here (a comment, running text).
   */
  readonly role: 'key' | 'value' | 'item' | 'none';
  /** The word under the cursor, without its quotes; empty where nothing is written yet. */
  readonly word: Span;
  readonly text: string;
  /** A colon follows the word already. */
  readonly colon: boolean;
  /** The other entries of the map around the word: key → its text when that is one scalar, else the empty text. */
  readonly entries: ReadonlyMap<string, string>;
  /** The other items of the list around the word. */
  readonly items: ReadonlySet<string>;
  /** Written with braces or brackets around it. */
  readonly braces: boolean;
  /** What stands beside the word already. */
  readonly siblings: 'list' | 'map' | 'none';
  /** The word becomes an item only with a dash before it. */
  readonly dash: boolean;
  /** On a blank line: the column that the word belongs in, because what stands beside it begins there. */
  readonly column: number | undefined;
}

/** The place at `offset`; never fails, whatever the text. Costs one pass over the item that the offset is in, or over the section when it is between items. */
export function placeAt(text: string, offset: number): Place {
  return placeOf(text, scanBlock(text, clamped(text, offset)));
}

/** The same for who only asks about the word that is there: of the key of an item, the others in the section may be missing. */
export function wordAt(text: string, offset: number): Pick<Place, 'path' | 'role' | 'word' | 'text'> {
  return placeOf(text, scanBlock(text, clamped(text, offset), false));
}

function clamped(text: string, offset: number): number {
  return Math.max(0, Math.min(offset, text.length));
}

function placeOf(text: string, found: Found): Place {
  const { frame, path, role, word, colon, braces, siblings, dash, column } = found;
  return {
    path,
    role,
    word,
    text: text.slice(word.start, word.end),
    colon,
    entries: frame.entries,
    items: frame.items,
    braces,
    siblings,
    dash,
    column,
  };
}
