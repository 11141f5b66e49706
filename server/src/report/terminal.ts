import type { Block, Document, Inline, Row, Table, Text } from './document.ts';
import { painter, type Paint } from './paint.ts';
import { columns, cutEnd, plain } from './terminalText.ts';

/** Cells are broken into lines where a table would be too wide to read. */
const WIDEST_CELL = 44;

/** A report as a terminal shows it. */
export function terminalReport(document: Document, options: { readonly color: boolean }): string {
  const paint = painter(options.color);
  const lines: string[] = [];
  const block = (one: readonly string[]): unknown => lines.push(...one, '');
  for (const one of document.intro) block(blockLines(one, paint));
  for (const { title, path, sections } of document.chapters) {
    block([`${paint('bold', plain(title).toUpperCase())} ${paint('dim', plain(path))}`]);
    for (const section of sections) {
      block([paint('bold', section.title)]);
      for (const one of section.blocks) block(blockLines(one, paint));
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function blockLines(block: Block, paint: Paint): readonly string[] {
  switch (block.type) {
    case 'paragraph':
      return [textOf(block.text, paint)];
    case 'heading':
      return [`  ${paint('bold', plain(block.text))}`];
    case 'list':
      return block.items.map((item, at) => `  ${block.ordered ? `${at + 1}.` : '-'} ${textOf(item, paint)}`);
    case 'table':
      return tableLines(block, paint);
    case 'entries':
      return block.items.flatMap(({ title, severity, state, facts }) => [
        `  ${paint(severity, severity)} (${state}) ${textOf(title, paint)}`,
        ...facts.map(({ name, text }) => `    ${paint('dim', `${name}:`)} ${textOf(text, paint)}`),
      ]);
    case 'diagram':
      return [];
  }
}

function tableLines(table: Table, paint: Paint): readonly string[] {
  const head = table.columns.map(({ title }) => [title]);
  const body = table.rows.map(cellsOf);
  const widths = head.map((_, at) => Math.max(...[head, ...body].flatMap((cells) => (cells[at] ?? ['']).map(columns))));
  const linesOf = (cells: readonly (readonly string[])[]): string[] =>
    Array.from({ length: Math.max(...cells.map((cell) => cell.length)) }, (_, line) =>
      cells
        .map((cell, at) => {
          const text = cell[line] ?? '';
          const space = ' '.repeat((widths[at] ?? 0) - columns(text));
          return table.columns[at]?.isNumber ? space + text : text + space;
        })
        .join('  ')
        .trimEnd(),
    );
  return [...linesOf(head).map((line) => `  ${paint('dim', line)}`), ...body.flatMap(linesOf).map((line) => `  ${line}`)];
}

/** Each cell as its lines. */
function cellsOf({ cells, depth = 0 }: Row): readonly (readonly string[])[] {
  return cells.map((cell, at) => {
    const text = plain(cell.map(wordOf).join(''));
    return at === 0 ? wrapped(text).map((line) => '  '.repeat(depth) + line) : wrapped(text === '0' ? '·' : text);
  });
}

/** A text on lines of some columns; a longer word is cut. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (columns(longer) <= WIDEST_CELL) lines[lines.length - 1] = longer;
    else if (line === '') lines[lines.length - 1] = cutEnd(word, WIDEST_CELL);
    else lines.push(cutEnd(word, WIDEST_CELL));
  }
  return lines;
}

function textOf(text: Text, paint: Paint): string {
  return text
    .map((part) => {
      // What stands beside other text keeps its spaces.
      const words = wordOf(part);
      const clean = /^\s/.test(words) ? ` ${plain(words).trimStart()}` : plain(words);
      return typeof part === 'string' ? clean : part.as === 'strong' ? paint('bold', clean) : clean;
    })
    .join('');
}

const wordOf = (part: Inline): string => (typeof part === 'string' ? part : part.text);
