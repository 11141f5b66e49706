import { isOpen } from '../../analysis/index.ts';
import { distanceWithin } from '../../model/nearest.ts';
import type { Problem } from '../../syntax/problem.ts';
import { applyEdits, differenceOf, type TextEdit } from '../../syntax/textEdit.ts';
import { takeSnapshot, type Snapshot } from '../snapshot.ts';
import { remediesOf } from './mistakes/mistakes.ts';

/** Beyond so many mistakes in one file, each trial of a single one costs too much: they are made together or not at all. */
const MOST_ALONE = 20;
const TYPING_MISTAKES = 2;
const MOST_ROUNDS = 5;

/** Problems with one remedy that changes nothing that the author can have meant. */
const PLAIN: ReadonlySet<string> = new Set(['missing-version', 'not-a-date', 'tab-indentation', 'wrong-shape']);

/**
 * Edits that nobody has to think about: names and values with a typing mistake and one candidate, their canonical case,
 * a missing version, dates and shapes with one reading. They add no control that is not written, no error and no finding;
 * made again on the edited text, there are none left of them.
 */
export function safeFixes(snapshot: Snapshot): readonly TextEdit[] {
  let known = remembered.get(snapshot);
  if (!known) remembered.set(snapshot, (known = repeatedly(snapshot, MOST_ROUNDS)));
  return known;
}

/** What is mended may show another mistake that was behind it. */
function repeatedly(snapshot: Snapshot, rounds: number): readonly TextEdit[] {
  const edits = settle(snapshot, candidatesOf(snapshot));
  if (edits.length === 0 || rounds === 1) return edits;
  const text = applyEdits(snapshot.text, edits);
  const after = takeSnapshot(text, snapshot.catalogue, snapshot.today, snapshot);
  const more = repeatedly(after, rounds - 1);
  return more.length === 0 ? edits : [differenceOf(snapshot.text, applyEdits(text, more))];
}

const remembered = new WeakMap<Snapshot, readonly TextEdit[]>();

/** One group of edits a problem; those that overlap an earlier one wait for the next time. */
function candidatesOf(snapshot: Snapshot): readonly (readonly TextEdit[])[] {
  const groups: (readonly TextEdit[])[] = [];
  let end = -1;
  for (const problem of snapshot.problems) {
    const edits = safeRemedy(snapshot, problem);
    if (!edits || edits.some(({ span }) => span.start < end)) continue;
    end = Math.max(end, ...edits.map(({ span }) => Math.max(span.end, span.start + 1)));
    groups.push(edits);
  }
  return groups;
}

function safeRemedy(snapshot: Snapshot, problem: Problem): readonly TextEdit[] | undefined {
  const { code, span, suggestions = [] } = problem;
  if (PLAIN.has(code)) {
    const [first, second] = remediesOf(snapshot, problem);
    return second ? undefined : first?.edits;
  }
  const written = snapshot.text.slice(span.start, span.end).toLowerCase();
  const equal = suggestions.filter((text) => text.toLowerCase() === written);
  const near = equal.length > 0 ? equal : suggestions;
  const [only] = near;
  if (only === undefined || near.length > 1 || distanceWithin(written, only.toLowerCase(), TYPING_MISTAKES) === undefined) return undefined;
  return [{ span, text: only }];
}

/** All of them if together they add nothing; else those of which each alone adds nothing, as long as that stays so. */
function settle(snapshot: Snapshot, groups: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const all = groups.flat();
  if (all.length === 0 || addsNothing(snapshot, all)) return all;
  if (groups.length > MOST_ALONE) return [];
  let kept: readonly TextEdit[] = [];
  for (const group of groups) {
    const more = [...kept, ...group];
    if (addsNothing(snapshot, more)) kept = more;
  }
  return kept;
}

function addsNothing(before: Snapshot, edits: readonly TextEdit[]): boolean {
  const after = takeSnapshot(applyEdits(before.text, edits), before.catalogue, before.today, before);
  const errors = ({ problems }: Snapshot): number => problems.filter(({ severity }) => severity === 'error').length;
  if (errors(after) > errors(before)) return false;
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  return after.findings.every(({ state, fingerprint }) => !isOpen(state) || known.has(fingerprint));
}
