import { IN_PLACE, PLANNED } from './evidence.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import { Hit, listed, trailOf, type HitDetails } from './hit.ts';
import { Masks } from './masks.ts';
import type { Query, Way } from './query.ts';
import type { CompiledPath, CompiledRule } from './rules.ts';
import { judge, type Verdict } from './satisfaction.ts';
import { endsOf, findSources, findWays, mayEnd, type Ends, type Journey } from './search.ts';

/** A finding lists at most so many of the elements that a path may begin at. */
const MOST_SOURCES = 256;

/** One hit for each last flow that something can reach with too few controls on the way. */
export function matchPaths(rule: CompiledRule, path: CompiledPath, query: Query): Hit[] {
  const legs = lastLegs(path, query);
  if (legs.length === 0) return [];
  const starts = query.passing(path.source);
  if (starts.length === 0) return [];
  const unmet = journey(rule, path, endsOf(legs, path.flows, query.facts), query);
  // A way on which nothing is even promised is worse than a shorter one on which something is planned.
  const isPromised = rule.requirement.controls.some((control) => query.evidence.isPromised(control));
  const unpromised = isPromised ? { ...unmet, masks: new Masks(rule.requirement, query.evidence, PLANNED) } : unmet;
  if (!path.cycle && path.min <= 1) return hitsFrom(rule, starts, unmet, unpromised, query);
  // Coming back, or counting what lies between, only makes sense seen from one beginning.
  return starts.flatMap((start) => {
    if (unmet.ends.leads[start.index] === 0) return [];
    const avoid = path.min > 1 ? start : undefined;
    const home = path.cycle ? start : undefined;
    const ownUnmet = { ...unmet, avoid, home };
    return hitsFrom(rule, [start], ownUnmet, isPromised ? { ...unpromised, avoid, home } : ownUnmet, query);
  });
}

/** The flows that a way of this kind may end with. */
function lastLegs({ flows, sink, sinkFlow }: CompiledPath, query: Query): readonly FlowFact[] {
  const candidates = sink ? query.passing(sink).map((element) => element.into) : query.facts.legsFor(flows, sinkFlow);
  const found: FlowFact[] = [];
  for (const legs of candidates) {
    for (let number = 0; number < legs.length; number++) {
      const leg = legs[number]!;
      if (flows.has(leg) && mayEnd(leg) && (!sinkFlow || sinkFlow.holdsFor(leg, query))) found.push(leg);
    }
  }
  return found;
}

function hitsFrom(rule: CompiledRule, starts: readonly ElementFact[], unmet: Journey, unpromised: Journey, query: Query): Hit[] {
  const all = findWays(starts, unmet);
  if (all.size === 0) return [];
  const worst = unpromised.masks === unmet.masks ? all : findWays(starts, unpromised);
  let sources: ReadonlyMap<FlowFact, readonly ElementFact[]> | undefined;
  const begins = ({ way }: Hit): readonly ElementFact[] => {
    sources ??= sourcesOf(all, starts, unmet, query);
    return sources.get(way[way.length - 1]!) ?? [way[0]!.from];
  };
  const explain = (hit: Hit): HitDetails => pathDetails(hit, query);
  const hits: Hit[] = [];
  for (const [leg, shortest] of all) {
    const way = worst.get(leg) ?? shortest;
    const verdict = verdictOf(rule, way, query);
    if (verdict) hits.push(new Hit(rule, leg, verdict, way, begins, explain));
  }
  return hits;
}

/** A component at a time: what begins in one does not end in another. */
function sourcesOf(
  found: ReadonlyMap<FlowFact, Way>,
  starts: readonly ElementFact[],
  unmet: Journey,
  query: Query,
): ReadonlyMap<FlowFact, readonly ElementFact[]> {
  if (starts.length === 1) return new Map();
  const groups = new Map<number, { starts: ElementFact[]; legs: FlowFact[] }>();
  for (const leg of found.keys()) {
    const group = groups.get(leg.from.component);
    if (group) group.legs.push(leg);
    else groups.set(leg.from.component, { starts: [], legs: [leg] });
  }
  for (const start of starts) if (unmet.ends.leads[start.index] === 1) groups.get(start.component)?.starts.push(start);
  const many = [...groups.values()].filter((group) => group.starts.length > 1);
  const ends = endsOf(
    many.flatMap((group) => group.legs),
    unmet.flows,
    query.facts,
  );
  const sources = new Map<FlowFact, readonly ElementFact[]>();
  for (const group of many) {
    for (const [leg, its] of findSources(group.starts.slice(0, MOST_SOURCES), { ...unmet, ends })) sources.set(leg, its);
  }
  return sources;
}

function journey(rule: CompiledRule, { crosses, flows, min, some, viaKinds }: CompiledPath, ends: Ends, query: Query): Journey {
  const masks = new Masks(rule.requirement, query.evidence, IN_PLACE);
  const between = { viaKinds, some: some && ((element: ElementFact) => some(element, query)), min, crosses };
  return { flows, ends, masks, facts: query.facts, states: query.states, between, avoid: undefined, home: undefined };
}

function verdictOf({ requirement }: CompiledRule, way: Way, { evidence }: Query): Verdict | undefined {
  return judge(requirement, evidence.statedOf(requirement), (control) => {
    let state = evidence.atElement(way[0]!.from, control);
    for (const leg of way) state = Math.max(state, evidence.atFlow(leg, control), evidence.atElement(leg.to, control));
    return state;
  });
}

function pathDetails({ way }: Hit, query: Query): HitDetails {
  const [first, last] = [way[0]!, way[way.length - 1]!];
  const between = way.slice(0, -1).flatMap(({ to }) => (to.mediator ? [] : to.element.title));
  const via = listed(between) || last.from.element.title;
  return {
    names: { subject: last, source: first.from, sink: last.to, from: first.from, to: last.to, via },
    places: hops(way, query),
    trail: trailOf(way),
    givers: [last, last.to, ...[...way].reverse().flatMap((leg) => [leg.from, leg]), first.from],
  };
}

/** Each hop of a way in words. */
export function hops(way: Way, query: Query): { at: string; message: string }[] {
  return way.map((leg, at) => {
    const kind = query.context.catalogue.flowKinds.get(leg.kind)?.label ?? leg.kind;
    return {
      at: leg.id,
      message: `${at + 1}. ${leg.from.element.title} → ${leg.to.element.title} (${kind.toLowerCase()}${leg.implied ? ', implied reply' : ''})`,
    };
  });
}
