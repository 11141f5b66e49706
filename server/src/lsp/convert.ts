import {
  DiagnosticSeverity,
  DiagnosticTag,
  MarkupKind,
  type Diagnostic as LspDiagnostic,
  type Hover as LspHover,
  type Range,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { AUTHOR_RULE } from '../analysis/index.ts';
import type { Diagnostic } from '../language/diagnostics.ts';
import type { Hover } from '../language/hover.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { Span } from '../syntax/tree.ts';

/** The one place where offsets become ranges, and our words those of the protocol. */

export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function spanOf(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

const SEVERITIES: Readonly<Record<Diagnostic['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** `pages`: the client can show the page of a rule. `uriOf` gives the URIs of used files. */
export function toDiagnostic(
  document: TextDocument,
  diagnostic: Diagnostic,
  pages: boolean,
  uriOf = (file: string): string => file,
): LspDiagnostic {
  const { code, findings, related, message, severity, span, unnecessary } = diagnostic;
  const finding = findings.length === 1 ? findings[0] : undefined;
  return {
    range: rangeOf(document, span),
    severity: SEVERITIES[severity],
    source: 'threatwright',
    code,
    message,
    ...(pages && finding && finding.rule !== AUTHOR_RULE && { codeDescription: { href: pageUri('rule', finding.rule) } }),
    ...(unnecessary && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && {
      relatedInformation: related.map((place) => ({
        location: place.elsewhere
          ? { uri: uriOf(place.elsewhere.file), range: rangeOf(TextDocument.create('', '', 0, place.elsewhere.text), place.elsewhere.key) }
          : { uri: document.uri, range: rangeOf(document, place.span) },
        message: place.message,
      })),
    }),
    ...(findings.length > 0 && { data: finding ?? { findings } }),
  };
}

/** The page of the catalogue about a rule or a control. */
export function pageUri(kind: 'rule' | 'control', id: string): string {
  return `threatwright:/${kind}s/${encodeURIComponent(id)}.md`;
}

export function toHover(document: TextDocument, { markdown, span }: Hover): LspHover {
  return { contents: { kind: MarkupKind.Markdown, value: markdown }, range: rangeOf(document, span) };
}

export function toEdit(document: TextDocument, { span, text }: TextEdit): LspTextEdit {
  return { range: rangeOf(document, span), newText: text };
}

export function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}
