import type { Context } from './context.ts';
import { Evidence } from './evidence.ts';
import type { KindSet } from './kindSet.ts';
import { goesOnBy, type ElementFact, type FlowFact } from './fact.ts';
import type { Facts } from './facts.ts';
import type { States } from './states.ts';
import { NO, UNKNOWN, YES, type ElementCheck, type FlowCheck } from './check.ts';

/** Some legs of one kind in a row, through mediators, seen as one flow with the true ends of the first and the last one. */
export type Way = readonly FlowFact[];

export interface ReachQuestion {
  readonly direction: 'from' | 'to';
  readonly check: ElementCheck;
  readonly flows: KindSet | undefined;
}

/** What a way up to (or from) a mediator already answers to a flow check, and the legs of one such way. */
interface Part {
  readonly answers: number;
  readonly end: ElementFact;
  readonly legs: readonly FlowFact[];
}

const NO_WAYS: readonly Way[] = [];
const NOBODY: readonly ElementFact[] = [];

/** Answers the questions that tests ask about one component of a model, each at most once. */
export class Query {
  readonly facts: Facts;
  readonly context: Context;
  readonly evidence: Evidence;
  /** For one search at a time; other queries have the same. */
  readonly states: States;
  private readonly memories: Uint8Array[] = [];
  private readonly passes = new Map<ElementCheck, readonly ElementFact[]>();
  /** By index: each leg as a way by itself. */
  private readonly alone: Way[];
  private readonly passesIn = new Map<ElementCheck, ReadonlyMap<number, readonly ElementFact[]>>();
  private readonly waysPassing = new Map<FlowCheck, ReadonlyMap<number, readonly Way[]>>();
  private readonly reaches = new Map<ReachQuestion, Uint8Array>();
  private readonly wayMemory = new Map<FlowCheck, { into: Uint8Array; out: Uint8Array }>();
  private givenAnswers = 0;
  private readonly partMemory = new Map<FlowCheck, Map<string, readonly Part[]>>();

  constructor(facts: Facts, states: States) {
    this.facts = facts;
    this.context = facts.context;
    this.evidence = new Evidence(facts);
    this.states = states;
    this.alone = new Array<Way>(facts.flows.length);
  }

  /** What a test with this number has answered, by the index of the element. */
  memory(slot: number): Uint8Array {
    return (this.memories[slot] ??= new Uint8Array(this.facts.elements.length));
  }

  /** The elements that pass, in source order. */
  passing(check: ElementCheck): readonly ElementFact[] {
    let found = this.passes.get(check);
    if (!found) this.passes.set(check, (found = this.find(check)));
    return found;
  }

  private find(check: ElementCheck): readonly ElementFact[] {
    const candidates = this.facts.elementsFor(check);
    if (candidates.length === 1 && check.isAlone) return candidates[0]!;
    const found = candidates.flatMap((alike) => (check.isAlone ? alike : alike.filter((element) => check(element, this))));
    return candidates.length > 1 ? found.sort(inSourceOrder) : found;
  }

  /** Those in one of the components. */
  passingIn(check: ElementCheck, component: number): readonly ElementFact[] {
    let groups = this.passesIn.get(check);
    if (!groups) this.passesIn.set(check, (groups = grouped(this.passing(check), (element) => element.component)));
    return groups.get(component) ?? NOBODY;
  }

  /** The ways in one of the components that pass, in the order of their last legs. */
  waysIn(check: FlowCheck, component: number): readonly Way[] {
    let groups = this.waysPassing.get(check);
    if (!groups) this.waysPassing.set(check, (groups = grouped(this.ways(check), (way) => way[0]!.from.component)));
    return groups.get(component) ?? NO_WAYS;
  }

  /** 1 for each element that some element passing the check reaches over one flow or more (or that reaches such a one). */
  reached(question: ReachQuestion): Uint8Array {
    const known = this.reaches.get(question);
    if (known) return known;
    const { direction, check, flows } = question;
    const found = new Uint8Array(this.facts.elements.length);
    this.reaches.set(question, found);
    const forth = direction === 'from';
    // An element is gone through once, but a stateless one once for each leg that leads to it.
    const expanded = new Uint8Array(this.facts.elements.length);
    const expandedLegs = new Set<FlowFact>();
    const queue = [...this.passing(check)];
    const by: (FlowFact | undefined)[] = [];
    for (const element of queue) expanded[element.index] = 1;
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!;
      const came = by[head];
      const legs = forth ? at.out : at.into;
      for (let number = 0; number < legs.length; number++) {
        const leg = legs[number]!;
        const next = forth ? leg.to : leg.from;
        if (expanded[next.index] === 1 && found[next.index] === 1) continue;
        if (flows ? !flows.has(leg) : !leg.influence) continue;
        if (came && !(forth ? goesOnBy(came, leg) : goesOnBy(leg, came))) continue;
        found[next.index] = 1;
        if (expanded[next.index] === 1) continue;
        if (!next.stateless) expanded[next.index] = 1;
        else if (expandedLegs.has(leg)) continue;
        else expandedLegs.add(leg);
        by[queue.length] = leg;
        queue.push(next);
      }
    }
    return found;
  }

  /** The ways that pass, in the order of their last legs; of those that end with one leg, one for each different set of answers. */
  ways(check: FlowCheck, distinguish?: (leg: FlowFact) => number): readonly Way[] {
    const courses = this.facts.legsFor(check.kinds, check);
    const found: Way[] = [];
    for (const legs of courses) {
      for (const leg of legs) {
        if (goesOn(leg)) continue;
        if (comesFromMediator(leg)) this.addWaysThrough(leg, check, found, distinguish);
        else if (check.holdsFor(leg, this)) found.push((this.alone[leg.index] ??= [leg]));
      }
    }
    return courses.length > 1 ? found.sort(byLastLeg) : found;
  }

  /** Whether some way into (or out of) the element passes. */
  someWay(element: ElementFact, direction: 'into' | 'out', check: FlowCheck): boolean {
    let memory = this.wayMemory.get(check);
    const size = this.facts.elements.length;
    if (!memory) this.wayMemory.set(check, (memory = { into: new Uint8Array(size), out: new Uint8Array(size) }));
    const answers = memory[direction];
    if (answers[element.index] === UNKNOWN) {
      answers[element.index] = NO;
      const legs = direction === 'into' ? element.into : element.out;
      for (let number = 0; number < legs.length; number++) {
        const leg = legs[number]!;
        if (!this.relevant(leg, check) || !(direction === 'into' ? this.passesTo(leg, check) : this.passesFrom(leg, check))) continue;
        answers[element.index] = YES;
        break;
      }
    }
    return answers[element.index] === YES;
  }

  relevant(leg: FlowFact, check: FlowCheck): boolean {
    return check.kinds ? check.kinds.has(leg) : leg.influence;
  }

  private addWaysThrough(leg: FlowFact, check: FlowCheck, ways: Way[], distinguish?: (leg: FlowFact) => number): void {
    for (const target of check.targets) if (!target(leg.to, this)) return;
    const last = this.answers(leg, check) | this.endAnswers(leg.to, 'to', check);
    for (const part of this.parts(leg, 'into', check, distinguish)) {
      if (this.holdsWith(part.answers | last, check)) ways.push([...part.legs, leg]);
    }
  }

  private passesTo(leg: FlowFact, check: FlowCheck): boolean {
    if (!comesFromMediator(leg)) return check.holdsFor(leg, this);
    const last = this.answers(leg, check) | this.endAnswers(leg.to, 'to', check);
    return this.parts(leg, 'into', check).some((part) => this.holdsWith(part.answers | last, check));
  }

  private passesFrom(leg: FlowFact, check: FlowCheck): boolean {
    if (!goesOn(leg)) return check.holdsFor(leg, this);
    const first = this.answers(leg, check) | this.endAnswers(leg.from, 'from', check);
    return this.parts(leg, 'out', check).some((part) => this.holdsWith(part.answers | first, check));
  }

  private holdsWith(answers: number, check: FlowCheck): boolean {
    this.givenAnswers = answers;
    return check.holds(this.givenAnswer);
  }

  private readonly givenAnswer = (at: number): boolean => ((this.givenAnswers >> at) & 1) === 1;

  private answers(leg: FlowFact, check: FlowCheck): number {
    let answers = 0;
    check.leaves.forEach((leaf, at) => {
      if (leaf.side === 'leg' && leaf.check(leg, this)) answers |= 1 << at;
    });
    return answers;
  }

  private endAnswers(end: ElementFact, side: 'from' | 'to', check: FlowCheck): number {
    let answers = 0;
    check.leaves.forEach((leaf, at) => {
      if (leaf.side === side && leaf.check(end, this)) answers |= 1 << at;
    });
    return answers;
  }

  /**
   * The different parts of ways beyond the mediator that this leg comes from (or goes to). A hub with a thousand legs
   * on each side has a million ways; but they differ in few answers, and one of each is enough.
   */
  private parts(leg: FlowFact, direction: 'into' | 'out', check: FlowCheck, distinguish?: (leg: FlowFact) => number): readonly Part[] {
    const mediator = direction === 'into' ? leg.from : leg.to;
    const key = `${direction} ${mediator.index} ${leg.kind}`;
    let memory = this.partMemory.get(check);
    if (!memory) this.partMemory.set(check, (memory = new Map()));
    const known = memory.get(key);
    if (known) return known;

    const side = direction === 'into' ? 'from' : 'to';
    const found = new Map<string, Part>();
    const seen = new Set<string>();
    let front: { at: ElementFact; answers: number; evidence: number; legs: readonly FlowFact[] }[] = [
      { at: mediator, answers: 0, evidence: 0, legs: [] },
    ];
    while (front.length > 0) {
      const next: typeof front = [];
      for (const { at, answers, evidence, legs } of front) {
        for (const further of direction === 'into' ? at.into : at.out) {
          if (further.kind !== leg.kind) continue;
          const end = direction === 'into' ? further.from : further.to;
          const goesFurther = direction === 'into' ? comesFromMediator(further) : goesOn(further);
          const its = answers | this.answers(further, check) | (goesFurther ? 0 : this.endAnswers(end, side, check));
          const key = evidence | (distinguish?.(further) ?? 0);
          const all = (): FlowFact[] => (direction === 'into' ? [further, ...legs] : [...legs, further]);
          const state = goesFurther ? `${end.index} ${its} ${key}` : `${its} ${key}`;
          if (!goesFurther) {
            if (!found.has(state)) found.set(state, { answers: its, end, legs: all() });
          } else if (!seen.has(state)) {
            seen.add(state);
            next.push({ at: end, answers: its, evidence: key, legs: all() });
          }
        }
      }
      front = next;
    }
    const parts = [...found.values()];
    memory.set(key, parts);
    return parts;
  }
}

function inSourceOrder(a: ElementFact, b: ElementFact): number {
  return a.index - b.index;
}

function byLastLeg(a: Way, b: Way): number {
  return a[a.length - 1]!.index - b[b.length - 1]!.index;
}

function grouped<T>(things: readonly T[], groupOf: (thing: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const thing of things) {
    const group = groups.get(groupOf(thing));
    if (group) group.push(thing);
    else groups.set(groupOf(thing), [thing]);
  }
  return groups;
}

/** The leg starts at a mediator into which something of its kind flows: the true source lies behind. */
function comesFromMediator(leg: FlowFact): boolean {
  return leg.from.mediator && leg.from.into.some((other) => other.kindNumber === leg.kindNumber && other.from !== leg.to);
}

/** The leg ends at a mediator out of which something of its kind flows: the true target lies behind. */
export function goesOn(leg: FlowFact): boolean {
  return leg.to.mediator && leg.to.out.some((other) => other.kindNumber === leg.kindNumber && other.to !== leg.from);
}

/** Where a flow really goes: its target, or what lies behind the mediators. */
export function trueTargets(leg: FlowFact): ElementFact[] {
  const targets = new Set<ElementFact>();
  const legs = new Set([leg]);
  for (const at of legs) {
    if (!goesOn(at)) targets.add(at.to);
    else for (const next of at.to.out) if (next.kind === leg.kind) legs.add(next);
  }
  return [...targets];
}
