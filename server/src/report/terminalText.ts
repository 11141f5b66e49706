/** Text from a model or a file name as a terminal may show it: it can neither steer the terminal nor change what is read. */

/** What steers a terminal, turns the direction of text, or breaks a line; each is shown as one dot. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu;
/** Takes no column of its own. */
const NO_WIDTH = /[\p{Mn}\p{Me}\u00ad\u200b-\u200d\u2060-\u2064\ufeff\u{e0000}-\u{e0fff}]/u;
/** Takes two columns: the wide and full-width scripts, and what is shown as a picture. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** Most texts: nothing to replace, one column a character. Beside ASCII the letters of Latin, dashes, quotes and arrows. */
const SIMPLE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2190-\u21ff]*$/;
const LONGEST = 500;

/** What systems that run builds obey wherever it stands in a line of their log: `##[command]`, `##vso[command]`. */
const ORDER = /##(?=\[|vso\[)/gi;

/** A part of a line, as it is written; a tab takes one column. Nothing in it steers a terminal or whoever keeps its log. */
export function visible(text: string): string {
  if (isSimple(text)) return text;
  const shown = text.replace(/\t/g, ' ').replace(UNSAFE, '\u00b7');
  return shown.includes('##') ? shown.replace(ORDER, '#\u00b7') : shown;
}

/** A sentence on one line, cut where nobody reads on. */
export function plain(text: string): string {
  // Most are: then one look is enough, and thousands of findings are printed in half the time.
  if (text.length <= LONGEST && isSimple(text) && !text.includes('  ')) return text;
  return cutEnd(visible(text.slice(0, 8 * LONGEST).replace(/\s+/g, ' ')), LONGEST);
}

/** How many columns a visible text takes. */
export function columns(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return sum;
}

/** The beginning of a visible text that fits, with an ellipsis where something is missing. */
export function cutEnd(text: string, most: number): string {
  return columnsFit(text, most) ? text : `${firstColumns(text, most - 1)}…`;
}

/** Where nothing of a line needs care, so that it can be shown as it is: nothing to replace, one column a character. */
export function isSimple(text: string): boolean {
  return SIMPLE.test(text) && !text.includes('##');
}

/** The end of a visible text that fits, with an ellipsis where something is missing. */
export function cutStart(text: string, most: number): string {
  if (columnsFit(text, most)) return text;
  let kept = '';
  let room = most - 1;
  for (const character of [...text.slice(-2 * most)].reverse()) {
    room -= widthOf(character);
    if (room < 0) break;
    kept = character + kept;
  }
  return `…${kept.replace(/^[\p{M}\u200d]+/u, '')}`;
}

function firstColumns(text: string, most: number): string {
  const first = text.slice(0, Math.max(0, most));
  if (SIMPLE.test(first)) return first;
  let end = 0;
  let room = most;
  for (const character of text.slice(0, Math.max(0, 8 * most))) {
    room -= widthOf(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** A visible text in lines that fit, broken between words; a word that is too long for a line stays whole. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Without walking through a line of a million characters, all of which may take no column. */
function columnsFit(text: string, most: number): boolean {
  return text.length <= 8 * most && columns(text) <= most;
}

function widthOf(character: string): number {
  if (character < '\u007f') return 1;
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
