import type { Model } from '../model/model.ts';
import type { Context } from './context.ts';
import { raise, type Statements } from './evidence.ts';
import { holdBackDraft, type HeldBack } from './draft.ts';
import type { ElementFact } from './fact.ts';
import { membersOf, type Members, type Partition } from './partition.ts';
import { buildFacts } from './facts.ts';
import { foldFindings } from './fold.ts';
import type { Hit } from './hit.ts';
import { Likenesses } from './likeness.ts';
import { matchCapabilities } from './matchCapability.ts';
import { matchElements, matchFlows } from './matchLocal.ts';
import { matchPaths } from './matchPath.ts';
import { Query } from './query.ts';
import { Reported } from './report.ts';
import type { CompiledRule, Matcher } from './rules.ts';
import { severityOf } from './severity.ts';
import { States } from './states.ts';

/** A component with what was found in it. */
export interface Component extends Members {
  /** Of all the components that were evaluated together. */
  readonly query: Query;
  /** Which of these it is. */
  readonly number: number;
  readonly findings: readonly Reported[];
  readonly heldBack: HeldBack;
  /** Hits of rules whose evidence may be anywhere in the model. */
  readonly unjudged: readonly Hit[];
  /** The best state of each control that its elements and flows state. */
  readonly claims: Statements;
}

/**
 * Evaluates the rules that look at elements, flows and paths. Some components after the other, because each rule looks
 * at all that it is given: so much fits into the caches of a processor, and a large model takes half the time.
 */
export function evaluate(
  split: Partition,
  components: readonly number[],
  model: Model,
  context: Context,
  rules: readonly CompiledRule[],
): Component[] {
  const evaluated: Component[] = [];
  const likenesses = new Likenesses(context);
  const states = new States();
  let [first, elements] = [0, 0];
  components.forEach((component, at) => {
    elements += split.connections.elements.sizeOf(component);
    if (elements < ELEMENTS_AT_ONCE && at + 1 < components.length) return;
    for (const its of evaluateTogether(split, components.slice(first, at + 1), model, context, rules, likenesses, states))
      evaluated.push(its);
    [first, elements] = [at + 1, 0];
  });
  return evaluated;
}

const ELEMENTS_AT_ONCE = 500;

function evaluateTogether(
  split: Partition,
  components: readonly number[],
  model: Model,
  context: Context,
  rules: readonly CompiledRule[],
  likenesses: Likenesses,
  states: States,
): Component[] {
  const query = new Query(buildFacts(split, components, model, context, likenesses), states);
  const unjudged: Hit[] = [];
  const reported: Reported[] = [];
  for (const rule of rules) {
    const hits = hitsOf(rule, query);
    if (rule.rule.evidence === 'system') hits.forEach((hit) => unjudged.push(hit));
    else hits.forEach((hit) => reported.push(Reported.of(hit, severityOf(hit, query))));
  }
  const { findings, heldBack } = holdBackDraft(reported, context);
  const evaluated = components.map((component, number) => {
    const members = membersOf(split, component);
    return {
      ...members,
      query,
      number,
      findings: [] as Reported[],
      heldBack: new Map<ElementFact | undefined, readonly Reported[]>(),
      unjudged: [] as Hit[],
      claims: claimsOf(members, query),
    };
  });
  foldFindings(findings, rules).forEach((finding) => evaluated[componentOf(finding.hit)]!.findings.push(finding));
  unjudged.forEach((hit) => evaluated[componentOf(hit)]!.unjudged.push(hit));
  for (const [element, held] of heldBack) evaluated[element!.component]!.heldBack.set(element, held);
  return evaluated;
}

function componentOf({ subject }: Hit): number {
  return subject!.type === 'element' ? subject!.component : subject!.from.component;
}

function claimsOf({ elements, flows }: Members, { evidence }: Query): Statements {
  const claims = new Map<string, number>();
  elements.forEach((giver) => raise(claims, evidence.statedBy(giver)));
  flows.forEach((giver) => raise(claims, evidence.statedBy(giver)));
  return claims;
}

function hitsOf(rule: CompiledRule, query: Query): readonly Hit[] {
  const { matchers } = rule;
  if (matchers.length !== 1)
    return oneASubject(
      matchers.flatMap((matcher) => hitsOfOne(rule, matcher, query)),
      query,
    );
  const hits = hitsOfOne(rule, matchers[0]!, query);
  return matchers[0]!.shape === 'element' ? hits : oneASubject(hits, query);
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
function oneASubject(hits: readonly Hit[], { facts }: Query): readonly Hit[] {
  if (hits.length < 2) return hits;
  const single: Hit[] = [];
  const placeOf = ({ subject }: Hit): number => (subject!.type === 'element' ? subject!.index : facts.elements.length + subject!.drawn);
  const places = new Int32Array(facts.elements.length + facts.flows.length);
  for (const hit of hits) {
    const place = placeOf(hit);
    const at = places[place]! - 1;
    if (at >= 0) single[at] = worst(single[at]!, hit);
    else places[place] = single.push(hit);
  }
  return single;
}

/** Of two hits of a rule on one subject. */
export function worst(a: Hit, b: Hit): Hit {
  const isWorse = WORST_FIRST.indexOf(b.verdict.state) < WORST_FIRST.indexOf(a.verdict.state);
  return isWorse ? b.beginningAlsoAt(a, b) : a.beginningAlsoAt(a, b);
}

const WORST_FIRST: readonly Hit['verdict']['state'][] = ['open', 'planned', 'partial', 'not-applicable'];
