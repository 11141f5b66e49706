import type { Diagnostic as LspDiagnostic, Range } from 'vscode-languageserver';
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

/**
 * The diagnostics that a client was given last of one document. An edit changes a few of them: the others, which lie on
 * lines that are where they were, are given again as the same objects (===), so that they are neither made nor written anew.
 */
export class GivenDiagnostics {
  private readonly pages: boolean;
  private readonly uriOf: (file: string) => string;
  private last: ReadonlyMap<Diagnostic['findings'], LspDiagnostic> = new Map();
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
    const given = new Map<Diagnostic['findings'], LspDiagnostic>();
    const all = diagnostics.map((diagnostic) => {
      const { findings } = diagnostic;
      const before = this.last.get(findings);
      const now =
        before && isUntouched(before, changed, document.uri) ? before : toDiagnostic(document, diagnostic, this.pages, this.uriOf);
      if (findings.length > 0) given.set(findings, now);
      return now;
    });
    this.last = given;
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

/** Whether all places of a diagnostic are on lines that an edit leaves where they are. Nobody knows that of another file. */
function isUntouched({ range, relatedInformation }: LspDiagnostic, changed: ChangedLines, uri: string): boolean {
  if (!isOutside(range, changed)) return false;
  if (!relatedInformation) return true;
  for (const { location } of relatedInformation) if (location.uri !== uri || !isOutside(location.range, changed)) return false;
  return true;
}

function isOutside({ start, end }: Range, { first, last, shift }: ChangedLines): boolean {
  return end.line < first || (shift === 0 && start.line > last);
}
