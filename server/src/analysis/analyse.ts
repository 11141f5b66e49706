import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Element, Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { applyAcceptances } from './accept.ts';
import { authorFindings } from './authorThreats.ts';
import { evaluate, membersOf, oneASubject, partition, sameMembers, type Component, type Partition } from './component.ts';
import { contextOf, type Context } from './context.ts';
import { holdBackDraft, rollUps } from './draft.ts';
import type { Finding } from './finding.ts';
import { anywhere } from './evidence.ts';
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
  /** By their first element. */
  readonly components: ReadonlyMap<Element, Component>;
}

const states = new WeakMap<Analysis, State>();

/**
 * Evaluates every rule of the catalogue on a model. Pure: `previous`, the analysis of an earlier version, only saves the
 * work for components (elements that flows connect) that are what they were.
 */
export function analyse(model: Model, catalogue: Catalogue, options: AnalysisOptions, previous?: Analysis): Analysis {
  const before = previous && states.get(previous);
  const context = contextOf(model, catalogue, before?.context);
  const known = before?.context === context ? before.components : undefined;
  const rules = rulesOf(catalogue);

  const split = partition(model, before?.partition);
  const parts = membersOf(split).map((members) => {
    const old = known?.get(members.elements[0]!);
    return { members, old: old && sameMembers(old, members) ? old : undefined };
  });
  const changed = parts.flatMap(({ members, old }) => (old ? [] : [members]));
  const fresh = evaluate(changed, model, context, rules).values();
  const components = parts.map(({ old }) => old ?? fresh.next().value!);
  const findings = parts.flatMap(({ old }, at) => (old ? old.findings.map((finding) => finding.in(model)) : components[at]!.findings));

  const stateOf = anywhere(model);
  const unjudged = components.flatMap((component) => component.unjudged.flatMap((hit) => rejudge(hit, stateOf)));
  const ofModel = rules.flatMap((rule) => oneASubject(matchModel(rule, components, model, stateOf)));
  const whole = holdBackDraft(
    [...unjudged, ...ofModel].map((hit) => ReportedFinding.of(hit, hit.rule.rule.severity, model)),
    context,
  );
  findings.push(...foldFindings(whole.findings, rules));
  const own = model.imported.length > 0 ? ownAffairs(findings, model, options.analysisOf ?? (() => undefined)) : findings;
  const accepted = applyAcceptances(own, model, options.today);
  const drafts = [...components.map(({ heldBack }) => heldBack), whole.heldBack];
  const analysis: Analysis = {
    findings: [...accepted.findings, ...authorFindings(model)].sort(bySeverityThenSource),
    problems: [...drafts.flatMap((heldBack) => rollUps(heldBack, model, context)), ...accepted.problems],
    work: {
      components: components.length,
      evaluated: changed.length,
      elements: changed.reduce((sum, members) => sum + members.elements.length, 0),
    },
  };
  states.set(analysis, {
    context,
    partition: split,
    components: new Map(components.map((component) => [component.elements[0]!, component])),
  });
  return analysis;
}

/** Evidence that may be anywhere is known only when the whole model is. */
function rejudge(hit: Hit, stateOf: (control: string) => number): Hit[] {
  const verdict = judge(hit.rule.requirement, everyControl(hit.rule.requirement), stateOf);
  return verdict ? [{ ...hit, verdict }] : [];
}

function bySeverityThenSource(a: Finding, b: Finding): number {
  return rankOf(b.severity) - rankOf(a.severity) || a.span.start - b.span.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
