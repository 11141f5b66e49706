import { isOpen, type Finding } from '../../analysis/index.ts';
import type { Problem } from '../../syntax/problem.ts';
import type { Span } from '../../syntax/tree.ts';
import type { Snapshot } from '../snapshot.ts';
import { organized } from '../organize.ts';
import { FIX_ALL, ORGANIZE, type Action, type ActionKind } from './action.ts';
import { fixAllOfRule } from './fixRule.ts';
import { remediesOf } from './mistakes/mistakes.ts';
import { moves } from './move.ts';
import { notations } from './notation.ts';
import { safeFixes } from './safeFixes.ts';
import { splits } from './splitFlow.ts';
import { thingsIn } from './thingsIn.ts';
import { waysOut } from './waysOut.ts';

/** Findings that actions are offered for at one place: the heaviest. */
const MOST_FINDINGS = 20;

/**
 * What can be done at a range, one by one, so that a caller can stop in between: what clears its mistakes and findings,
 * then other ways to write it and to arrange it.
 */
export function* actionsAt(snapshot: Snapshot, range: Span, wants: (kind: ActionKind) => boolean): Generator<Action> {
  if (wants('quickfix')) yield* quickFixes(snapshot, range);
  if (wants('refactor.rewrite')) {
    yield* notations(snapshot, range.start);
    yield* splits(snapshot, range.start);
  }
  if (wants('refactor.move')) yield* moves(snapshot, range.start);
  // Only when asked for: as a light bulb on every line it would be noise.
  if (wants(FIX_ALL)) {
    yield {
      kind: FIX_ALL,
      title: 'Fix all that is safe to fix',
      preferred: false,
      about: undefined,
      edits: () => nonEmpty(safeFixes(snapshot)),
    };
  }
  if (wants(ORGANIZE)) {
    const title = 'Put sections, boundaries, elements and flows in order';
    yield { kind: ORGANIZE, title, preferred: false, about: undefined, edits: () => nonEmpty(organized(snapshot)) };
  }
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** What clears the problems and findings in a range: fixes of all of them first, then what else can be said of each. */
export function* quickFixes(snapshot: Snapshot, range: Span): Generator<Action> {
  for (const problem of problemsIn(snapshot, range)) {
    let first = true;
    for (const { title, edits, doubtful = false } of remediesOf(snapshot, problem)) {
      yield { kind: 'quickfix', title, preferred: first && !doubtful, about: problem, edits: () => edits };
      first = false;
    }
  }
  const others: Action[] = [];
  const rules = new Set<string>();
  for (const finding of findingsIn(snapshot, range)) {
    for (const { kind, title, preferred, edits } of waysOut(snapshot, finding)) {
      const action: Action = { kind: 'quickfix', title, preferred, about: finding, edits: () => edits };
      if (kind === 'fix') yield action;
      else others.push(action);
    }
    const all = rules.has(finding.rule) ? undefined : fixAllOfRule(snapshot, finding);
    rules.add(finding.rule);
    if (all) others.push(all);
  }
  yield* others;
}

function touches(span: Span, range: Span): boolean {
  return span.start <= range.end && span.end >= range.start;
}

function problemsIn({ problems }: Snapshot, range: Span): readonly Problem[] {
  return problems.filter(({ span }) => touches(span, range));
}

/** The open findings whose line is in a range; at the key of a thing are its lesser findings, wherever each of them belongs. */
export function findingsIn(snapshot: Snapshot, range: Span): readonly Finding[] {
  const subjects = thingsIn(snapshot, range);
  return snapshot.findings
    .filter(({ span, state, subject }) => isOpen(state) && (touches(span, range) || subjects.has(subject)))
    .slice(0, MOST_FINDINGS);
}
