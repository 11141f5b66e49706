import { bestGiver, isOpen, type Finding } from '../analysis/index.ts';
import { SEVERITIES, type ElementTest, type Rule } from '../catalogue/rule.ts';
import type { Control } from '../catalogue/vocabulary.ts';
import { applyEdits, type TextEdit } from '../syntax/textEdit.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Span } from '../syntax/tree.ts';
import { isStated, nameOf } from './actions/givers.ts';
import { addControl, setProperty } from './edits.ts';
import { declarationOf } from './occurrences.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

export interface QuickFix {
  /** In words: `Add control "Human approval" to flow refund`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one to choose when there is a choice. */
  readonly preferred: boolean;
  /** What it clears. */
  readonly clears: { readonly problem: Problem } | { readonly finding: Finding };
}

// Each one costs an analysis of the edited text.
const MOST_TRIED = 6;

/**
 * What would clear the problems and findings in a range, one by one, so that a caller can stop in between. A fix for a
 * finding is given only if the edited text, analysed, no longer has it and has none as severe that was not there.
 */
export function* quickFixes(snapshot: Snapshot, range: Span): Generator<QuickFix> {
  const touches = (span: Span): boolean => span.start <= range.end && span.end >= range.start;
  for (const problem of snapshot.problems) {
    if (!touches(problem.span)) continue;
    for (const [index, text] of (problem.suggestions ?? []).entries()) {
      yield { title: `Change to "${text}"`, edits: [{ span: problem.span, text }], preferred: index === 0, clears: { problem } };
    }
  }
  for (const finding of snapshot.findings) {
    // At the key of a thing are its lesser findings, wherever each of them belongs.
    const key = declarationOf(snapshot, { space: 'drawn', id: finding.subject })?.key;
    if (isOpen(finding.state) && (touches(finding.span) || (key && touches(key)))) yield* fixesOf(snapshot, finding);
  }
}

/** What would clear one finding, the preferred way first. */
export function* fixesOf(snapshot: Snapshot, finding: Finding): Generator<QuickFix> {
  let tried = 0;
  let preferred = true;
  for (const { title, edits, first } of alternatives(snapshot, finding)) {
    if (tried++ >= MOST_TRIED) return;
    if (!clears(snapshot, finding, edits)) continue;
    yield { title, edits, preferred: preferred && first, clears: { finding } };
    preferred = false;
  }
}

interface Alternative {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Fit to be done without a choice. */
  readonly first: boolean;
}

function* alternatives(snapshot: Snapshot, finding: Finding): Generator<Alternative> {
  for (const set of finding.missing) {
    const added = addAll(snapshot, finding, set);
    if (added) yield added;
  }
  yield* statements(snapshot, finding);
}

/** Adds every control of a set, each at the nearest giver that may give it. */
function addAll(snapshot: Snapshot, finding: Finding, set: readonly string[]): Alternative | undefined {
  const byGiver = new Map<string, Control[]>();
  for (const id of set) {
    const control = snapshot.catalogue.controls.get(id);
    const giver = control && bestGiver(snapshot.model, finding, control);
    if (!control || giver === undefined) return undefined;
    byGiver.set(giver, [...(byGiver.get(giver) ?? []), control]);
  }
  const edits: TextEdit[] = [];
  const added: string[] = [];
  const raised: string[] = [];
  for (const [giver, controls] of byGiver) {
    const more = addTo(snapshot, giver, controls);
    if (!more) return undefined;
    edits.push(...more);
    const stated = controls.every(({ id }) => isStated(snapshot, giver, id));
    const names = controls.map(({ title }) => `"${title}"`).join(' and ');
    if (stated) raised.push(`${names} of ${nameOf(snapshot, giver)}`);
    else added.push(`${names} to ${nameOf(snapshot, giver)}`);
  }
  if (edits.length === 0) return undefined;
  const parts = [
    added.length > 0 && `add control${set.length > 1 ? 's' : ''} ${added.join(' and ')}`,
    raised.length > 0 && `put ${raised.join(' and ')} in place`,
  ];
  const title = parts.filter((part) => part !== false).join(' and ');
  return { title: title.charAt(0).toUpperCase() + title.slice(1), edits, first: true };
}

/** Adds controls to one giver. After the first the text has changed, so several become one edit. */
function addTo(snapshot: Snapshot, giver: string, controls: readonly Control[]): readonly TextEdit[] | undefined {
  let at = snapshot;
  for (const { id } of controls) {
    const edits = addControl(at.syntax, at.model, giver, id);
    if (!edits || controls.length === 1) return edits;
    at = takeSnapshot(applyEdits(at.text, edits), snapshot.catalogue, snapshot.today, at);
  }
  return [differenceOf(snapshot.text, at.text)];
}

/** Says a property that is not said and that the rule therefore takes to be unsafe. */
function* statements(snapshot: Snapshot, finding: Finding): Generator<Alternative> {
  const { catalogue, model, syntax } = snapshot;
  const rule = catalogue.rules.get(finding.rule);
  const subject = model.elements.get(finding.subject) ?? model.flows.get(finding.subject);
  if (!rule || !subject) return;
  for (const [name, unsafe] of askedOf(rule)) {
    const property = catalogue.properties[subject.type].get(name);
    if (!property || property.type !== 'choice' || subject.properties.has(name) || !unsafe.has('unknown')) continue;
    for (const value of property.values) {
      if (unsafe.has(value)) continue;
      const edits = setProperty(syntax, model, subject.id, name, value);
      if (edits) yield { title: `State "${name}: ${value}" of ${nameOf(snapshot, subject.id)}`, edits, first: false };
    }
  }
}

/** Properties of the subject that a rule asks for, with the values it minds. */
function askedOf(rule: Rule): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  const visit = (test: ElementTest | undefined): void => {
    if (test === undefined || typeof test === 'string') return;
    for (const [name, values] of Object.entries(test.where ?? {})) {
      const minded = asked.get(name) ?? new Set<string>();
      for (const value of values) minded.add(String(value));
      asked.set(name, minded);
    }
    for (const inner of [...(test.all ?? []), ...(test.any ?? [])]) visit(inner);
  };
  const matches = 'anyOf' in rule.match ? rule.match.anyOf : [rule.match];
  for (const match of matches) {
    if ('element' in match) visit(match.element);
    else if ('flow' in match && typeof match.flow !== 'string') {
      const { where, all, any } = match.flow;
      visit({ ...(where && { where }) });
      for (const inner of [...(all ?? []), ...(any ?? [])]) if (typeof inner !== 'string' && inner.where) visit({ where: inner.where });
    }
  }
  return asked;
}

/** Whether the edited text no longer has the finding, and none as severe that was not there. */
function clears(snapshot: Snapshot, finding: Finding, edits: readonly TextEdit[]): boolean {
  const { catalogue, today } = snapshot;
  const after = takeSnapshot(applyEdits(snapshot.text, edits), catalogue, today, snapshot);
  const errors = (problems: readonly Problem[]): number => problems.filter(({ severity }) => severity === 'error').length;
  if (errors(after.problems) > errors(snapshot.problems)) return false;
  const open = snapshot.findings.filter(({ state }) => isOpen(state));
  const before = new Set(open.map(({ fingerprint }) => fingerprint));
  const weight = SEVERITIES.indexOf(finding.fullSeverity);
  return after.findings.every((other) => {
    if (!isOpen(other.state)) return true;
    if (other.fingerprint === finding.fingerprint) return false;
    if (before.has(other.fingerprint) || SEVERITIES.indexOf(other.fullSeverity) < weight) return true;
    // What was folded into a finding was there, and stands alone when that is gone.
    return open.some(({ also, subject }) => subject === other.subject && also.includes(other.rule));
  });
}

/** The one edit that makes `after` of `before`, as short as may be. */
function differenceOf(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}
