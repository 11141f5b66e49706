import type { Diagnostic as LspDiagnostic, Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from '../language/diagnostics.ts';
import type { Span } from '../syntax/tree.ts';
import { toDiagnostic } from './convert.ts';

/**
 * The diagnostics that a client was given last of one document. An edit changes a few of them: the others are given again
 * as the same objects (===), so that they are neither made nor written anew.
 */
export class GivenDiagnostics {
  private readonly pages: boolean;
  private readonly uriOf: (file: string) => string;
  private last: ReadonlyMap<Diagnostic['findings'], LspDiagnostic> = new Map();

  /** See `toDiagnostic`. */
  constructor(pages: boolean, uriOf: (file: string) => string) {
    this.pages = pages;
    this.uriOf = uriOf;
  }

  /** The diagnostics of a version of the document, for the client. */
  give(document: TextDocument, diagnostics: readonly Diagnostic[]): LspDiagnostic[] {
    const given = new Map<Diagnostic['findings'], LspDiagnostic>();
    const all = diagnostics.map((diagnostic) => {
      const { findings } = diagnostic;
      const before = this.last.get(findings);
      const isSame = before !== undefined && saysTheSame(before, diagnostic, document);
      const now = isSame ? before : toDiagnostic(document, diagnostic, this.pages, this.uriOf);
      if (findings.length > 0) given.set(findings, now);
      return now;
    });
    this.last = given;
    return all;
  }
}

/** Whether what was made of a diagnostic with the same findings is still right in this version of the document. */
function saysTheSame(before: LspDiagnostic, { code, message, related, span }: Diagnostic, document: TextDocument): boolean {
  const places = before.relatedInformation ?? [];
  return (
    before.message === message &&
    before.code === code &&
    places.length === related.length &&
    isAt(before.range, span, document) &&
    related.every((place, at) => {
      const { location, message: said } = places[at]!;
      return !place.elsewhere && said === place.message && location.uri === document.uri && isAt(location.range, place.span, document);
    })
  );
}

function isAt({ start, end }: Range, span: Span, document: TextDocument): boolean {
  return isPosition(start, span.start, document) && isPosition(end, span.end, document);
}

/** Whether `positionAt` would say the same. An offset behind the end of a line is one of another line. */
function isPosition(position: Position, offset: number, document: TextDocument): boolean {
  const { character, line } = position;
  return document.offsetAt(position) === offset && document.offsetAt({ line, character: 0 }) + character === offset;
}
