import { isOpen, type Found } from '../analysis/index.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import { wordsOf, wordsOfSeveral, type FindingWords } from './findingWords.ts';
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
  /** Looked up when they are asked for. */
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
/** Related places of one diagnostic: an editor lists them one below the other. */
const MOST_RELATED = 12;
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
  const { found } = snapshot.analysis;
  const isAlone = (one: Found): boolean => expand || !isMinor(one);
  let [alone, minor] = [0, 0];
  found.forEach((one) => {
    if (!isOpen(one.state)) return;
    if (isAlone(one)) alone++;
    else minor++;
  });
  const room = MOST_DIAGNOSTICS - problems.length - alone;
  const groups = minor > 0 && room > 0 ? grouped(found.filter((one) => isOpen(one.state) && !isAlone(one))) : [];
  const isAll = room >= (minor > 0 ? Math.max(groups.length, 1) : 0);
  const most = isAll ? MOST_DIAGNOSTICS : MOST_DIAGNOSTICS - 1;
  const places = isAll ? MOST_RELATED : FEW_RELATED;
  // Places and words of a finding are made when they are asked for, so choose before asking.
  const shown: Diagnostic[] = [];
  let [at, left] = [0, problems.length + alone + minor];
  const show = (diagnostic: Diagnostic, count: number): void => {
    shown.push(diagnostic);
    left -= count;
  };
  const relatedIn = ({ related }: FindingWords): readonly Related[] => related.map((place) => placed(place, snapshot));
  const ofOne = (one: Found): Diagnostic => {
    return new FindingDiagnostic(snapshot.analysis.placed(one).span, one, wordsOf(one, snapshot, places), relatedIn);
  };
  for (const level of HEAVIEST_FIRST) {
    for (const problem of problems) if (shown.length < most && severityOf(problem) === level) show(problemDiagnostic(problem), 1);
    // The heaviest are first in the list.
    for (; at < found.length && shown.length < most && SHOWN_AS[found[at]!.severity] === level; at++) {
      if (isOpen(found[at]!.state) && isAlone(found[at]!)) show(ofOne(found[at]!), 1);
    }
    for (const group of groups) {
      if (shown.length >= most || SHOWN_AS[group[0].severity] !== level) continue;
      show(group.length > 1 ? ofGroup(group, snapshot, places) : ofOne(group[0]), group.length);
    }
  }
  shown.sort(bySource);
  return isAll ? shown : [...shown, summary(left, snapshot)];
}

type Group = readonly [Found, ...Found[]];

/** Findings by subject, in the order of their first. */
function grouped(found: readonly Found[]): readonly Group[] {
  const groups = new Map<string, [Found, ...Found[]]>();
  for (const one of found) {
    const group = groups.get(one.subject);
    if (group) group.push(one);
    else groups.set(one.subject, [one]);
  }
  return [...groups.values()];
}

function isMinor({ severity }: Found): boolean {
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

/** Of one finding, or of several. Small, because of most nothing but the place is asked for after an edit. */
class FindingDiagnostic implements Diagnostic {
  readonly span: Span;
  readonly #first: Found;
  readonly #words: FindingWords;
  readonly #relatedOf: (words: FindingWords) => readonly Related[];

  constructor(span: Span, first: Found, words: FindingWords, relatedOf: (words: FindingWords) => readonly Related[]) {
    this.span = span;
    this.#first = first;
    this.#words = words;
    this.#relatedOf = relatedOf;
  }

  get severity(): Diagnostic['severity'] {
    return SHOWN_AS[this.#first.severity];
  }

  get code(): string {
    return this.findings.length > 1 ? MINOR_FINDINGS : this.#first.rule;
  }

  get message(): string {
    return this.#words.message;
  }

  get related(): readonly Related[] {
    return this.#relatedOf(this.#words);
  }

  get unnecessary(): boolean {
    return false;
  }

  get findings(): Diagnostic['findings'] {
    return this.#words.findings;
  }
}

/** One line for the lesser findings of a subject, at its own key: it counts and names them. */
function ofGroup(group: Group, snapshot: Snapshot, places: number): Diagnostic {
  const [first] = group;
  const { analysis, model } = snapshot;
  const key = drawn(model, first.subject)?.origin ? undefined : declarationOf(snapshot, { space: 'drawn', id: first.subject })?.key;
  const span = key ?? analysis.placed(first).span;
  return new FindingDiagnostic(span, first, wordsOfSeveral(group, snapshot, places), ({ related }) =>
    related.map(({ message }, at) => ({ message, span: analysis.placed(group[at]!).span })),
  );
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
