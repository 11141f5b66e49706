import type { Model } from '../model/model.ts';
import { surroundingsOf, type Context, type Surroundings } from './context.ts';
import { raise, type Statements } from './evidence.ts';
import { holdBackDraft, type HeldBack } from './draft.ts';
import { buildFacts, type Members } from './facts.ts';
import { foldFindings } from './fold.ts';
import type { Hit } from './hit.ts';
import { matchCapabilities } from './matchCapability.ts';
import { matchElements, matchFlows } from './matchLocal.ts';
import { matchPaths } from './matchPath.ts';
import { Query } from './query.ts';
import { ReportedFinding } from './report.ts';
import type { CompiledRule, Matcher } from './rules.ts';
import { severityOf } from './severity.ts';

/** A component with what was found in it. */
export interface Component extends Members {
  /** Of all the components that were evaluated together. */
  readonly query: Query;
  /** Which of these it is. */
  readonly number: number;
  readonly surroundings: Surroundings;
  readonly findings: readonly ReportedFinding[];
  readonly heldBack: HeldBack;
  /** Hits of rules whose evidence may be anywhere in the model. */
  readonly unjudged: readonly Hit[];
  /** The best state of each control that its elements and flows state. */
  readonly claims: Statements;
}

/** Evaluates the rules that look at elements, flows and paths. */
export function evaluate(components: readonly Members[], model: Model, context: Context, rules: readonly CompiledRule[]): Component[] {
  if (components.length === 0) return [];
  const query = new Query(buildFacts(components, model, context));
  const found = components.map(() => ({ unjudged: [] as Hit[], reported: [] as ReportedFinding[] }));
  for (const rule of rules) {
    for (const hit of hitsOf(rule, query)) {
      const its = found[hit.subject!.type === 'element' ? hit.subject!.component : hit.subject!.from.component]!;
      if (rule.rule.evidence === 'system') its.unjudged.push(hit);
      else its.reported.push(ReportedFinding.of(hit, severityOf(hit, query), model));
    }
  }
  return components.map((members, number) => {
    const { unjudged, reported } = found[number]!;
    const claims = new Map<string, number>();
    for (const giver of members.elements) raise(claims, query.evidence.statedBy(giver));
    for (const giver of members.flows) raise(claims, query.evidence.statedBy(giver));
    const { findings, heldBack } = holdBackDraft(reported, context);
    const surroundings = surroundingsOf(members, context);
    return { ...members, query, number, surroundings, findings: foldFindings(findings, rules), heldBack, unjudged, claims };
  });
}

/** Whether a component is what it was: the same things, unchanged. */
export function sameMembers(a: Members, b: Members): boolean {
  return sameList(a.elements, b.elements) && sameList(a.flows, b.flows);
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function hitsOf(rule: CompiledRule, query: Query): readonly Hit[] {
  const { matchers } = rule;
  if (matchers.length !== 1) return oneASubject(matchers.flatMap((matcher) => hitsOfOne(rule, matcher, query)));
  const hits = hitsOfOne(rule, matchers[0]!, query);
  return matchers[0]!.shape === 'element' ? hits : oneASubject(hits);
}

function hitsOfOne(rule: CompiledRule, matcher: Matcher, query: Query): readonly Hit[] {
  switch (matcher.shape) {
    case 'element':
      return matchElements(rule, matcher, query);
    case 'flow':
      return matchFlows(rule, matcher, query);
    case 'path':
      return matchPaths(rule, matcher.path, query);
    case 'capability':
      return matchCapabilities(rule, matcher, query);
    case 'model':
      return [];
  }
}

/** A rule says one thing of a subject: the worst, with the sources of all. */
export function oneASubject(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length < 2) return hits;
  const bySubject = new Map<string, Hit>();
  for (const hit of hits) {
    const key = hit.subject?.id ?? '';
    const other = bySubject.get(key);
    if (!other) bySubject.set(key, hit);
    else {
      const worse = WORST_FIRST.indexOf(hit.verdict.state) < WORST_FIRST.indexOf(other.verdict.state) ? hit : other;
      bySubject.set(key, worse.beginningAlsoAt(worse === hit ? other : hit));
    }
  }
  return bySubject.size === hits.length ? hits : [...bySubject.values()];
}

const WORST_FIRST: readonly Hit['verdict']['state'][] = ['open', 'planned', 'partial', 'not-applicable'];
