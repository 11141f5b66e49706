import type { Span } from '../../syntax/index.ts';
import { rangeIn, type FileReport } from '../fileReport.ts';

/** Where a span is: the file, and its region with lines and columns from one. `artifact`: where the file is in the list of files. */
export function physical(file: FileReport, artifact: number, span: Span): object {
  return { artifactLocation: artifactOf(file, artifact), region: regionOf(file, span) };
}

export function artifactOf(file: FileReport, artifact: number): object {
  return { uri: uriOf(file.path), index: artifact };
}

export function regionOf(file: FileReport, span: Span): object {
  const { start, end } = rangeIn(file, span);
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** In a message of SARIF, brackets make a link: those of an author are only brackets. */
export function message(text: string): { readonly text: string } {
  return { text: text.replace(/[[\]\\]/g, '\\$&') };
}

/** A relative path stays a relative reference, which belongs to the root of the sources. */
export function uriOf(path: string): string {
  const parts = path.replace(/\p{Cs}/gu, '\ufffd').split('/');
  const [first = ''] = parts;
  if (/^[A-Za-z]:$/.test(first)) return `file:///${[first, ...parts.slice(1).map(encodeURIComponent)].join('/')}`;
  return `${first === '' ? 'file://' : ''}${parts.map(encodeURIComponent).join('/')}`;
}
