import type { Work } from '../../posture/index.ts';
import type { Row, Table, Text } from '../document.ts';
import { DIM, widthsOf, wrap, type Line, type Style } from './lines.ts';
import { lineHeight, MARGIN, type Sheet } from './sheet.ts';
import type { Part } from './structure.ts';

const SIZE = 8.5;
const PAD = 4;
const INDENT = 10;
const HEAD = '#f6f8fa';
/** So many rows say how wide columns are to be. */
const MOST_MEASURED = 200;
/** So many rows take some milliseconds. */
const ROWS_AT_ONCE = 10;
/** A row goes on on the next page only when at least so many of its lines fit on this one. */
const LEAST_LINES = 2;
/** What is repeated on each page leaves room for the rows. */
const MOST_HEAD_LINES = 4;

/** A table over as many pages as it takes, each with the titles of the columns; stops after some rows. */
export function* writeTable(sheet: Sheet, { caption, columns, rows }: Table): Work<void> {
  const widths = columnWidths(
    [...rows.slice(0, MOST_MEASURED).map(({ cells }) => cells), columns.map(({ title }): Text => [title])],
    columns.length,
    sheet.width,
  );
  const isNumber = columns.map((column) => column.isNumber === true);
  const titles = linesOf({ cells: columns.map((column) => [column.title]) }, widths, { size: SIZE, isBold: true });
  const head = titles.map((lines) => lines.slice(0, MOST_HEAD_LINES));
  const headHeight = heightOf(head);
  const title = wrap([caption], sheet.width, { size: SIZE, color: DIM });
  const { structure } = sheet;
  const drawHead = (cells: readonly Part[]): void => {
    sheet.fill(MARGIN, sheet.y, sheet.width, headHeight, HEAD);
    drawLines(sheet, head, widths, isNumber, sheet.y, cells);
    sheet.y += headHeight;
    sheet.fill(MARGIN, sheet.y, sheet.width, 0.75);
  };
  // On further pages the titles are for the eye alone.
  const repeatHead = (): void => structure.artifact('Pagination', () => drawHead([]));
  sheet.skip(4);
  sheet.need(title.length * lineHeight(SIZE) + 2 * headHeight);
  const whole = structure.begin('Table');
  const inRow = (tag: 'TH' | 'TD', write: (cells: readonly Part[]) => void): void =>
    structure.within(whole, () =>
      structure.element('TR', () => {
        const cells = columns.map(() => structure.begin(tag, tag === 'TH' ? { scope: 'Column' } : {}));
        write(cells);
        for (const cell of cells) structure.end(cell);
      }),
    );
  structure.within(whole, () => structure.element('Caption', () => sheet.lines(title, MARGIN, SIZE)));
  inRow('TH', drawHead);
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_AT_ONCE === 0) yield;
    const style = { size: SIZE, isBold: row.depth === 0 };
    inRow('TD', (cells) => drawRow(row, style, cells));
  }
  structure.end(whole);
  sheet.skip(8);

  function drawRow(row: Row, style: Style, cells: readonly Part[]): void {
    let rest = linesOf(row, widths, style);
    while (rest.length > 0) {
      const most = Math.max(0, Math.floor((sheet.bottom - sheet.y - 2 * PAD) / lineHeight(SIZE)));
      const all = countOf(rest);
      if (most < Math.min(all, LEAST_LINES)) {
        sheet.turn();
        repeatHead();
        continue;
      }
      const now = rest.map((cell) => cell.slice(0, most));
      drawLines(sheet, now, widths, isNumber, sheet.y, cells, (row.depth ?? 0) * INDENT);
      sheet.y += heightOf(now);
      sheet.fill(MARGIN, sheet.y, sheet.width, 0.4);
      rest = all > most ? rest.map((cell) => cell.slice(most)) : [];
    }
  }
}

type Cells = readonly (readonly Line[])[];

function linesOf({ cells, depth = 0 }: Row, widths: readonly number[], style: Style): Cells {
  return widths.map((width, at) => wrap(cells[at] ?? [], Math.max(SIZE, width - 2 * PAD - (at === 0 ? depth * INDENT : 0)), style));
}

function countOf(cells: Cells): number {
  return Math.max(1, ...cells.map((lines) => lines.length));
}

function heightOf(cells: Cells): number {
  return countOf(cells) * lineHeight(SIZE) + 2 * PAD;
}

/** `parts`: the elements that the cells are written into; none when the row is only repeated. */
function drawLines(
  sheet: Sheet,
  cells: Cells,
  widths: readonly number[],
  isNumber: readonly boolean[],
  y: number,
  parts: readonly Part[],
  indent = 0,
): void {
  let x = MARGIN;
  cells.forEach((lines, at) => {
    const width = widths[at] ?? 0;
    lines.forEach((line, number) => {
      const used = isNumber[at] ? line.reduce((sum, run) => sum + run.width, 0) : 0;
      const left = isNumber[at] ? x + width - PAD - used : x + PAD + (at === 0 ? indent : 0);
      const write = (): void => sheet.line(line, left, y + PAD + number * lineHeight(SIZE), SIZE);
      const part = parts[at];
      if (part) sheet.structure.within(part, write);
      else write();
    });
    x += width;
  });
}

/** As wide as their texts where there is room; else each its widest word, as far as that goes, and a share of the rest. */
function columnWidths(rows: readonly Row['cells'][], count: number, width: number): readonly number[] {
  const style = { size: SIZE, isBold: true };
  const longest = width / 3;
  const least = new Array<number>(count).fill(0);
  const whole = new Array<number>(count).fill(0);
  for (const cells of rows) {
    for (let at = 0; at < count; at++) {
      const widths = widthsOf(cells[at] ?? [], style);
      least[at] = Math.max(least[at]!, Math.min(longest, widths.least + 2 * PAD + 1));
      whole[at] = Math.max(whole[at]!, Math.min(width, widths.whole + 2 * PAD + 1));
    }
  }
  const [allLeast, allWhole] = [sum(least), sum(whole)];
  if (allWhole <= width) return whole.map((it) => (it * width) / Math.max(1, allWhole));
  if (allLeast >= width) return least.map((it) => (it * width) / allLeast);
  return least.map((it, at) => it + ((whole[at]! - it) * (width - allLeast)) / (allWhole - allLeast));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
