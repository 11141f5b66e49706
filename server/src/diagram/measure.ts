import { INTER_WIDTHS, type WidthRange } from './interWidths.ts';

/** Text is measured from a table of the shipped font, never by a browser: a layout is the same wherever it is made. */

export type Weight = 'regular' | 'bold';
export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
}

const ELLIPSIS = '…';
/** Longer names help nobody in a picture; the whole text is in the file. */
const LONGEST = 200;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\u{fe00}-\u{fe0f}\u200d]/u;

const tables: Readonly<Record<Weight, ReadonlyMap<number, number>>> = {
  regular: expand(INTER_WIDTHS.regular),
  bold: expand(INTER_WIDTHS.bold),
};

function expand(ranges: readonly WidthRange[]): ReadonlyMap<number, number> {
  const table = new Map<number, number>();
  for (const { first, widths } of ranges) {
    widths.forEach((width, index) => {
      if (width > 0) table.set(first + index, width);
    });
  }
  return table;
}

/**
 * A text from a model as it may be shown on one line: no control characters, none that turn the direction of what
 * follows, no broken surrogates, no towers of accents, single spaces, not longer than `longest`.
 */
export function displayText(text: string, longest: number = LONGEST): string {
  const tame = text
    .slice(0, longest * 8)
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '')
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...tame];
  return characters.length > LONGEST
    ? characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd() + ELLIPSIS
    : tame;
}

/** Width in pixels. */
export function measureText(text: string, style: TextStyle): number {
  let sum = 0;
  for (const character of text) sum += advance(character, style.weight);
  return (sum * style.size) / 1000;
}

/** Cuts a text so that it is no wider than `width`, with an ellipsis where something is missing. */
export function fitText(text: string, width: number, style: TextStyle): string {
  if (measureText(text, style) <= width) return text;
  let room = width - measureText(ELLIPSIS, style);
  let kept = '';
  for (const character of text) {
    room -= measureText(character, style);
    if (room < 0) break;
    kept += character;
  }
  return kept.trimEnd() + ELLIPSIS;
}

/** Breaks a text into at most `most` lines no wider than `width`: between words, inside a word only when it is too long. */
export function wrapText(text: string, width: number, most: number, style: TextStyle): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < most - 1) {
    const end = lineEnd(rest, width, style);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '' || lines.length === 0) lines.push(fitText(rest, width, style));
  return lines;
}

/** Where the first line of a text ends. */
function lineEnd(text: string, width: number, style: TextStyle): number {
  let room = width;
  let at = 0;
  let lastBreak = 0;
  for (const character of text) {
    room -= measureText(character, style);
    if (character === ' ') lastBreak = at;
    if (room < 0 && at > 0) return lastBreak > 0 ? lastBreak : at;
    at += character.length;
    // A hyphenated or slashed name breaks behind its mark.
    if (character === '-' || character === '/') lastBreak = at;
  }
  return text.length;
}

/** The characters of a text that the shipped fonts have no glyph for, each once, in order. */
export function charactersOutsideFont(text: string): readonly string[] {
  return [...new Set(text)].filter((character) => !tables.regular.has(character.codePointAt(0)!) && !/\s/u.test(character));
}

function advance(character: string, weight: Weight): number {
  const known = tables[weight].get(character.codePointAt(0)!);
  if (known !== undefined) return known;
  if (NO_WIDTH.test(character)) return 0;
  if (WIDE.test(character)) return 1000;
  return PICTOGRAPH.test(character) ? 1250 : 640;
}
