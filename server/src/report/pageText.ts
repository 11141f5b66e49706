import { painter, type Paint } from './paint.ts';
import { columns, visible } from './terminalText.ts';

/** A page of the catalogue, which is Markdown, as a terminal shows it best: no marks of links, tables and code. */
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
    lines.push(code ? `    ${line}` : prose(line, paint));
  }
  endTable();
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

function prose(line: string, paint: Paint): string {
  const [, title] = /^#+ (.*)$/.exec(line) ?? [];
  if (title !== undefined) return paint('bold', line.startsWith('# ') ? inline(title).toUpperCase() : inline(title));
  return inline(line.replace(/^> /, '  '));
}

function inline(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)\s]*\)/g, '$1').replaceAll('`', '');
}

function cellsOf(row: string): string[] {
  return row
    .slice(1, row.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, columns(cell))), []);
  const pad = (cell: string, at: number): string => cell + ' '.repeat((widths[at] ?? 0) - columns(cell));
  return rows.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd());
}
