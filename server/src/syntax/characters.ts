import type { Problem } from './problem.ts';

const FORBIDDEN =
  // Everything outside YAML's printable set, a byte order mark inside the text, halves of surrogate pairs.
  /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]+/gu;
const INVISIBLE = /[\u00a0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]/u;

/** A key that looks like another one: it has characters that show nothing, or that turn the direction of the text. */
export function hasInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

/**
 * The text that the readers get: characters that YAML forbids become U+FFFD, one for one, so that every offset stays.
 * Each line has at most one problem.
 */
export function cleanCharacters(text: string): { readonly text: string; readonly problems: readonly Problem[] } {
  FORBIDDEN.lastIndex = 0;
  if (!FORBIDDEN.test(text)) return { text, problems: [] };
  const problems: Problem[] = [];
  let reportedTo = -1;
  const cleaned = text.replace(FORBIDDEN, (run, start: number) => {
    if (start > reportedTo) {
      const code = (run.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      problems.push({
        code: 'invalid-character',
        severity: 'error',
        message: `The character U+${code} is not allowed in YAML: remove it.`,
        span: { start, end: start + run.length },
      });
      const lineEnd = text.indexOf('\n', start);
      reportedTo = lineEnd < 0 ? text.length : lineEnd;
    }
    return '\ufffd'.repeat(run.length);
  });
  return { text: cleaned, problems };
}
