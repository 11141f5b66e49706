import { painter, type Paint } from './paint.ts';
import { columns, visible, wrapped } from './terminalText.ts';

/** What every terminal has, and what is easy to read. */
const WIDTH = 80;
/** A last cell with less room than this stands below the first one. */
const ROOM = 28;

/** Where there is nothing to follow, a line that is a link to the index says nothing. */
const TO_ALL_PAGES = /^\[[^\]]*\]\(\S*index\.md\)$/;

/** A page of the catalogue, which is Markdown, as a terminal shows it best: no marks of links, tables and code; models are not broken into lines. */
export function pageText(markdown: string, { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  const lines: string[] = [];
  let rows: string[][] = [];
  let code = false;
  const endTable = (): void => {
    lines.push(...aligned(rows));
    rows = [];
  };
  for (const line of markdown.trimEnd().split('\n').map(visible)) {
    if (line.startsWith('```')) {
      code = !code;
      continue;
    }
    if (!code && line.startsWith('|')) {
      if (!/^[|\s-]*$/.test(line)) rows.push(cellsOf(line).map(inline));
      continue;
    }
    endTable();
    if (TO_ALL_PAGES.test(line)) continue;
    if (code) lines.push(`    ${line}`);
    else lines.push(...prose(line, paint));
  }
  endTable();
  return `${lines
    .join('\n')
    .trimEnd()
    .replace(/\n{3,}/g, '\n\n')}\n`;
}

function prose(line: string, paint: Paint): string[] {
  const [, title] = /^#+ (.*)$/.exec(line) ?? [];
  if (title !== undefined) {
    const heading = line.startsWith('# ') ? inline(title).toUpperCase() : inline(title);
    return wrapped(heading, WIDTH).map((part) => paint('bold', part));
  }
  const [, mark = '', text = ''] = /^(> |- |\d+\. )?(.*)$/.exec(line) ?? [];
  const indent = ' '.repeat(mark.length);
  const parts = wrapped(inline(text), WIDTH - mark.length);
  return parts.map((part, at) => (at === 0 && mark !== '> ' ? mark : indent) + part);
}

/** Without marks. A link says by which id `explain` knows its page, unless the text says it. */
function inline(text: string): string {
  const LINK = /\[([^\]]*)\]\((?:[^)\s]*(?:rules|controls|\.)\/([a-z0-9-]+)\.md|[^)\s]*)\)(?=( \(`)?)/g;
  const plain = text.replace(LINK, (_, title: string, id: string | undefined, said: string | undefined) =>
    id === undefined || said !== undefined || title.replaceAll('`', '') === id ? title : `${title} (${id})`,
  );
  return plain.replaceAll('`', '');
}

function cellsOf(row: string): string[] {
  return row
    .slice(1, row.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, columns(cell))), []);
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 2);
  if (before + ROOM > WIDTH && before + (widths.at(-1) ?? 0) > WIDTH) return grouped(rows.slice(1));
  return rows.flatMap((row) => {
    const [first = '', ...more] = wrapped(row.at(-1) ?? '', WIDTH - before);
    const start = row.slice(0, -1).map((cell, at) => `${cell}${' '.repeat((widths[at] ?? 0) - columns(cell))}  `);
    return [`  ${start.join('')}${first}`.trimEnd(), ...more.map((line) => ' '.repeat(before) + line)];
  });
}

/** A table that is too wide: what the first column says, and below it the rest of the rows that say so. */
function grouped(rows: readonly (readonly string[])[]): string[] {
  const firsts = [...new Set(rows.map(([first = '']) => first))];
  return firsts.flatMap((first) => {
    const rest = rows.filter(([cell]) => cell === first).map(([, ...cells]) => cells);
    return [`  ${first}`, ...aligned(rest).map((line) => `  ${line}`)];
  });
}
