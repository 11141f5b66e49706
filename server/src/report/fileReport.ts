import { isOpen, type Finding, type FindingState } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import { LineIndex } from '../syntax/index.ts';
import type { Problem, Span } from '../syntax/index.ts';

/** What is reported of one file; every format is a pure function of a list of these. */
export interface FileReport {
  /** As the reader should see it: relative where possible, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  /** What the findings come from, when an organisation has rules of its own for this file. */
  readonly catalogue?: Catalogue;
  /** No model but a file of an organisation's rules. */
  readonly rules?: boolean;
}

/** Zero-based lines and UTF-16 characters. */
export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

const lineIndexes = new WeakMap<FileReport, LineIndex>();

function linesOf(file: FileReport): LineIndex {
  let lines = lineIndexes.get(file);
  if (!lines) lineIndexes.set(file, (lines = new LineIndex(file.text)));
  return lines;
}

export function rangeIn(file: FileReport, { start, end }: Span): Range {
  const lines = linesOf(file);
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** The text of a line, without its end. */
export function lineOf(file: FileReport, line: number): string {
  const lines = linesOf(file);
  return file.text.slice(lines.offsetAt({ line, character: 0 }), lines.offsetAt({ line, character: Number.POSITIVE_INFINITY }));
}

export interface Summary {
  readonly files: number;
  readonly problems: Readonly<Record<Problem['severity'], number>>;
  /** Findings that count, by severity as shown. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly states: Readonly<Record<FindingState, number>>;
}

export function summarise(files: readonly FileReport[]): Summary {
  const problems = { error: 0, warning: 0, info: 0, hint: 0 };
  const findings = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  const states = { open: 0, unstated: 0, partial: 0, planned: 0, accepted: 0, expired: 0, 'not-applicable': 0 };
  for (const file of files) {
    for (const problem of file.problems) problems[problem.severity]++;
    for (const finding of file.findings) {
      states[finding.state]++;
      if (isOpen(finding.state)) findings[finding.severity]++;
    }
  }
  return { files: files.length, problems, findings, states };
}

/** Whether a gate at this severity must fail: it looks at the full severity, whatever is planned. */
export function reaches(files: readonly FileReport[], threshold: Severity): boolean {
  const least = SEVERITIES.indexOf(threshold);
  return files.some(({ findings }) =>
    findings.some((finding) => isOpen(finding.state) && SEVERITIES.indexOf(finding.fullSeverity) >= least),
  );
}
