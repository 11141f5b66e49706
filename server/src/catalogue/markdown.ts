import type { Catalogue } from './catalogue.ts';
import { SEVERITIES, type Rule, type Severity } from './rule.ts';

/** What the pages of the catalogue are made of. Texts are those of the catalogue, which is Markdown. */

export function ruleLink(rule: Rule, folder: string): string {
  return `[${rule.title}](${folder}${rule.id}.md) (${rule.severity})`;
}

export function controlLink(id: string, catalogue: Catalogue, folder: string): string {
  return `[${catalogue.controls.get(id)?.title ?? id}](${folder}${id}.md) (\`${id}\`)`;
}

export function bySeverity(rules: readonly Rule[]): readonly Rule[] {
  const rank = (severity: Severity) => SEVERITIES.length - SEVERITIES.indexOf(severity);
  return [...rules].sort((a, b) => rank(a.severity) - rank(b.severity) || (a.id < b.id ? -1 : 1));
}

export function page(parts: readonly string[]): string {
  return `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

export function section(title: string, text: string): string {
  return text.trim() === '' ? '' : `## ${title}\n\n${text.trim()}`;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function numbered(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item}`).join('\n');
}

export function either(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

export function words(id: string): string {
  return capital(id.replaceAll('-', ' '));
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Cells are texts; a bar in one is kept. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
