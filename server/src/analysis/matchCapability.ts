import { IN_PLACE, PLANNED } from './evidence.ts';
import { goesOnBy, type ElementFact, type FlowFact } from './fact.ts';
import { propertyOf } from './facts.ts';
import { Hit, trailOf, type HitDetails } from './hit.ts';
import { Masks } from './masks.ts';
import { hops } from './matchPath.ts';
import { trueTargets, type Query, type Way } from './query.ts';
import type { CompiledLeg, CompiledRule, Matcher } from './rules.ts';
import { judge } from './satisfaction.ts';
import { endsOf, findWays, mayEnd, type Between, type Journey } from './search.ts';

type Capability = Extract<Matcher, { shape: 'capability' }>;

/** One hit for each holder that has all the legs at once, with too few controls on some way out. */
export function matchCapabilities(rule: CompiledRule, capability: Capability, query: Query): Hit[] {
  const isPromised = rule.requirement.controls.some((control) => query.evidence.isPromised(control));
  // A way on which nothing is even promised is worse than a shorter one on which something is planned.
  const levels = (isPromised ? [PLANNED, IN_PLACE] : [IN_PLACE]).map((level) => new Masks(rule.requirement, query.evidence, level));
  const holders = query
    .passing(capability.holder)
    .filter((holder) => holder.judged && capability.legs.every((leg) => !leg.reads || query.reached(leg.reads)[holder.index] === 1));
  if (holders.length === 0) return [];
  const outward = capability.legs.flatMap((leg) => (leg.writes ? [{ leg, journeys: journeysOut(leg.writes, levels, query) }] : []));
  return holders.flatMap((holder) => holderHit(rule, capability, holder, outward, query) ?? []);
}

const ANYTHING: Between = { viaKinds: undefined, some: undefined, min: 0, crosses: undefined };

/** A leg that leads out, and how its ways are looked for: first the worst ones. */
interface Outward {
  readonly leg: CompiledLeg;
  readonly journeys: readonly Journey[];
}

function journeysOut({ check, flows }: NonNullable<CompiledLeg['writes']>, levels: readonly Masks[], query: Query): Journey[] {
  const last = query.facts.legsFor(check.kinds, check).flatMap((legs) => legs.filter((leg) => mayEnd(leg) && check.holdsFor(leg, query)));
  const ends = endsOf(last, flows, query.facts);
  return levels.map((masks) => ({
    flows,
    ends,
    masks,
    facts: query.facts,
    states: query.states,
    between: ANYTHING,
    avoid: undefined,
    home: undefined,
  }));
}

function holderHit(
  rule: CompiledRule,
  { legs, distinct }: Capability,
  holder: ElementFact,
  outward: readonly Outward[],
  query: Query,
): Hit | undefined {
  if (distinct && differentValues(legs, holder, distinct.property, query) < distinct.min) return undefined;
  const ways: { leg: CompiledLeg; way: Way }[] = [];
  let unmet: Way | undefined;
  for (const { leg, journeys } of outward) {
    // Each outward leg is judged by its own way: the capability is broken as soon as one leg is held by controls.
    let open: Way | undefined;
    for (const journey of journeys) open ??= findWays([holder], journey, { firstOnly: true }).values().next().value;
    if (!open) return undefined;
    ways.push({ leg, way: open });
    unmet ??= open;
  }
  const evidence: (ElementFact | FlowFact)[] = unmet ? [holder, ...unmet.flatMap((leg) => [leg, leg.to])] : [holder];
  const verdict = judge(rule.requirement, query.evidence.statedOf(rule.requirement), (control) =>
    Math.max(
      ...evidence.map((fact) => (fact.type === 'element' ? query.evidence.atElement(fact, control) : query.evidence.atFlow(fact, control))),
    ),
  );
  if (!verdict) return undefined;

  let known: Ways | undefined;
  const into = (): Ways =>
    (known ??= legs.flatMap((leg) => {
      const way = leg.reads && wayInto(holder, leg.reads, query);
      return way ? [{ leg, way }] : [];
    }));
  const sources = (): readonly ElementFact[] => [...new Set(into().map(({ way }) => way[0]!.from))];
  const out = unmet ?? [];
  return new Hit(rule, holder, verdict, out, sources, () => details(holder, into(), ways, out, query));
}

type Ways = readonly { readonly leg: CompiledLeg; readonly way: Way }[];

function details(holder: ElementFact, into: Ways, ways: Ways, out: Way, query: Query): HitDetails {
  const names: Record<string, ElementFact | FlowFact | string> = { subject: holder };
  const places: { at: string; message: string }[] = [];
  const trail: (ElementFact | FlowFact)[] = [];
  for (const { leg, way } of into) {
    const source = way[0]!.from;
    names[leg.name] = source;
    places.push({ at: source.id, message: `${leg.label}: ${source.element.title}` }, ...hops(way, query));
    trail.push(...trailOf(way));
  }
  for (const { leg, way } of ways) {
    const last = way[way.length - 1]!;
    names[leg.name] = last.to;
    places.push({ at: last.id, message: `${leg.label}: ${last.to.element.title}` }, ...hops(way, query));
    trail.push(...trailOf(way));
  }
  return { names, places, trail: trail.length > 0 ? trail : [holder], givers: [holder, ...out.flatMap((leg) => [leg, leg.to])] };
}

/** The shortest way to the holder from an element that passes. */
function wayInto(holder: ElementFact, reads: NonNullable<CompiledLeg['reads']>, query: Query): Way | undefined {
  interface Step {
    readonly at: ElementFact;
    readonly by: FlowFact | undefined;
    readonly then: Step | undefined;
  }
  const queue: Step[] = [{ at: holder, by: undefined, then: undefined }];
  const seen = new Set<ElementFact | FlowFact>([holder]);
  for (let head = 0; head < queue.length; head++) {
    const step = queue[head]!;
    for (const leg of step.at.into) {
      if (reads.flows ? !reads.flows.has(leg) : !leg.influence) continue;
      if (step.by && !goesOnBy(leg, step.by)) continue;
      if (reads.check(leg.from, query) && leg.from !== holder) {
        const legs = [leg];
        for (let at: Step | undefined = step; at?.by; at = at.then) legs.push(at.by);
        return legs;
      }
      const visit = leg.from.stateless ? leg : leg.from;
      if (seen.has(visit)) continue;
      seen.add(visit);
      queue.push({ at: leg.from, by: leg, then: step });
    }
  }
  return undefined;
}

function differentValues(legs: readonly CompiledLeg[], holder: ElementFact, property: string, query: Query): number {
  const values = new Set<string>();
  for (const flow of holder.out) {
    if (!legs.some((leg) => leg.writes && query.relevant(flow, leg.writes.check))) continue;
    for (const target of trueTargets(flow))
      for (const value of propertyOf(target, property, query.context.catalogue) ?? []) values.add(String(value));
  }
  return values.size;
}
