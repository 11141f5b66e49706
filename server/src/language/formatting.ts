import type { SyntaxDocument } from '../syntax/document.ts';
import { parseDocument } from '../syntax/parseDocument.ts';
import { applyEdits, type TextEdit } from '../syntax/textEdit.ts';
import type { Span } from '../syntax/tree.ts';
import { indentationOf } from './indentation.ts';
import { saysTheSame } from './sameText.ts';
import { spacingOf } from './spacing.ts';
import { lineStart } from './tokens.ts';

/**
 * Edits of white space after which a file is laid out evenly: one step of indentation (the file's own), one space where there
 * is one in braces and brackets, none at the ends of lines, one line end at the end. Words, comments, empty lines and the order
 * of everything stay, and so does what stands in which line. None when the file has a mistake in its syntax, and none
 * that would change what it says. `range`: only in its lines.
 */
export function formattingOf(document: SyntaxDocument, range?: Span): readonly TextEdit[] {
  const { problems, text } = document;
  // A lone carriage return ends a line for some readers and not for others.
  if (problems.length > 0 || /\r(?!\n)/.test(text) || isInBraces(document)) return [];
  const all = [...indentationOf(document), ...spacingOf(document)];
  const wanted = range ? within(all, wholeLines(text, range)) : all;
  const changing = wanted.filter(({ span, text: put }) => text.slice(span.start, span.end) !== put);
  if (changing.length === 0) return [];
  return saysTheSame(document, parseDocument(applyEdits(text, changing), document)) ? changing : [];
}

/** Written like JSON as a whole, or nothing at all. */
function isInBraces({ sections, text }: SyntaxDocument): boolean {
  const [first] = sections;
  return (
    !first ||
    text
      .slice(0, first.base + first.pair.start)
      .replace(/#.*/g, '')
      .includes('{')
  );
}

function wholeLines(text: string, { start, end }: Span): Span {
  const last = text.indexOf('\n', Math.max(start, end));
  return { start: lineStart(text, start), end: last < 0 ? text.length : last };
}

function within(edits: readonly TextEdit[], { start, end }: Span): readonly TextEdit[] {
  return edits.filter(({ span }) => start <= span.start && span.end <= end);
}
