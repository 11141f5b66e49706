import type { SyntaxDocument } from '../syntax/document.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import { lineEnd, lineStart } from './tokens.ts';

/** A line that ends with a key and its colon, and nothing behind it but a comment. */
const OPEN = /^(\s*)((?:- +)*)(?:[\w$.-]+|"[^"]*"|'[^']*'):[ \t]*(?:#.*)?$/;

/** What is put in when a line was broken: the new line is indented when what stands above it is a key without a value. */
export function afterLineBreak({ indent, text }: Pick<SyntaxDocument, 'indent' | 'text'>, offset: number): readonly TextEdit[] {
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  if (start === 0 || text.slice(start, end).trim() !== '') return [];
  const above = text.slice(lineStart(text, start - 1), start).replace(/\r?\n$/, '');
  const [, margin, dashes] = OPEN.exec(above) ?? [];
  if (margin === undefined || dashes === undefined) return [];
  const wanted = ' '.repeat(margin.length + dashes.length + indent);
  const written = text.slice(start, end);
  return written === wanted ? [] : [{ span: { start, end }, text: wanted }];
}
