/** The few tokens of YAML that finding a place in unfinished text needs. Offsets in, offsets out. */

export interface KeyToken {
  /** The key's span, without its quotes. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly colon: number;
}

/** The first offset at or after `position` that is neither space nor tab. */
export function skipBlanks(text: string, position: number): number {
  let at = position;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at;
}

/** Where the line ends that `position` is on: before its line break. */
export function lineEnd(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  if (end < 0) return text.length;
  return end > position && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** Where the line begins that `offset` is on. */
export function lineStart(text: string, offset: number): number {
  // A place before the text is taken for its first character, which may end a line itself.
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line begins below the one that `position` is on; past the end of the text when there is none. */
export function nextLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end < 0 ? text.length + 1 : end + 1;
}

/** Whether a list item begins at `position`. */
export function isDash(text: string, position: number): boolean {
  return text.charAt(position) === '-' && /^\s?$/.test(text.charAt(position + 1));
}

function isBreak(char: string): boolean {
  return char === '\n' || char === '\r' || char === '';
}

/** The `key:` that begins at `start` on this line, if there is one. */
export function keyAt(text: string, start: number): KeyToken | undefined {
  const first = text.charAt(start);
  if (first === '"' || first === "'") {
    const close = endOfQuoted(text, start, 0, true);
    const colon = skipBlanks(text, close.end);
    if (!close.closed || text.charAt(colon) !== ':') return undefined;
    return { start: start + 1, end: close.end - 1, text: text.slice(start + 1, close.end - 1), colon };
  }
  if ('{}[],#&*!|>%@`'.includes(first)) return undefined;
  for (let at = start; ; at++) {
    const char = text.charAt(at);
    if (isBreak(char) || (char === '#' && /\s/.test(text.charAt(at - 1)))) return undefined;
    if (char === ':' && (isBreak(text.charAt(at + 1)) || /\s/.test(text.charAt(at + 1)))) {
      const written = text.slice(start, at).trimEnd();
      return { start, end: start + written.length, text: written, colon: at };
    }
  }
}

/** Where a plain scalar ends that begins at `start`: before a comment or the end of the line. */
export function endOfPlain(text: string, start: number, lineEnd: number): number {
  let last = start;
  for (let at = start; at < lineEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) continue;
    if (code === 35 && at > start && /\s/.test(text.charAt(at - 1))) break;
    last = at + 1;
  }
  return last;
}

/**
 * Where a quoted scalar ends that begins at `start`. One that is never closed ends with its line when the line below it
 * is indented no more than `indent`, so that a forgotten quote does not swallow the file.
 */
export function endOfQuoted(
  text: string,
  start: number,
  indent: number,
  oneLine = false,
): { readonly end: number; readonly closed: boolean } {
  const quote = text.charAt(start);
  let line = -1;
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote === '"') at++;
    else if (char === quote) {
      if (quote === "'" && text.charAt(at + 1) === "'") at++;
      else return { end: at + 1, closed: true };
    } else if (char === '\n') {
      if (line < 0) line = text.charAt(at - 1) === '\r' ? at - 1 : at;
      const content = skipBlanks(text, at + 1);
      if (oneLine || (!isBreak(text.charAt(content)) && content - at - 1 <= indent)) return { end: line, closed: false };
    }
  }
  return { end: line < 0 ? text.length : line, closed: false };
}
