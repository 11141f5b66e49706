import { goesOnBy, type ElementFact, type FlowFact } from './facts.ts';
import { goesOn } from './query.ts';

/**
 * The search behind path, cycle and capability rules: over (element, phase, controls met so far), where a state that
 * has met no more conditions and no fewer controls than another at the same element is dropped. Polynomial, without a
 * limit on length, and breadth first, so that the first way found to a sink is the shortest *unsatisfied* one.
 */
export interface Journey {
  readonly flows: ReadonlySet<string>;
  /** Kinds that every element between must have; mediators are transparent. */
  readonly viaKinds: ReadonlySet<string> | undefined;
  /** What at least one element between must pass. */
  readonly some: ((element: ElementFact) => boolean) | undefined;
  /** How many elements must lie between, 0 to 3. */
  readonly min: number;
  /** Some flow crosses a boundary of one of these kinds. */
  readonly crosses: ReadonlySet<string> | undefined;
  /** The last flow. It may be of a kind that `flows` does not have. */
  readonly isSink: (leg: FlowFact) => boolean;
  readonly masks: ControlMasks;
  /** An element that a way does not come back to in between. */
  readonly avoid: ElementFact | undefined;
}

/** The controls met at each element and flow, and whether a set of them is enough. */
export interface ControlMasks {
  element(element: ElementFact): number;
  flow(flow: FlowFact): number;
  isMet(mask: number): boolean;
}

export interface Found {
  readonly source: ElementFact;
  readonly legs: readonly FlowFact[];
}

const SOME = 1;
const CROSSED = 2;
const COUNT = 4;

interface State {
  readonly at: ElementFact;
  readonly phase: number;
  readonly mask: number;
  readonly leg: FlowFact | undefined;
  readonly before: State | undefined;
}

interface Kept {
  readonly phase: number;
  readonly mask: number;
}

/** For each last flow that some start reaches unsatisfied, the shortest way to it. */
export function findWays(starts: readonly ElementFact[], journey: Journey, options: { firstOnly?: boolean } = {}): Map<FlowFact, Found> {
  const found = new Map<FlowFact, Found>();
  const kept = new Map<ElementFact | FlowFact, Kept[]>();
  const queue: State[] = [];
  for (const at of starts) {
    const mask = journey.masks.element(at);
    if (!journey.masks.isMet(mask)) queue.push({ at, phase: 0, mask, leg: undefined, before: undefined });
  }
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    const phase = leave(state, journey);
    if (phase === undefined) continue;
    for (const leg of state.at.out) {
      if (state.leg && !goesOnBy(state.leg, leg)) continue;
      const next = arrive(state.mask, phase, leg, journey);
      if (!next) continue;
      const reached: State = { at: leg.to, ...next, leg, before: state };
      if (!found.has(leg) && isArrival(leg, next.phase, journey)) {
        found.set(leg, wayTo(reached));
        if (options.firstOnly) return found;
      }
      if (journey.flows.has(leg.kind) && keep(kept, visitOf(leg), next)) queue.push(reached);
    }
  }
  return found;
}

/** Starts that have arrived at an element in one state, as a bit set over their order. */
interface Crowd extends Kept {
  readonly at: ElementFact;
  /** The leg that led here, when that matters; a start has none. */
  readonly by: FlowFact | undefined;
  readonly start: boolean;
  /** All that ever arrived. */
  readonly arrived: Uint32Array;
  /** Those that have not travelled on yet; `undefined` when nobody waits. */
  waiting: Uint32Array | undefined;
}

/** For each of the last flows, every start that reaches it unsatisfied, in the order of `starts`. */
export function findSources(starts: readonly ElementFact[], sinks: ReadonlySet<FlowFact>, journey: Journey): Map<FlowFact, ElementFact[]> {
  const useful = leadingTo(sinks, journey);
  const words = Math.ceil(starts.length / 32);
  const kept = new Map<ElementFact | FlowFact, Crowd[]>();
  const found = new Map<FlowFact, Uint32Array>();
  const queue: Crowd[] = [];
  starts.forEach((at, index) => {
    const mask = journey.masks.element(at);
    if (!useful.has(at) || journey.masks.isMet(mask)) return;
    const waiting = new Uint32Array(words);
    waiting[index >> 5] = 1 << (index & 31);
    queue.push({ at, by: undefined, phase: 0, mask, start: true, arrived: waiting, waiting });
  });
  for (let head = 0; head < queue.length; head++) {
    const crowd = queue[head]!;
    const travelling = crowd.waiting!;
    crowd.waiting = undefined;
    const phase = crowd.start ? 0 : between(crowd.at, crowd.phase, journey);
    if (phase === undefined) continue;
    for (const leg of crowd.at.out) {
      if (crowd.by && !goesOnBy(crowd.by, leg)) continue;
      const isSink = sinks.has(leg);
      if (!isSink && !useful.has(leg.to)) continue;
      const next = arrive(crowd.mask, phase, leg, journey);
      if (!next) continue;
      if (isSink && isArrival(leg, next.phase, journey)) {
        const all = found.get(leg);
        if (all) unite(all, travelling);
        else found.set(leg, travelling.slice());
      }
      if (!journey.flows.has(leg.kind) || !useful.has(leg.to)) continue;
      const waiting = welcome(kept, leg, next, travelling);
      if (waiting) queue.push(waiting);
    }
  }
  return new Map([...found].map(([leg, set]) => [leg, starts.filter((_, index) => (set[index >> 5]! >>> (index & 31)) & 1)]));
}

/** Lets those in who are new at this state; the crowd when it must be put in the queue, because nobody waited in it. */
function welcome(kept: Map<ElementFact | FlowFact, Crowd[]>, leg: FlowFact, next: Kept, travelling: Uint32Array): Crowd | undefined {
  const visit = visitOf(leg);
  const crowds = kept.get(visit) ?? [];
  const fresh = travelling.slice();
  let same: Crowd | undefined;
  for (const crowd of crowds) {
    if (!dominates(crowd, next)) continue;
    for (let word = 0; word < fresh.length; word++) fresh[word]! &= ~crowd.arrived[word]!;
    if (crowd.mask === next.mask && crowd.phase === next.phase) same = crowd;
  }
  if (fresh.every((word) => word === 0)) return undefined;
  if (!same) {
    const crowd: Crowd = {
      at: leg.to,
      by: leg.to.stateless ? leg : undefined,
      ...next,
      start: false,
      arrived: fresh,
      waiting: fresh.slice(),
    };
    kept.set(visit, [...crowds, crowd]);
    return crowd;
  }
  unite(same.arrived, fresh);
  if (same.waiting) {
    unite(same.waiting, fresh);
    return undefined;
  }
  same.waiting = fresh;
  return same;
}

function unite(into: Uint32Array, more: Uint32Array): void {
  for (let word = 0; word < into.length; word++) into[word]! |= more[word]!;
}

/** The phase when leaving an element: a start is not between anything. */
function leave(state: State, journey: Journey): number | undefined {
  return state.leg === undefined ? 0 : between(state.at, state.phase, journey);
}

function between(element: ElementFact, phase: number, journey: Journey): number | undefined {
  if (element === journey.avoid) return undefined;
  let next = phase;
  if (!element.mediator) {
    if (journey.viaKinds && !journey.viaKinds.has(element.kind)) return undefined;
    if (next >> 2 < journey.min) next += COUNT;
  }
  if (journey.some?.(element)) next |= SOME;
  return next;
}

function arrive(mask: number, phase: number, leg: FlowFact, journey: Journey): Kept | undefined {
  if (!journey.flows.has(leg.kind) && !journey.isSink(leg)) return undefined;
  const all = mask | journey.masks.flow(leg) | journey.masks.element(leg.to);
  if (journey.masks.isMet(all)) return undefined;
  const crossed = journey.crosses && !(phase & CROSSED) && [...leg.crossedKinds].some((kind) => journey.crosses!.has(kind));
  return { phase: crossed ? phase | CROSSED : phase, mask: all };
}

function isArrival(leg: FlowFact, phase: number, journey: Journey): boolean {
  if (journey.some && !(phase & SOME)) return false;
  if (journey.crosses && !(phase & CROSSED)) return false;
  if (phase >> 2 < journey.min) return false;
  return !goesOn(leg) && (leg.from.judged || leg.to.judged) && journey.isSink(leg);
}

/** States are compared where they can go on in the same ways: at an element, or at the leg into a stateless one. */
function visitOf(leg: FlowFact): ElementFact | FlowFact {
  return leg.to.stateless ? leg : leg.to;
}

function dominates(a: Kept, b: Kept): boolean {
  return (a.mask & b.mask) === a.mask && (a.phase & b.phase & 3) === (b.phase & 3) && a.phase >> 2 >= b.phase >> 2;
}

function keep(kept: Map<ElementFact | FlowFact, Kept[]>, at: ElementFact | FlowFact, next: Kept): boolean {
  const others = kept.get(at);
  if (!others) {
    kept.set(at, [next]);
    return true;
  }
  if (others.some((other) => dominates(other, next))) return false;
  kept.set(at, [...others.filter((other) => !dominates(next, other)), next]);
  return true;
}

/** Elements from which one of the sinks can be reached at all. */
function leadingTo(sinks: ReadonlySet<FlowFact>, journey: Journey): Set<ElementFact> {
  const useful = new Set<ElementFact>([...sinks].map((leg) => leg.from));
  for (const element of useful) for (const leg of element.into) if (journey.flows.has(leg.kind)) useful.add(leg.from);
  return useful;
}

function wayTo(state: State): Found {
  const legs: FlowFact[] = [];
  let at = state;
  for (; at.leg && at.before; at = at.before) legs.push(at.leg);
  return { source: at.at, legs: legs.reverse() };
}
