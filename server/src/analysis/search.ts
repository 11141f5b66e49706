import { goesOnBy, type ElementFact, type FlowFact } from './fact.ts';
import type { Facts } from './facts.ts';
import type { KindSet } from './kindSet.ts';
import type { Masks } from './masks.ts';
import { goesOn, type Way } from './query.ts';
import { BEGINNING, isAsGood, type States } from './states.ts';

/**
 * The search behind path, cycle and capability rules: over (element, phase, controls met so far), where a state that
 * has met no more conditions and no fewer controls than another at the same element is dropped. Polynomial, without a
 * limit on length, and breadth first, so that the first way found to a sink is the shortest *unsatisfied* one.
 */
export interface Journey {
  readonly flows: KindSet;
  /** Where a way may end. */
  readonly ends: Ends;
  readonly masks: Masks;
  readonly facts: Facts;
  readonly states: States;
  readonly between: Between;
  /** An element that a way does not come back to in between. */
  readonly avoid: ElementFact | undefined;
  /** Where a way must come back to at its end. */
  readonly home: ElementFact | undefined;
}

/** What a way must have between its ends. */
export interface Between {
  /** Kinds that every element between must have; mediators are transparent. */
  readonly viaKinds: KindSet | undefined;
  /** What at least one element between must pass. */
  readonly some: ((element: ElementFact) => boolean) | undefined;
  /** How many elements must lie between, 0 to 3. */
  readonly min: number;
  /** Some flow crosses a boundary of one of these kinds. */
  readonly crosses: KindSet | undefined;
}

/** Where ways may end (the last flow may be of a kind that `Journey.flows` does not have), and what leads there. */
export interface Ends {
  /** By the index of a flow: `IS_END` for the last ones, `GOES_ON` for those after which one of them can still come. */
  readonly legs: Uint8Array;
  /** By the index of an element, 1 where going on can still arrive at one of them. */
  readonly leads: Uint8Array;
}

const IS_END = 1;
const GOES_ON = 2;

/** Looks backwards from last flows over flows of these kinds: what does not lead to one of them need not be searched. */
export function endsOf(last: readonly FlowFact[], flows: KindSet, { elements, flows: all }: Facts): Ends {
  const legs = new Uint8Array(all.length);
  const leads = new Uint8Array(elements.length);
  const queue: ElementFact[] = [];
  const note = (element: ElementFact): void => {
    if (leads[element.index] === 1) return;
    leads[element.index] = 1;
    queue.push(element);
  };
  for (const leg of last) {
    legs[leg.index] = IS_END;
    note(leg.from);
  }
  for (let head = 0; head < queue.length; head++) {
    const { into } = queue[head]!;
    for (let number = 0; number < into.length; number++) {
      const leg = into[number]!;
      if (!flows.has(leg)) continue;
      legs[leg.index]! |= GOES_ON;
      note(leg.from);
    }
  }
  return { legs, leads };
}

/** Whether a way may end with a leg: it goes no further through a mediator, and is not outside of what is judged. */
export function mayEnd(leg: FlowFact): boolean {
  return (leg.from.judged || leg.to.judged) && !goesOn(leg);
}

const SOME = 1;
const CROSSED = 2;
const COUNT = 4;

interface Kept {
  readonly phase: number;
  readonly mask: number;
}

const NO_WAYS: ReadonlyMap<FlowFact, Way> = new Map();

/** For each last flow that some start reaches unsatisfied, the shortest way to it. */
export function findWays(
  starts: readonly ElementFact[],
  journey: Journey,
  options: { firstOnly?: boolean } = {},
): ReadonlyMap<FlowFact, Way> {
  const { ends, facts, home, masks, states } = journey;
  if (home && !home.into.some((leg) => (ends.legs[leg.index]! & IS_END) !== 0)) return NO_WAYS;
  states.begin(facts);
  for (const at of starts) {
    if (ends.leads[at.index] === 0) continue;
    const mask = masks.element(at);
    if (!masks.isMet(mask)) states.add(at, undefined, BEGINNING, 0, mask);
  }
  if (states.count === 0) return NO_WAYS;
  const found = new Map<FlowFact, Way>();
  for (let state = 0; state < states.count; state++) {
    const at = states.at[state]!;
    const came = states.leg[state];
    const phase = came === undefined ? 0 : phaseAt(at, states.phase[state]!, journey);
    if (phase === undefined) continue;
    // Here and in other loops that all rules go through: going by number leaves no garbage until the code is optimised.
    const { out } = at;
    for (let number = 0; number < out.length; number++) {
      const leg = out[number]!;
      const part = ends.legs[leg.index]!;
      if (part === 0) continue;
      const { to } = leg;
      const isEnd = (part & IS_END) !== 0 && (!home || to === home);
      const goesFurther = (part & GOES_ON) !== 0;
      if (!(isEnd ? goesFurther || !found.has(leg) : goesFurther)) continue;
      if (came && !goesOnBy(came, leg)) continue;
      const mask = states.mask[state]! | masks.flow(leg) | masks.element(to);
      if (masks.isMet(mask)) continue;
      const next = phaseAfter(phase, leg, journey.between);
      if (isEnd && !found.has(leg) && isComplete(next, journey.between)) {
        found.set(leg, states.wayTo(state, leg));
        if (options.firstOnly) return found;
      }
      if (goesFurther) states.reach(leg, state, next, mask);
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
export function findSources(starts: readonly ElementFact[], journey: Journey): Map<FlowFact, ElementFact[]> {
  const { ends, masks } = journey;
  const words = Math.ceil(starts.length / 32);
  const kept = new Map<ElementFact | FlowFact, Crowd[]>();
  const found = new Map<FlowFact, Uint32Array>();
  const queue: Crowd[] = [];
  starts.forEach((at, index) => {
    const mask = masks.element(at);
    if (ends.leads[at.index] === 0 || masks.isMet(mask)) return;
    const waiting = new Uint32Array(words);
    waiting[index >> 5] = 1 << (index & 31);
    queue.push({ at, by: undefined, phase: 0, mask, start: true, arrived: waiting, waiting });
  });
  for (const crowd of queue) {
    const travelling = crowd.waiting!;
    crowd.waiting = undefined;
    const phase = crowd.start ? 0 : phaseAt(crowd.at, crowd.phase, journey);
    if (phase === undefined) continue;
    for (const leg of crowd.at.out) {
      const part = ends.legs[leg.index]!;
      const isEnd = (part & IS_END) !== 0 && (!journey.home || leg.to === journey.home);
      const goesFurther = (part & GOES_ON) !== 0;
      if (!isEnd && !goesFurther) continue;
      if (crowd.by && !goesOnBy(crowd.by, leg)) continue;
      const mask = crowd.mask | masks.flow(leg) | masks.element(leg.to);
      if (masks.isMet(mask)) continue;
      const next = { phase: phaseAfter(phase, leg, journey.between), mask };
      if (isEnd && isComplete(next.phase, journey.between)) {
        const all = found.get(leg);
        if (all) unite(all, travelling);
        else found.set(leg, travelling.slice());
      }
      const waiting = goesFurther && welcome(kept, leg, next, travelling);
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

function phaseAt(element: ElementFact, phase: number, { avoid, between }: Journey): number | undefined {
  if (element === avoid) return undefined;
  let next = phase;
  if (!element.mediator) {
    if (between.viaKinds && !between.viaKinds.has(element)) return undefined;
    if (next >> 2 < between.min) next += COUNT;
  }
  if (between.some?.(element)) next |= SOME;
  return next;
}

function phaseAfter(phase: number, leg: FlowFact, { crosses }: Between): number {
  return crosses?.meets(leg.crossedKinds) ? phase | CROSSED : phase;
}

/** Whether a way in this phase has all that a journey asks for between its ends. */
function isComplete(phase: number, { crosses, min, some }: Between): boolean {
  return (!some || (phase & SOME) !== 0) && (!crosses || (phase & CROSSED) !== 0) && phase >> 2 >= min;
}

/** See `States.reach`. */
function visitOf(leg: FlowFact): ElementFact | FlowFact {
  return leg.to.stateless ? leg : leg.to;
}

function dominates(a: Kept, b: Kept): boolean {
  return isAsGood(a.mask, a.phase, b.mask, b.phase);
}
