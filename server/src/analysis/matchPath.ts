import { IN_PLACE, PLANNED } from './evidence.ts';
import type { ElementFact, FlowFact } from './facts.ts';
import type { Hit, HitDetails } from './hit.ts';
import { Masks } from './masks.ts';
import type { Query } from './query.ts';
import type { CompiledPath, CompiledRule } from './rules.ts';
import { judge } from './satisfaction.ts';
import { findSources, findWays, type Found, type Journey } from './search.ts';

/** A finding lists at most so many of the elements that a path may begin at. */
const MOST_SOURCES = 256;

/** One hit for each last flow that something can reach with too few controls on the way. */
export function matchPaths(rule: CompiledRule, path: CompiledPath, query: Query): Hit[] {
  const starts = query.facts.elements.filter((element) => path.source(element, query));
  if (starts.length === 0) return [];
  // Coming back, or counting what lies between, only makes sense seen from one beginning.
  return path.cycle || path.min > 1 ? starts.flatMap((start) => hitsFrom(rule, path, [start], query)) : hitsFrom(rule, path, starts, query);
}

function hitsFrom(rule: CompiledRule, path: CompiledPath, starts: readonly ElementFact[], query: Query): Hit[] {
  const unmet = journey(rule, path, starts, IN_PLACE, query);
  if (!query.facts.flows.some(unmet.isSink)) return [];
  const all = findWays(starts, unmet);
  if (all.size === 0) return [];
  // A way on which nothing is even promised is worse than a shorter one on which something is planned.
  const isPromised = rule.requirement.controls.some((control) => query.evidence.isPromised(control));
  const worst = isPromised ? findWays(starts, journey(rule, path, starts, PLANNED, query)) : all;
  const sources = sourcesOf(all, starts, unmet);
  const hits: Hit[] = [];
  for (const [leg, found] of all) {
    const hit = pathHit(rule, worst.get(leg) ?? found, sources.get(leg) ?? [], query);
    if (hit) hits.push(hit);
  }
  return hits;
}

/** A component at a time: what begins in one does not end in another. */
function sourcesOf(
  ends: ReadonlyMap<FlowFact, Found>,
  starts: readonly ElementFact[],
  unmet: Journey,
): ReadonlyMap<FlowFact, readonly ElementFact[]> {
  if (starts.length === 1) return new Map();
  const groups = new Map<number, { starts: ElementFact[]; ends: Set<FlowFact> }>();
  for (const leg of ends.keys()) {
    const group = groups.get(leg.from.component);
    if (group) group.ends.add(leg);
    else groups.set(leg.from.component, { starts: [], ends: new Set([leg]) });
  }
  for (const start of starts) groups.get(start.component)?.starts.push(start);
  const sources = new Map<FlowFact, readonly ElementFact[]>();
  for (const group of groups.values()) {
    if (group.starts.length === 1) continue;
    for (const [leg, its] of findSources(group.starts.slice(0, MOST_SOURCES), group.ends, unmet)) sources.set(leg, its);
  }
  return sources;
}

function journey(rule: CompiledRule, path: CompiledPath, starts: readonly ElementFact[], level: number, query: Query): Journey {
  const { some, sink, sinkFlow } = path;
  return {
    flows: path.flows,
    viaKinds: path.viaKinds,
    some: some && ((element) => some(element, query)),
    min: path.min,
    crosses: path.crosses,
    isSink: (leg) =>
      path.flows.has(leg.kind) &&
      (!path.cycle || starts.includes(leg.to)) &&
      (!sink || sink(leg.to, query)) &&
      (!sinkFlow || query.holdsFor(leg, sinkFlow)),
    masks: new Masks(rule.requirement, query.evidence, level),
    avoid: path.min > 1 ? starts[0] : undefined,
  };
}

function pathHit(rule: CompiledRule, { source, legs }: Found, sources: readonly ElementFact[], query: Query): Hit | undefined {
  const last = legs[legs.length - 1]!;
  const elements = [source, ...legs.map((leg) => leg.to)];
  const verdict = judge(rule.requirement, (control) =>
    Math.max(
      ...elements.map((element) => query.evidence.atElement(element, control)),
      ...legs.map((leg) => query.evidence.atFlow(leg, control)),
    ),
  );
  if (!verdict) return undefined;
  return {
    rule,
    subject: last,
    verdict,
    sources: sources.length > 0 ? sources : [source],
    source,
    sink: last.to,
    flow: last,
    details: () => pathDetails(source, legs, last, query),
  };
}

function pathDetails(source: ElementFact, legs: readonly FlowFact[], last: FlowFact, query: Query): HitDetails {
  const between = legs.slice(0, -1).flatMap(({ to }) => (to.mediator ? [] : to.element.title));
  return {
    names: { subject: last, source, sink: last.to, from: source, to: last.to, via: between.join(', ') || last.from.element.title },
    places: hops(legs, query),
    trail: [source, ...legs.flatMap((leg) => [leg, leg.to])],
    givers: [last, last.to, ...[...legs].reverse().flatMap((leg) => [leg.from, leg]), source],
  };
}

/** Each hop of a way in words. */
export function hops(legs: readonly FlowFact[], query: Query): { at: string; message: string }[] {
  return legs.map((leg, at) => {
    const kind = query.context.catalogue.flowKinds.get(leg.kind)?.label ?? leg.kind;
    return {
      at: leg.id,
      message: `${at + 1}. ${leg.from.element.title} → ${leg.to.element.title} (${kind.toLowerCase()}${leg.implied ? ', implied reply' : ''})`,
    };
  });
}
