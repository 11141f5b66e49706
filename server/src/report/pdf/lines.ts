import { charactersOutsideFont, measureText } from '../../diagram/measure.ts';
import { SEVERITIES } from '../../catalogue/rule.ts';
import type { Inline, Text, Tone } from '../document.ts';

/** A piece of a line in one font and colour. */
export interface Run {
  readonly text: string;
  /** The same with the characters that no shipped font has; `undefined` when there are none. */
  readonly said: string | undefined;
  readonly isBold: boolean;
  readonly color: string;
  readonly url: string | undefined;
  readonly width: number;
}
export type Line = readonly Run[];

export interface Style {
  readonly size: number;
  readonly isBold?: boolean;
  readonly color?: string;
}

export const INK = '#1f2328';
export const DIM = '#59636e';
const LINK = '#0550ae';
const TONES: Partial<Readonly<Record<Tone, string>>> = {
  ...Object.fromEntries(SEVERITIES.map((severity) => [severity, INK])),
  ...{ critical: '#a40e26', high: '#953800', medium: '#6f5200', low: '#4b535d' },
  ...{ 'in-place': '#116329', satisfied: '#116329', planned: '#0550ae', partial: '#0550ae', accepted: '#0550ae' },
  ...{ absent: '#953800', open: '#953800', expired: '#953800' },
};

export function toneColor(tone: Tone): string {
  return TONES[tone] ?? DIM;
}

/** Breaks a text into lines no wider than `width`: between words, inside a word only when it is too long. At least one line. */
export function wrap(text: Text, width: number, style: Style): readonly Line[] {
  const lines: Run[][] = [[]];
  let room = width;
  const put = (run: Run): void => {
    const line = lines[lines.length - 1]!;
    const last = line[line.length - 1];
    if (last?.isBold === run.isBold && last.color === run.color && last.url === run.url)
      line[line.length - 1] = { ...last, text: last.text + run.text, said: joined(last, run), width: last.width + run.width };
    else line.push(run);
    room -= run.width;
  };
  const turn = (): void => {
    lines.push([]);
    room = width;
  };
  for (const part of text) {
    for (const word of wordsOf(part, style)) {
      const isBlank = word.text === ' ';
      if (isBlank && room === width) continue;
      if (word.width <= room) put(word);
      else if (isBlank) turn();
      else {
        if (room < width) turn();
        for (const piece of piecesOf(word, width, style.size)) {
          if (piece.width > room) turn();
          put(piece);
        }
      }
    }
  }
  return lines;
}

/** The widest word and the whole text on one line, as wide as they would be. */
export function widthsOf(text: Text, style: Style): { readonly least: number; readonly whole: number } {
  let least = 0;
  let whole = 0;
  for (const part of text) {
    for (const { width } of wordsOf(part, style)) {
      least = Math.max(least, width);
      whole += width;
    }
  }
  return { least, whole };
}

/** Words and the blanks between them; text of a model that is nothing but text. */
function wordsOf(part: Inline, { size, isBold = false, color = INK }: Style): Run[] {
  const bold = isBold || (typeof part !== 'string' && part.as === 'strong');
  const url = typeof part !== 'string' && part.as === 'link' && /^https:\/\/[^\s"<>()\\]+$/.test(part.url) ? part.url : undefined;
  const ink = url !== undefined ? LINK : typeof part !== 'string' && part.as === 'mark' ? toneColor(part.tone) : color;
  return (tamed(typeof part === 'string' ? part : part.text).match(/ |[^ \-/]+[-/]*|[-/]+/g) ?? []).map((word) => {
    const text = signed(word);
    const width = measureText(text, { size, weight: bold ? 'bold' : 'regular' });
    return { text, said: text === word ? undefined : word, isBold: bold, color: ink, url, width };
  });
}

function joined(a: Run, b: Run): string | undefined {
  return a.said === undefined && b.said === undefined ? undefined : (a.said ?? a.text) + (b.said ?? b.text);
}

function piecesOf(word: Run, width: number, size: number): Run[] {
  const pieces: Run[] = [];
  let [said, used] = ['', 0];
  const cut = (): unknown => pieces.push({ ...word, text: signed(said), said: word.said && said, width: used });
  for (const character of word.said ?? word.text) {
    const more = measureText(signed(character), { size, weight: word.isBold ? 'bold' : 'regular' });
    if (said !== '' && used + more > width) {
      cut();
      [said, used] = ['', 0];
    }
    said += character;
    used += more;
  }
  cut();
  return pieces;
}

/** One line, without characters that reorder or hide other text; those that no shipped font has are seen to be missing. */
export function shown(text: string): string {
  return signed(tamed(text));
}

function signed(tame: string): string {
  const missing = new Set(charactersOutsideFont(tame));
  return missing.size === 0 ? tame : Array.from(tame, (character) => (missing.has(character) ? MISSING : character)).join('');
}

/** The characters of a text that `shown` has a sign for, because no shipped font has them. */
export function missingIn(text: string): readonly string[] {
  return charactersOutsideFont(tamed(text));
}

const MISSING = '?';

/** One line, with all characters that can be read: for what a viewer shows in its own fonts. */
export function tamed(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .replace(/[\p{Bidi_Control}\u00ad\u200b-\u200d\u2060-\u206f\ufeff\p{M}]/gu, '')
      .replace(/[\p{Cs}\ufffe\uffff]/gu, MISSING)
      // The shipped fonts have no such arrow.
      .replaceAll('→', '->')
  );
}
