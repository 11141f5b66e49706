import type { Problem } from './problem.ts';
import type { Fault } from './tolerantReader.ts';

interface Wording {
  readonly message: (written: string) => string;
  /** What follows on other lines is still to be trusted. */
  readonly local: boolean;
}

const WORDS: Readonly<Record<Fault['kind'], Wording>> = {
  'missing-colon': { message: (written) => `Write a colon and a value after "${shorten(written)}", or remove it.`, local: true },
  'unclosed-quote': { message: () => 'This quote is never closed: add the closing quote.', local: false },
  'unclosed-bracket': { message: (written) => `This bracket is never closed: add "${written === '{' ? '}' : ']'}".`, local: false },
  'bad-indentation': { message: () => 'This line does not line up with the lines around it: change its indentation.', local: false },
  'tab-indentation': { message: () => 'YAML does not allow tabs as indentation: use spaces.', local: false },
  'bad-escape': { message: () => 'Unknown escape: write "\\\\" for a backslash, or use single quotes.', local: true },
  'missing-comma': { message: () => 'A comma or a colon is missing here.', local: true },
  'second-colon': {
    message: () => 'A second key cannot begin on this line: put the value in quotes, or on lines of its own.',
    local: true,
  },
  'bad-character': { message: () => 'A value cannot begin with this character: put it in quotes.', local: true },
  'unexpected-text': { message: () => 'This does not belong here: a comma, a colon or a closing mark is missing before it.', local: false },
  syntax: { message: () => 'This cannot be read as YAML: check the quotes, brackets and indentation here.', local: false },
};

/**
 * The problems to show: at most one a line, and none after the first fault that makes the rest of the chunk doubtful.
 * `doubtfulFrom` is where that is.
 */
export function problemsOf(faults: readonly Fault[], text: string): { readonly problems: Problem[]; readonly doubtfulFrom: number } {
  const problems: Problem[] = [];
  let lineEnd = -1;
  for (const { kind, span } of faults) {
    if (span.start <= lineEnd) continue;
    const words = WORDS[kind];
    problems.push({ code: kind, severity: 'error', message: words.message(text.slice(span.start, span.end)), span });
    if (!words.local) return { problems, doubtfulFrom: span.start };
    const end = text.indexOf('\n', span.start);
    lineEnd = end < 0 ? text.length : end;
  }
  return { problems, doubtfulFrom: Infinity };
}

export function faultProblem(fault: Fault, text: string): Problem {
  const { kind, span } = fault;
  return { code: kind, severity: 'error', message: WORDS[kind].message(text.slice(span.start, span.end)), span };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
