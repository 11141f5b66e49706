import { parseDocument } from '../../../syntax/index.ts';
import { applyEdits, type TextEdit } from '../../../syntax/textEdit.ts';
import { lineEnd, nextLine } from '../../tokens.ts';
import type { Cure, Mistake, Remedy } from './remedy.ts';

/** Cures for text that cannot be read. Each is given only where the edited text can be read better. */
export const TEXTS: Readonly<Record<string, Cure>> = {
  'missing-colon': (mistake) => [mend(mistake, 'Add a colon', insert(mistake.problem.span.end, ':'))],
  'unclosed-quote': (mistake) => {
    const { text, start, end } = lineOf(mistake);
    const quote = text.charAt(start);
    return [mend(mistake, 'Close the quote', insert(start + text.slice(start, end).trimEnd().length, quote))];
  },
  'unclosed-bracket': (mistake) => {
    const { text, start, end } = lineOf(mistake);
    const close = text.charAt(start) === '{' ? ' }' : ']';
    const written = text.slice(start, end).replace(/[\s,]+$/, '').length;
    return [
      mend(mistake, `Add "${close.trim()}"`, {
        span: { start: start + written, end: start + text.slice(start, end).trimEnd().length },
        text: close,
      }),
    ];
  },
  'tab-indentation': (mistake) => [mend(mistake, 'Indent with spaces', ...withoutTabs(mistake))],
  'second-colon': (mistake) => [quoteValue(mistake)],
  'bad-character': (mistake) => [quoteValue(mistake)],
  'bad-escape': (mistake) => {
    const { start, end } = mistake.problem.span;
    const escape = mistake.snapshot.text.slice(start, end);
    return [mend(mistake, 'Write a backslash', { span: { start, end }, text: `\\${escape}` })];
  },
  'unknown-alias': (mistake) => [quoteSpan(mistake)],
  'key-not-text': (mistake) => [quoteSpan(mistake)],
  'invalid-character': (mistake) => [mend(mistake, 'Remove it', { span: mistake.problem.span, text: '' })],
  'confusable-text': ({ problem, snapshot: { text } }) => {
    const visible = text.slice(problem.span.start, problem.span.end).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '');
    return [{ title: 'Remove invisible characters', edits: [{ span: problem.span, text: visible }] }];
  },
  tag: (mistake) => {
    const { text, start } = lineOf(mistake);
    const tag = /^![^\s,[\]{}]*\s*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
    return [mend(mistake, 'Remove the tag', { span: { start, end: start + tag.length }, text: '' })];
  },
  directive: (mistake) => {
    const { text, start } = lineOf(mistake);
    return [mend(mistake, 'Remove this line', { span: { start, end: Math.min(text.length, nextLine(text, start)) }, text: '' })];
  },
};

function insert(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}

function lineOf({ problem, snapshot: { text } }: Mistake): { readonly text: string; readonly start: number; readonly end: number } {
  const { start } = problem.span;
  return { text, start, end: lineEnd(text, start) };
}

/** The remedy, if the text can be read better with it. */
function mend({ snapshot }: Mistake, title: string, ...edits: readonly TextEdit[]): Remedy {
  const errors = (document: { readonly problems: readonly { readonly severity: string }[] }): number =>
    document.problems.filter(({ severity }) => severity === 'error').length;
  const isBetter = edits.length > 0 && errors(parseDocument(applyEdits(snapshot.text, edits), snapshot.syntax)) < errors(snapshot.syntax);
  return { title, edits: isBetter ? edits : undefined };
}

/** Spaces for the tabs in the indentation of all lines, as deep as the file is indented. */
function withoutTabs({ snapshot: { text, syntax } }: Mistake): TextEdit[] {
  return [...text.matchAll(/^ *\t[ \t]*/gm)].map(({ index, 0: margin }) => ({
    span: { start: index, end: index + margin.length },
    text: margin.replaceAll('\t', ' '.repeat(syntax.indent)),
  }));
}

/** Quotes around the value that the mistake is in: from behind the colon or dash to the end of the line. */
function quoteValue(mistake: Mistake): Remedy {
  const { text, start, end } = lineOf(mistake);
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const [, before = '', value = ''] = /^(\s*(?:- +)?(?:[\w-]+: +)?)(.*?)\s*$/s.exec(text.slice(line, end)) ?? [];
  const from = line + before.length;
  return mend(mistake, 'Put the value in quotes', { span: { start: from, end: from + value.length }, text: JSON.stringify(value) });
}

function quoteSpan(mistake: Mistake): Remedy {
  const { span } = mistake.problem;
  return mend(mistake, 'Put it in quotes', { span, text: JSON.stringify(mistake.snapshot.text.slice(span.start, span.end)) });
}
