import { isOpen, type Finding, type FindingState } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import type { Acceptance } from '../model/index.ts';
import { LineIndex } from '../syntax/index.ts';
import type { Problem, Span, TextEdit } from '../syntax/index.ts';

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
  /** What the author has accepted, with the reasons. */
  readonly acceptances?: readonly Acceptance[];
  /** What would clear a finding, by its fingerprint; not of every one. */
  readonly fixes?: ReadonlyMap<string, Fix>;
  /** Fingerprints of findings that an earlier run had already; absent when nothing is compared. */
  readonly known?: ReadonlySet<string>;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
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
  /** Findings that somebody must still act on, by severity as shown; with an earlier run, only the new ones. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly states: Readonly<Record<FindingState, number>>;
  /** Findings that count but were known to an earlier run. */
  readonly known: number;
}

export function summarise(files: readonly FileReport[]): Summary {
  const problems = { error: 0, warning: 0, info: 0, hint: 0 };
  const findings = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  const states = { open: 0, unstated: 0, partial: 0, planned: 0, accepted: 0, expired: 0, 'not-applicable': 0 };
  let known = 0;
  for (const file of files) {
    for (const problem of file.problems) problems[problem.severity]++;
    for (const finding of file.findings) {
      states[finding.state]++;
      if (!isOpen(finding.state)) continue;
      if (file.known?.has(finding.fingerprint)) known++;
      else findings[finding.severity]++;
    }
  }
  return { files: files.length, problems, findings, states, known };
}

/** What findings must be for a gate to close; `none`: it stays open. */
export type Threshold = Severity | 'none';

/** Whether a gate must close for a finding: it looks at the full severity, whatever is planned, and past what was known. */
export function blocks(finding: Finding, file: FileReport, threshold: Threshold): boolean {
  if (threshold === 'none' || !isOpen(finding.state) || file.known?.has(finding.fingerprint)) return false;
  return SEVERITIES.indexOf(finding.fullSeverity) >= SEVERITIES.indexOf(threshold);
}

/** Whether a gate must close for anything in these files. */
export function reaches(files: readonly FileReport[], threshold: Threshold): boolean {
  return files.some((file) => file.findings.some((finding) => blocks(finding, file, threshold)));
}
