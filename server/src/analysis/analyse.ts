import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { applyAcceptances } from './accept.ts';
import { authorFindings } from './authorThreats.ts';
import { evaluate, oneASubject, sameMembers, type Component } from './component.ts';
import { changedComponents, membersOf, partition, sameComponents, type Partition } from './partition.ts';
import { contextOf, type Context } from './context.ts';
import { holdBackDraft, rollUps } from './draft.ts';
import type { Members } from './facts.ts';
import type { Finding } from './finding.ts';
import { anywhere, statements } from './evidence.ts';
import { foldFindings } from './fold.ts';
import type { Hit } from './hit.ts';
import { ownAffairs, type AnalysisOf } from './imported.ts';
import { matchModel } from './matchModel.ts';
import { ReportedFinding } from './report.ts';
import { rulesOf } from './rules.ts';
import { everyControl, judge } from './satisfaction.ts';
import { rankOf } from './severity.ts';

export interface AnalysisOptions {
  /** ISO date; decides which acceptances have expired. An input, so that results are reproducible. */
  readonly today: string;
  /** Of the files whose things are in the model. */
  readonly analysisOf?: AnalysisOf;
}

export interface Analysis {
  /** Most severe first, then in source order. All states; consumers filter. */
  readonly findings: readonly Finding[];
  /** What the analysis has to say of the file: acceptances that match nothing, roll-ups of a draft. Absolute spans. */
  readonly problems: readonly Problem[];
  /** How many elements had to be looked at again: guarded by tests, so that an edit stays a local matter. */
  readonly work: { readonly components: number; readonly evaluated: number; readonly elements: number };
}

interface State {
  readonly context: Context;
  readonly partition: Partition;
  readonly components: readonly Component[];
  /** What was found in the components, most severe first, then in source order. */
  readonly sorted: readonly ReportedFinding[];
}

const states = new WeakMap<Analysis, State>();

/**
 * Evaluates every rule of the catalogue on a model. Pure: `previous`, the analysis of an earlier version, only saves the
 * work for components (elements that flows connect) that are what they were.
 */
export function analyse(model: Model, catalogue: Catalogue, options: AnalysisOptions, previous?: Analysis): Analysis {
  const before = previous && states.get(previous);
  const context = contextOf(model, catalogue, before?.context);
  const rules = rulesOf(catalogue);

  const split = partition(model, before?.partition);
  const kept = keptComponents(split, before?.context === context ? before : undefined);
  const changed = kept.flatMap((old, at) => (old ? [] : [membersOf(split, at)]));
  const fresh = evaluate(changed, model, context, rules);
  const next = fresh.values();
  const components = kept.map((old) => old ?? next.next().value!);
  const sorted = sortedFindings(kept, fresh, before, model);

  const ofOthers = model.imported.map((file) => statements(file.model.controls));
  const stateOf = anywhere(context, [...components.map(({ claims }) => claims), ...ofOthers]);
  const unjudged = components.flatMap((component) => component.unjudged.flatMap((hit) => rejudge(hit, stateOf)));
  const ofModel = rules.flatMap((rule) => oneASubject(matchModel(rule, components, model, stateOf)));
  const whole = holdBackDraft(
    [...unjudged, ...ofModel].map((hit) => ReportedFinding.of(hit, hit.rule.rule.severity, model)),
    context,
  );
  const findings = merged(sorted, inOrder(foldFindings(whole.findings, rules)));
  const own = model.imported.length > 0 ? ownAffairs(findings, model, options.analysisOf ?? (() => undefined)) : findings;
  const accepted = applyAcceptances(own, model, options.today);
  const drafts = [...components.map(({ heldBack }) => heldBack), whole.heldBack];
  const analysis: Analysis = {
    findings: merged<Finding>(inOrder(accepted.findings), inOrder(authorFindings(model))),
    problems: [...drafts.flatMap((heldBack) => rollUps(heldBack, model, context)), ...accepted.problems],
    work: {
      components: components.length,
      evaluated: changed.length,
      elements: changed.reduce((sum, members) => sum + members.elements.length, 0),
    },
  };
  states.set(analysis, { context, partition: split, components, sorted });
  return analysis;
}

/** For each component, what is known of it when it is what it was. */
function keptComponents(now: Partition, before: State | undefined): (Component | undefined)[] {
  if (!before) return now.places.map(() => undefined);
  if (sameComponents(now, before.partition)) {
    const changed = changedComponents(now, before.partition);
    return before.components.map((component, at) => (changed.has(at) ? undefined : component));
  }
  const byFirst = new Map(before.components.map((component) => [component.elements[0]!, component]));
  return now.places.map(({ elements }, at) => {
    const old = byFirst.get(now.elements[elements[0]!]!);
    return old && sameMembers(old, membersOf(now, at)) ? old : undefined;
  });
}

/** The findings of all components in order. What is kept was in order before, and nearly always still is. */
function sortedFindings(
  kept: readonly (Component | undefined)[],
  fresh: readonly Component[],
  before: State | undefined,
  model: Model,
): readonly ReportedFinding[] {
  const still = new Set(kept);
  const gone = new Set<Hit>();
  for (const component of before?.components ?? []) {
    if (!still.has(component)) for (const { hit } of component.findings) gone.add(hit);
  }
  const old: ReportedFinding[] = [];
  for (const finding of before?.sorted ?? []) if (!gone.has(finding.hit)) old.push(finding.in(model));
  return merged(inOrder(old), inOrder(fresh.flatMap(({ findings }) => findings)));
}

function inOrder<T extends Finding>(findings: readonly T[]): readonly T[] {
  for (let at = 1; at < findings.length; at++) {
    if (bySeverityThenSource(findings[at - 1]!, findings[at]!) > 0) return [...findings].sort(bySeverityThenSource);
  }
  return findings;
}

/** Two lists in order as one. */
function merged<T extends Finding>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const all: T[] = [];
  let [first, second] = [0, 0];
  while (first < a.length && second < b.length) {
    all.push(bySeverityThenSource(b[second]!, a[first]!) < 0 ? b[second++]! : a[first++]!);
  }
  return [...all, ...a.slice(first), ...b.slice(second)];
}

/** What flows connect, directly or not, with an element: all that its findings depend on, but for what encloses it. */
export function connectedTo(analysis: Analysis, element: string): Members | undefined {
  const split = states.get(analysis)?.partition;
  const at = split?.elements.findIndex(({ id }) => id === element) ?? -1;
  return split && at >= 0 ? membersOf(split, split.ofElement[at]!) : undefined;
}

/** Evidence that may be anywhere is known only when the whole model is. */
function rejudge(hit: Hit, stateOf: (control: string) => number): Hit[] {
  const verdict = judge(hit.rule.requirement, everyControl(hit.rule.requirement), stateOf);
  return verdict ? [{ ...hit, verdict }] : [];
}

function bySeverityThenSource(a: Finding, b: Finding): number {
  return rankOf(b.severity) - rankOf(a.severity) || a.span.start - b.span.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
