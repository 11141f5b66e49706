import type { Problem } from './problem.ts';

/** What a file may ask of us. Beyond a limit there is one problem, and the rest of the file is read. */
export const LIMITS = {
  /** UTF-16 units of a file. */
  size: 64 * 1024 * 1024,
  /** Collections inside each other. */
  depth: 200,
  /** Aliases expanded in one piece of text. */
  aliases: 100,
  /** Nodes that all expanded aliases may have together. */
  aliasNodes: 10_000,
  /** Levels that one expanded alias may have. */
  aliasDepth: 100,
} as const;

/**
 * Where nesting goes beyond the limit, found before the tolerant reader sees the text; `undefined` when it does not.
 * An estimate that errs only on strange text: it counts indentation, list dashes on one line, and open brackets.
 */
export function tooDeepAt(text: string): number | undefined {
  if (text.length <= LIMITS.depth) return undefined;
  const indents: number[] = [];
  let brackets = 0;
  let at = 0;
  while (at < text.length) {
    let content = at;
    while (text.charCodeAt(content) === 32) content++;
    const first = text.charCodeAt(content);
    const blank = first === 10 || first === 13 || Number.isNaN(first) || first === 35;
    let dashes = 0;
    if (!blank && brackets === 0) {
      const indent = content - at;
      while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
      indents.push(indent);
      while (isDash(text, content)) {
        dashes++;
        content += 2;
        if (indents.length + dashes > LIMITS.depth) return content - 2;
      }
      if (indents.length + dashes > LIMITS.depth) return content;
    }
    let mayOpen = true;
    for (at = content; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10) break;
      if (code === 32 || code === 9 || code === 13) continue;
      if (code === 35 && /\s/.test(text.charAt(at - 1))) {
        const end = text.indexOf('\n', at);
        at = end < 0 ? text.length : end;
        break;
      }
      if ((code === 34 || code === 39) && mayOpen) {
        at = endOfQuoted(text, at, code);
        mayOpen = false;
        continue;
      }
      if ((code === 91 || code === 123) && (mayOpen || brackets > 0)) {
        if (++brackets + indents.length + dashes > LIMITS.depth) return at;
        mayOpen = true;
        continue;
      }
      if ((code === 93 || code === 125) && brackets > 0) brackets--;
      mayOpen = code === 58 || code === 44;
    }
    at++;
  }
  return undefined;
}

export function tooDeep(start: number): Problem {
  return {
    code: 'limit-depth',
    severity: 'error',
    message: `This is nested deeper than ${LIMITS.depth} levels and is not read: make it flatter.`,
    span: { start, end: start + 1 },
  };
}

function isDash(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 45 || code === 63) && text.charCodeAt(at + 1) === 32;
}

/** The place of the closing quote; of the line's end when there is none on the line (half-typed). */
function endOfQuoted(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at - 1;
    if (code === 92 && quote === 34) at++;
    else if (code === quote) return at;
  }
  return text.length;
}
