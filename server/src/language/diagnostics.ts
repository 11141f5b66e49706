import { isOpen, missingText, presentText, type Finding } from '../analysis/index.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Span } from '../syntax/tree.ts';
import { declarationOf, elsewhere, type Elsewhere } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

/** `elsewhere`: where it really is, when another file declares it. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  readonly elsewhere?: Elsewhere;
}

/** A line of the editor's list of problems. Plain text; absolute spans. */
export interface Diagnostic {
  readonly span: Span;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** The rule of a finding, or the code of a problem. */
  readonly code: string;
  readonly message: string;
  readonly related: readonly Related[];
  /** Text that has no effect. */
  readonly unnecessary: boolean;
  /** The findings that it shows: none for a mistake in the file, several for what `MINOR_FINDINGS` sums up. */
  readonly findings: readonly { readonly rule: string; readonly fingerprint: string }[];
}

export interface DiagnosticOptions {
  /** Medium and low findings one by one, instead of one diagnostic a subject that counts and names them. */
  readonly expand: boolean;
  /** What else there is to say of the file: what an assessment saw. */
  readonly others?: readonly Problem[];
}

/** Code of a diagnostic that stands for several medium and low findings of one subject. */
export const MINOR_FINDINGS = 'several-findings';

/** More than this helps nobody and slows the editor down: they are sent again at every keystroke. */
export const MOST_DIAGNOSTICS = 500;
/** An editor lists them one below the other. */
const MOST_RELATED = 12;
/** Where not even all problems are listed: places are most of what is sent. */
const FEW_RELATED = 3;
/** Of the findings in one line. */
const MOST_NAMED = 6;

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
 * Mistakes in the file and findings as one list in source order. Critical and high findings stand alone. When there are
 * too many, the heaviest are in it and the last line says how many are not.
 */
export function diagnosticsOf(snapshot: Snapshot, { expand, others = [] }: DiagnosticOptions = { expand: false }): readonly Diagnostic[] {
  const problems = others.length > 0 ? [...snapshot.problems, ...others] : snapshot.problems;
  const alone: Finding[] = [];
  const minor: Finding[] = [];
  for (const finding of snapshot.findings) if (isOpen(finding.state)) (expand || !isMinor(finding) ? alone : minor).push(finding);
  const groups = grouped(minor);
  const count = problems.length + alone.length + groups.length;
  const most = count <= MOST_DIAGNOSTICS ? count : MOST_DIAGNOSTICS - 1;
  const places = most < count ? FEW_RELATED : MOST_RELATED;
  // The words of a finding are made when they are asked for, so choose before asking.
  const shown: Diagnostic[] = [];
  const show = <T>(
    things: readonly T[],
    level: Diagnostic['severity'],
    levelOf: (thing: T) => Diagnostic['severity'],
    make: (thing: T) => Diagnostic,
  ) => {
    for (const thing of things) {
      if (shown.length >= most) return;
      if (levelOf(thing) === level) shown.push(make(thing));
    }
  };
  const ofOne = (finding: Finding): Diagnostic => ofFinding(finding, snapshot, places);
  for (const level of HEAVIEST_FIRST) {
    show(problems, level, severityOf, problemDiagnostic);
    show(alone, level, ({ severity }) => SHOWN_AS[severity], ofOne);
    show(
      groups,
      level,
      ([first]) => SHOWN_AS[first.severity],
      (group) => (group.length > 1 ? ofGroup(group, snapshot, places) : ofOne(group[0])),
    );
  }
  shown.sort(bySource);
  return most < count ? [...shown, summary(count - most, snapshot)] : shown;
}

type Group = readonly [Finding, ...Finding[]];

/** Findings by subject, in the order of their first. */
function grouped(findings: readonly Finding[]): readonly Group[] {
  const bySubject = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const known = bySubject.get(finding.subject);
    if (known) known.push(finding);
    else bySubject.set(finding.subject, [finding]);
  }
  return [...bySubject.values()];
}

function isMinor({ severity }: Finding): boolean {
  return severity === 'medium' || severity === 'low';
}

function summary(left: number, { text }: Snapshot): Diagnostic {
  return {
    span: { start: 0, end: Math.min(text.length, 1) },
    severity: 'warning',
    code: 'too-many',
    message: `${left} more problems and findings of this file are not shown here; the command line lists them all.`,
    related: [],
    unnecessary: false,
    findings: [],
  };
}

/** One line for the lesser findings of a subject, at its own key: it counts and names them. */
function ofGroup(findings: Group, snapshot: Snapshot, places: number): Diagnostic {
  const { catalogue, model } = snapshot;
  const [first] = findings;
  const thing = model.elements.get(first.subject) ?? model.flows.get(first.subject) ?? model.boundaries.get(first.subject);
  const medium = findings.filter(({ severity }) => severity === 'medium').length;
  const counts = [medium > 0 && `${medium} medium`, medium < findings.length && `${findings.length - medium} low`].filter(
    (it) => it !== false,
  );
  const names = findings.slice(0, MOST_NAMED).map(({ rule }) => `${catalogue.rules.get(rule)?.title ?? rule} (${rule})`);
  const others = findings.length - names.length;
  if (others > 0) names.push(`${others} more`);
  return {
    span: (!thing?.origin && declarationOf(snapshot, { space: 'drawn', id: first.subject })?.key) || first.span,
    severity: SHOWN_AS[first.severity],
    code: MINOR_FINDINGS,
    message: `${thing ? (thing.title ?? thing.id) : 'The whole system'} has ${counts.join(' and ')} findings: ${names.join('; ')}.`,
    related: findings.slice(0, places).map(({ message, span }) => ({ message, span })),
    unnecessary: false,
    findings: findings.map(({ rule, fingerprint }) => ({ rule, fingerprint })),
  };
}

function ofFinding(finding: Finding, snapshot: Snapshot, places: number): Diagnostic {
  const { catalogue } = snapshot;
  const rule = catalogue.rules.get(finding.rule);
  const missing = missingText(finding, catalogue);
  const present = presentText(finding, catalogue);
  const principles = rule?.principles.map((principle) => principle.replaceAll('-', ' ')).join(', ') ?? '';
  const state = finding.state === 'open' ? '' : ` State: ${finding.state}.`;
  const message = [
    /[.!?]$/.test(finding.message) ? finding.message : `${finding.message}.`,
    present && ` In place: ${present}.`,
    missing && ` Needs ${missing}.`,
    state,
    principles && ` Principle: ${principles}.`,
  ].join('');
  return {
    span: finding.span,
    severity: SHOWN_AS[finding.severity],
    code: finding.rule,
    message,
    related: relatedOf(finding, snapshot, places),
    unnecessary: false,
    findings: [{ rule: finding.rule, fingerprint: finding.fingerprint }],
  };
}

function relatedOf({ related }: Finding, snapshot: Snapshot, places: number): Diagnostic['related'] {
  const shown = related.slice(0, places);
  if (snapshot.model.imported.length === 0) return shown;
  return shown.map((place) => {
    const other = elsewhere(snapshot, { space: 'drawn', id: place.subject });
    return other ? { ...place, elsewhere: other } : place;
  });
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
    findings: [],
  };
}

function severityOf({ severity }: Problem): Diagnostic['severity'] {
  return severity === 'info' ? 'information' : severity;
}

function bySource(a: Diagnostic, b: Diagnostic): number {
  return a.span.start - b.span.start || HEAVIEST_FIRST.indexOf(a.severity) - HEAVIEST_FIRST.indexOf(b.severity) || a.span.end - b.span.end;
}
