/**
 * Text from a file as text in Markdown: no part of it is markup, HTML, a link or a line break, and characters that
 * reorder or hide other text are left out.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[\\`*_{}[\]()#+!<>|~&:@]|(?<=\bwww)\./gi, '\\$&')
    .trim();
}

/** The same, cut to about so many characters. */
export function escapeShort(text: string, most = 300): string {
  const characters = Array.from(text.slice(0, most * 4));
  return escapeMarkdown(characters.length > most ? `${characters.slice(0, most).join('')}…` : text.slice(0, most * 4));
}

/** An id or word of the file as code. */
export function code(text: string): string {
  const clean = text.replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu, ' ').trim();
  const longest = Math.max(0, ...Array.from(clean.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return clean === '' ? '` `' : longest > 0 ? `${fence} ${clean} ${fence}` : `${fence}${clean}${fence}`;
}
