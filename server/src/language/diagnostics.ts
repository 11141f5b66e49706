import { isOpen, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A line of the editor's list of problems. Plain text; absolute spans. */
export interface Diagnostic {
  readonly span: Span;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** The rule of a finding, or the code of a problem. */
  readonly code: string;
  readonly message: string;
  readonly related: readonly { readonly message: string; readonly span: Span }[];
  /** Text that has no effect. */
  readonly unnecessary: boolean;
  /** Of a finding. */
  readonly finding?: { readonly rule: string; readonly fingerprint: string };
}

/** More than this helps nobody and slows the editor down: they are sent again at every keystroke. */
export const MOST_DIAGNOSTICS = 500;
/** An editor lists them one below the other. */
const MOST_RELATED = 12;

/**
 * How an editor shows a finding: what must not ship is an error, what should be settled before is a warning, the rest is
 * for information. Never a hint, because editors leave hints out of their lists.
 */
const SHOWN_AS: Readonly<Record<Severity, Diagnostic['severity']>> = {
  critical: 'error',
  high: 'warning',
  medium: 'information',
  low: 'information',
};

/** Problems that say: this text has no effect. */
const UNNECESSARY: ReadonlySet<string> = new Set(['unused-property', 'acceptance-matches-nothing']);

const HEAVIEST_FIRST: readonly Diagnostic['severity'][] = ['error', 'warning', 'information', 'hint'];

/**
 * Mistakes in the file and findings as one list in source order. When there are too many, the heaviest are in it and the
 * last line says how many are not.
 */
export function diagnosticsOf(snapshot: Snapshot): readonly Diagnostic[] {
  const { catalogue, problems } = snapshot;
  const findings = snapshot.findings.filter(({ state }) => isOpen(state));
  const count = problems.length + findings.length;
  const most = count <= MOST_DIAGNOSTICS ? count : MOST_DIAGNOSTICS - 1;
  // The words of a finding are made when they are asked for, so choose before asking.
  const chosen: (() => Diagnostic)[] = [];
  for (const severity of HEAVIEST_FIRST) {
    for (const problem of problems) if (severityOf(problem) === severity) chosen.push(() => problemDiagnostic(problem));
    for (const finding of findings) if (SHOWN_AS[finding.severity] === severity) chosen.push(() => ofFinding(finding, catalogue));
    if (chosen.length >= most) break;
  }
  const shown = chosen
    .slice(0, most)
    .map((make) => make())
    .sort(bySource);
  return most < count ? [...shown, summary(count - most, snapshot)] : shown;
}

function summary(left: number, { text }: Snapshot): Diagnostic {
  return {
    span: { start: 0, end: Math.min(text.length, 1) },
    severity: 'warning',
    code: 'too-many',
    message: `${left} more problems and findings of this file are not shown here; the command line lists them all.`,
    related: [],
    unnecessary: false,
  };
}

/** What would satisfy a finding, in words; empty when nothing known would. */
export function missingText(finding: Finding, catalogue: Catalogue): string {
  const known = missingTexts.get(finding.missing);
  if (known !== undefined) return known;
  const title = (control: string): string => `"${catalogue.controls.get(control)?.title ?? control}"`;
  const sets = finding.missing.map((set) => set.map(title).join(' with '));
  const more = sets.length > 3 ? ` (or one of ${sets.length - 3} more ways)` : '';
  const shown = sets.slice(0, 3);
  const text = (shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}` : (shown[0] ?? '')) + more;
  missingTexts.set(finding.missing, text);
  return text;
}

/** Findings of one rule that lack the same share their list of alternatives. */
const missingTexts = new WeakMap<Finding['missing'], string>();

function ofFinding(finding: Finding, catalogue: Catalogue): Diagnostic {
  const rule = catalogue.rules.get(finding.rule);
  const missing = missingText(finding, catalogue);
  const principles = rule?.principles.map((principle) => principle.replaceAll('-', ' ')).join(', ') ?? '';
  const state = finding.state === 'open' ? '' : ` State: ${finding.state}.`;
  const message = [
    /[.!?]$/.test(finding.message) ? finding.message : `${finding.message}.`,
    missing && ` Needs ${missing}.`,
    state,
    principles && ` Principle: ${principles}.`,
  ].join('');
  return {
    span: finding.span,
    severity: SHOWN_AS[finding.severity],
    code: finding.rule,
    message,
    related: finding.related.slice(0, MOST_RELATED),
    unnecessary: false,
    finding: { rule: finding.rule, fingerprint: finding.fingerprint },
  };
}

/** A mistake in a file as the editor shows it. */
export function problemDiagnostic(problem: Problem): Diagnostic {
  return {
    span: problem.span,
    severity: severityOf(problem),
    code: problem.code,
    message: problem.message,
    related: (problem.related ?? []).slice(0, MOST_RELATED),
    unnecessary: UNNECESSARY.has(problem.code),
  };
}

function severityOf({ severity }: Problem): Diagnostic['severity'] {
  return severity === 'info' ? 'information' : severity;
}

function bySource(a: Diagnostic, b: Diagnostic): number {
  return a.span.start - b.span.start || HEAVIEST_FIRST.indexOf(a.severity) - HEAVIEST_FIRST.indexOf(b.severity) || a.span.end - b.span.end;
}
