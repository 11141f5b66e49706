import { el } from '../lib/dom.ts';

/**
 * A card's Markdown as DOM: paragraphs, lists, bold, italic, code, and escaped characters. Whatever else it says is text:
 * there is no HTML, no link and no picture, so nothing in it can do anything.
 */
export function renderMarkdown(markdown: string): readonly HTMLElement[] {
  return markdown
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.split('\n');
      if (lines.every((line) => line.startsWith('- '))) {
        return el('ul', {}, ...lines.map((line) => el('li', {}, ...inline(line.slice(2)))));
      }
      return el('p', {}, ...inline(lines.join(' ')));
    });
}

const SIGNS: readonly (readonly [string, 'strong' | 'em'])[] = [
  ['**', 'strong'],
  ['*', 'em'],
];

/** Text with marks inside a line. */
function inline(text: string): readonly (Node | string)[] {
  const parts: (Node | string)[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') parts.push(plain);
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    if (text[at] === '\\' && at + 1 < text.length) {
      plain += text[at + 1]!;
      at += 2;
      continue;
    }
    const code = text[at] === '`' ? /^(`+)(.+?)\1(?!`)/.exec(text.slice(at)) : null;
    if (code) {
      flush();
      parts.push(el('code', {}, code[2]!.trim()));
      at += code[0].length;
      continue;
    }
    const sign = SIGNS.find(([mark]) => text.startsWith(mark, at));
    const end = sign ? closing(text, at + sign[0].length, sign[0]) : -1;
    if (sign && end > at + sign[0].length) {
      flush();
      parts.push(el(sign[1], {}, ...inline(text.slice(at + sign[0].length, end))));
      at = end + sign[0].length;
      continue;
    }
    plain += text[at]!;
    at++;
  }
  flush();
  return parts;
}

/** Where a mark is closed; an escaped one closes nothing. */
function closing(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(mark, at)) return at;
  }
  return -1;
}
