import type { Span } from '../syntax/index.ts';
import { lineOf, rangeIn, type FileReport } from './fileReport.ts';
import type { Paint } from './paint.ts';
import { columns, cutEnd, cutStart, isSimple, plain, visible } from './terminalText.ts';

/** Columns of the source that are shown; of a longer line, so many before the place and of the place itself. */
const IN_ALL = 140;
const BEFORE = 50;
const MARKED = 60;
/** More characters than that are never looked at: a line may have a million. */
const LOOKED_AT = 8 * IN_ALL;

/** Where a place is, and its line with the place underlined; nothing to underline in an empty file. */
export function codeFrame(file: FileReport, span: Span, style: Parameters<Paint>[0], paint: Paint): string[] {
  const { start, end } = rangeIn(file, span);
  const number = String(start.line + 1);
  const place = `  ${paint('dim', '→')} ${plain(file.path)}:${number}:${start.character + 1}`;
  if (file.text === '') return [place];

  const line = lineOf(file, start.line);
  const until = end.line === start.line ? Math.max(start.character, end.character) : line.length;
  const frame = (text: string, from: number, underlined: number): string[] => [
    place,
    `${paint('dim', `${number.padStart(5)} │ `)}${text}`,
    `${paint('dim', '      │ ')}${' '.repeat(from)}${paint(style, '^'.repeat(underlined))}`,
  ];
  if (line.length <= IN_ALL && isSimple(line)) return frame(line.trimEnd(), start.character, Math.max(1, until - start.character));
  const whole = line.length <= LOOKED_AT && columns(visible(line)) <= IN_ALL;
  const before = cutStart(visible(line.slice(0, start.character).slice(-LOOKED_AT)), whole ? IN_ALL : BEFORE);
  const marked = cutEnd(visible(line.slice(start.character, until).slice(0, LOOKED_AT)), whole ? IN_ALL : MARKED);
  const underlined = Math.max(1, columns(marked));
  const after = cutEnd(visible(line.slice(until, until + LOOKED_AT)), IN_ALL - columns(before) - underlined);
  return frame(visible((before + marked + after).trimEnd()), columns(before), underlined);
}
