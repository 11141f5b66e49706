import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from '../language/diagnostics.ts';
import { differenceOf } from '../syntax/textEdit.ts';
import { toDiagnostic } from './convert.ts';

/** The lines of a version that are not what they were in the one before, and by how many lines what follows has moved. */
interface ChangedLines {
  readonly first: number;
  readonly last: number;
  readonly shift: number;
}

/** A diagnostic, and the lines that it is about. */
interface Given {
  readonly now: LspDiagnostic;
  readonly lines: readonly number[];
}

/** Touched by every edit. */
const ANYWHERE = { start: { line: 0 }, end: { line: Infinity } };

/**
 * The diagnostics that a client was given last of one document. An edit changes a few of them: the others, which lie on
 * lines that are where they were, are given again as the same objects (===), so that they are neither made nor written anew.
 */
export class GivenDiagnostics {
  private readonly pages: boolean;
  private readonly uriOf: (file: string) => string;
  private last: ReadonlyMap<Diagnostic['findings'], Given> = new Map();
  private text = '';
  private lineCount = 1;

  /** See `toDiagnostic`. */
  constructor(pages: boolean, uriOf: (file: string) => string) {
    this.pages = pages;
    this.uriOf = uriOf;
  }

  /** The diagnostics of a version of the document, for the client. */
  give(document: TextDocument, diagnostics: readonly Diagnostic[]): LspDiagnostic[] {
    const changed = this.follow(document);
    const last = new Map<Diagnostic['findings'], Given>();
    const all = diagnostics.map((diagnostic) => {
      const { findings } = diagnostic;
      let given = this.last.get(findings);
      if (!given || !isUntouched(given, changed)) {
        const now = toDiagnostic(document, diagnostic, this.pages, this.uriOf);
        given = { now, lines: linesOf(now, document.uri) };
      }
      if (findings.length > 0) last.set(findings, given);
      return given.now;
    });
    this.last = last;
    return all;
  }

  private follow(document: TextDocument): ChangedLines {
    const text = document.getText();
    const { span, text: put } = differenceOf(this.text, text);
    const shift = document.lineCount - this.lineCount;
    this.text = text;
    this.lineCount = document.lineCount;
    return { first: document.positionAt(span.start).line, last: document.positionAt(span.start + put.length).line, shift };
  }
}

/** Whether all places of a diagnostic are on lines that an edit leaves where they are. */
function isUntouched({ lines }: Given, { first, last, shift }: ChangedLines): boolean {
  for (let at = 0; at < lines.length; at += 2) if (lines[at + 1]! >= first && (shift !== 0 || lines[at]! <= last)) return false;
  return true;
}

/** The first and last line of each place of a diagnostic, one after the other. Nobody knows what an edit does to those in other files. */
function linesOf({ range, relatedInformation = [] }: LspDiagnostic, uri: string): readonly number[] {
  const ranges = [range, ...relatedInformation.map(({ location }) => (location.uri === uri ? location.range : ANYWHERE))];
  return ranges.flatMap(({ start, end }) => [start.line, end.line]);
}
