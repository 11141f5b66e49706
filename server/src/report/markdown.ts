import { SEVERITIES } from '../catalogue/rule.ts';
import type { Block, Document, Entry, Inline, Table, Text } from './document.ts';

/**
 * A report as Markdown (GitHub's flavour). Text of a model can be neither markup, HTML nor a link, and cannot break out
 * of its cell.
 */
export function markdownReport(document: Document): string {
  const lines: string[] = [`# ${escape(document.title)}`, ''];
  const add = (text: string): unknown => text !== '' && lines.push(text, '');
  for (const block of document.intro) add(blockText(block, 2));
  for (const { title, path, sections } of document.chapters) {
    add(`## ${escape(title)}`);
    add(codeText(path));
    for (const section of sections) {
      add(`### ${escape(section.title)}`);
      for (const block of section.blocks) add(blockText(block, 4));
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function blockText(block: Block, level: number): string {
  switch (block.type) {
    case 'paragraph':
      return textOf(block.text);
    case 'heading':
      return `${'#'.repeat(level)} ${escape(block.text)}`;
    case 'list':
      return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${textOf(item)}`).join('\n');
    case 'table':
      return tableText(block);
    case 'entries':
      return [...SEVERITIES]
        .reverse()
        .flatMap((severity) => block.items.filter((item) => item.severity === severity))
        .map((entry) => entryText(entry, level))
        .join('\n\n');
    case 'diagram':
      return '';
  }
}

function tableText({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => escape(title))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map(({ cells, depth = 0 }) => line(cells.map((cell, at) => (at === 0 ? INDENT.repeat(depth) : '') + textOf(cell)))),
  ].join('\n');
}

/** Spaces at the beginning of a cell are dropped, these are not. */
const INDENT = '\u2003';

function entryText({ title, severity, state, facts }: Entry, level: number): string {
  const head = `${'#'.repeat(level)} ${severity}${state === 'open' ? '' : ` (${state.replaceAll('-', ' ')})`}: ${textOf(title)}`;
  return [head, '', ...facts.map(({ name, text }) => `- **${escape(name)}**: ${textOf(text)}`)].join('\n');
}

function textOf(text: Text): string {
  return text.map(inlineText).join('').trim();
}

function inlineText(part: Inline): string {
  if (typeof part === 'string') return escape(part, false);
  switch (part.as) {
    case 'code':
      return codeText(part.text);
    case 'strong':
      return `**${escape(part.text)}**`;
    case 'mark':
      return escape(part.text);
    case 'link':
      return `[${escape(part.text)}](<${part.url.replace(/[<>\s\\]/g, encodeURIComponent)}>)`;
  }
}

/** Control characters, and those that reorder or hide other text. */
const HIDDEN = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Text that is nothing but text, on one line: no markup, HTML, link or mathematics, and no mark of a list at its beginning. */
function escape(text: string, trim = true): string {
  const clean = text
    .replace(/\s+/gu, ' ')
    .replace(HIDDEN, '')
    .replace(/[\\`*_{}[\]#<>|~&@$]|:(?=\/\/)|(?<=\bwww)\.|(?<=^\s*)[-+=]|(?<=^\s*\d+)[.)]/gi, '\\$&');
  return trim ? clean.trim() : clean;
}

/** An id or path as code, also in a cell. */
function codeText(text: string): string {
  const clean = text.replace(/\s+/gu, ' ').replace(HIDDEN, '').trim();
  if (clean === '') return '';
  // A bar ends a cell even inside code, and backticks end code.
  return /[`|]/.test(clean) ? escape(clean) : `\`${clean}\``;
}
