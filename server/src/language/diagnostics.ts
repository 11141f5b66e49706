import { isOpen, type Finding } from '../analysis/index.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import { MOST_RELATED, wordsOf, wordsOfSeveral, type FindingWords } from './findingWords.ts';
import { drawn } from './meaning.ts';
import { declarationOf, elsewhere, type Elsewhere } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

/** `elsewhere`: where it really is, when another file declares it. */
export interface Related {
  /** Of a place in the model, the id. */
  readonly subject?: string;
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
  /**
   * The findings that it shows: none for a mistake in the file, several for what `MINOR_FINDINGS` sums up. The same list in
   * every version of a text in which nothing else of the diagnostic but its places has changed.
   */
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
/** Where not even all problems are listed: places are most of what is sent. */
const FEW_RELATED = 3;

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
  const { groups, subjects } = grouped(minor, MOST_DIAGNOSTICS - alone.length);
  const count = problems.length + alone.length + subjects;
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

/** Findings by subject, in the order of their first: those of so many subjects, and how many subjects there are. */
function grouped(findings: readonly Finding[], most: number): { readonly groups: readonly Group[]; readonly subjects: number } {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  const others = new Set<string>();
  for (const finding of findings) {
    const { subject } = finding;
    const known = most > 0 ? groups.get(subject) : undefined;
    if (known) known.push(finding);
    else if (groups.size < most) groups.set(subject, [finding]);
    else others.add(subject);
  }
  return { groups: [...groups.values()], subjects: groups.size + others.size };
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
function ofGroup(group: Group, snapshot: Snapshot, places: number): Diagnostic {
  const [first] = group;
  const { findings, message } = wordsOfSeveral(group, snapshot);
  const thing = drawn(snapshot.model, first.subject);
  return {
    span: (!thing?.origin && declarationOf(snapshot, { space: 'drawn', id: first.subject })?.key) || first.span,
    severity: SHOWN_AS[first.severity],
    code: MINOR_FINDINGS,
    message,
    related: group.slice(0, places).map((finding) => ({ message: finding.message, span: finding.span })),
    unnecessary: false,
    findings,
  };
}

function ofFinding(finding: Finding, snapshot: Snapshot, places: number): Diagnostic {
  const { findings, message, related } = wordsOf(finding, snapshot);
  return {
    span: finding.span,
    severity: SHOWN_AS[finding.severity],
    code: finding.rule,
    message,
    related: related.slice(0, places).map((place) => placed(place, snapshot)),
    unnecessary: false,
    findings,
  };
}

function placed(place: FindingWords['related'][number], snapshot: Snapshot): Related {
  const { model } = snapshot;
  const { message, subject } = place;
  const thing = drawn(model, subject);
  const span = thing ? absolute(model.baseOf(thing), thing.pair.key) : { start: 0, end: 0 };
  const other = model.imported.length > 0 ? elsewhere(snapshot, { space: 'drawn', id: subject }) : undefined;
  return other ? { ...place, span, elsewhere: other } : { subject, message, span };
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
