import { IN_PLACE, UNSTATED } from './evidence.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import { propertyOf, statedProperty } from './facts.ts';
import { Hit, trailOf, type HitDetails } from './hit.ts';
import { Masks } from './masks.ts';
import type { Query, Way } from './query.ts';
import type { CompiledRule, Matcher, TestedProperties } from './rules.ts';
import { judge, type Requirement } from './satisfaction.ts';

/** Rules about one element. */
export function matchElements(rule: CompiledRule, { check, properties }: Extract<Matcher, { shape: 'element' }>, query: Query): Hit[] {
  const stated = query.evidence.statedOf(rule.requirement);
  const explain = ({ subject }: Hit): HitDetails => elementDetails(subject as ElementFact, properties, query);
  const hits: Hit[] = [];
  let element: ElementFact;
  let withSystem: boolean;
  const stateOf = (control: string): number => stateAtElement(element, control, rule, withSystem, query);
  for (element of query.passing(check)) {
    if (!element.judged) continue;
    withSystem = rule.rule.evidence !== 'local' || statedUnsafe(element, properties) === undefined;
    const verdict = judge(rule.requirement, stated, stateOf);
    if (verdict) hits.push(new Hit(rule, element, verdict, NO_WAY, nowhere, explain));
  }
  return hits;
}

function elementDetails(element: ElementFact, properties: TestedProperties, query: Query): HitDetails {
  const value = statedUnsafe(element, properties) ?? silentValue([element], properties, query);
  return { names: { subject: element, value }, places: [], trail: [element], givers: [element] };
}

const NO_WAY: readonly FlowFact[] = [];
const NOTHING: readonly ElementFact[] = [];
const nowhere = (): readonly ElementFact[] => NOTHING;
/** A flow that passes mediators begins at its true source. */
const behindMediators = ({ way }: Hit): readonly ElementFact[] => (way.length > 1 ? [way[0]!.from] : NOTHING);

/** Rules about one flow, seen with its true ends. */
export function matchFlows(rule: CompiledRule, { check, properties }: Extract<Matcher, { shape: 'flow' }>, query: Query): Hit[] {
  const hits: Hit[] = [];
  const distinguish = evidenceKey(rule.requirement, query);
  const stated = query.evidence.statedOf(rule.requirement);
  const explain = (hit: Hit): HitDetails => wayDetails(hit, properties, query);
  let way: Way;
  let subject: FlowFact;
  let withSystem: boolean;
  const stateOf = (control: string): number => stateOfWay(way, subject, control, rule, withSystem, query);
  for (way of query.ways(check, distinguish)) {
    const last = way[way.length - 1]!;
    if (!last.from.judged && !last.to.judged) continue;
    // The leg that says the unsafe thing is the one to change; else the last, because it is nearest to what is at stake.
    const guilty = properties.length === 0 ? undefined : way.find((leg) => statedUnsafe(leg, properties) !== undefined);
    withSystem = rule.rule.evidence !== 'local' || guilty === undefined;
    subject = guilty ?? last;
    const verdict = judge(rule.requirement, stated, stateOf);
    if (verdict) hits.push(new Hit(rule, subject, verdict, way, behindMediators, explain));
  }
  return hits;
}

function wayDetails({ subject, way }: Hit, properties: TestedProperties, query: Query): HitDetails {
  const { boundaries } = query.context;
  const flow = subject as FlowFact;
  const [from, to] = [way[0]!.from, way[way.length - 1]!.to];
  const value = statedUnsafe(flow, properties) ?? silentValue(way, properties, query);
  const mediators = way.slice(1).map((leg) => leg.from);
  const crossed = [...new Set(way.flatMap((leg) => leg.crosses))];
  return {
    names: { subject: flow, from, to, value },
    places: [
      ...crossed.map((id) => ({ at: id, message: `Crosses trust boundary ${boundaries.get(id)?.title ?? id}` })),
      { at: from.id, message: `From ${from.element.title}` },
      { at: to.id, message: `To ${to.element.title}` },
    ],
    trail: trailOf(way),
    givers: [flow, ...way.filter((leg) => leg !== flow), to, from, ...mediators],
  };
}

/** The unsafe value that the file itself gives to a tested property. */
function statedUnsafe(fact: ElementFact | FlowFact, properties: TestedProperties): string | undefined {
  for (const { name, values } of properties) {
    const value = statedProperty(fact, name)?.values.find((stated) => values.some((unsafe) => String(unsafe) === String(stated)));
    if (value !== undefined) return String(value);
  }
  return undefined;
}

/** What silence about a tested property means here, when that is unsafe. */
function silentValue(facts: readonly (ElementFact | FlowFact)[], properties: TestedProperties, query: Query): string {
  for (const fact of facts) {
    for (const { name, values } of properties) {
      const meant = propertyOf(fact, name, query.context.catalogue)?.find((value) =>
        values.some((unsafe) => String(unsafe) === String(value)),
      );
      if (meant !== undefined) return String(meant);
    }
  }
  return '';
}

/** The element's own word, that of who is consulted for it, what all its traffic passes; else what it inherits. */
function stateAtElement(element: ElementFact, control: string, { rule }: CompiledRule, withSystem: boolean, query: Query): number {
  const { evidence } = query;
  // Judged later, when all components are known.
  if (rule.evidence === 'system') return UNSTATED;
  const own = evidence.statedBy(element.element).get(control);
  let direct = own ?? UNSTATED;
  for (const guardian of evidence.guardiansOf(element.id))
    direct = Math.max(direct, evidence.statedBy(guardian.element).get(control) ?? UNSTATED);
  if (direct === IN_PLACE) return direct;
  if (evidence.anywhere(control) === IN_PLACE && (covered(element.into, control, query) || covered(element.out, control, query)))
    return IN_PLACE;
  return own !== undefined ? direct : Math.max(direct, evidence.inheritedBy(element, withSystem).get(control) ?? UNSTATED);
}

/** Every drawn flow in this direction has the control: on itself, on its way, or at the mediator at its other end. */
function covered(flows: readonly FlowFact[], control: string, { evidence }: Query): boolean {
  let some = false;
  for (const flow of flows) {
    if (!flow.influence || flow.implied) continue;
    if (
      evidence.onFlow(flow, control) !== IN_PLACE &&
      !(flow.from.mediator && evidence.statedBy(flow.from.element).get(control) === IN_PLACE) &&
      !(flow.to.mediator && evidence.statedBy(flow.to.element).get(control) === IN_PLACE)
    ) {
      return false;
    }
    some = true;
  }
  return some;
}

/** What legs, mediators and ends state directly; else, unless the subject itself says otherwise, what they inherit. */
function stateOfWay(way: Way, subject: FlowFact, control: string, { rule }: CompiledRule, withSystem: boolean, query: Query): number {
  const { evidence } = query;
  // Judged later, when all components are known.
  if (rule.evidence === 'system') return UNSTATED;
  let direct = atEnd(way[0]!.from, control, query);
  for (const leg of way) direct = Math.max(direct, evidence.onFlow(leg, control), atEnd(leg.to, control, query));
  if (direct === IN_PLACE || evidence.statedBy(subject.flow).has(control)) return direct;
  let inherited = evidence.inheritedBy(way[0]!.from, withSystem).get(control) ?? UNSTATED;
  for (const leg of way) {
    const around = evidence.inheritedBy(leg.to, withSystem).get(control) ?? UNSTATED;
    inherited = Math.max(inherited, around, evidence.crossedBy(leg).get(control) ?? UNSTATED);
  }
  return Math.max(direct, inherited);
}

/** The word of an element on a way, and of those consulted for it. */
function atEnd(element: ElementFact, control: string, { evidence }: Query): number {
  let state = evidence.statedBy(element.element).get(control) ?? UNSTATED;
  for (const guardian of evidence.guardiansOf(element.id))
    state = Math.max(state, evidence.statedBy(guardian.element).get(control) ?? UNSTATED);
  return state;
}

/** Tells apart ways to a mediator by the evidence that they bring. */
function evidenceKey(requirement: Requirement, query: Query): (leg: FlowFact) => number {
  let masks: Masks | undefined;
  return (leg) => {
    masks ??= new Masks(requirement, query.evidence, IN_PLACE);
    return masks.flow(leg) | masks.element(leg.from) | masks.element(leg.to);
  };
}
