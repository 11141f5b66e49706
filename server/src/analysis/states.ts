import type { ElementFact, FlowFact } from './fact.ts';
import type { Facts } from './facts.ts';
import type { Way } from './query.ts';

/** What comes before a start. */
export const BEGINNING = -1;
const NONE = -1;

/**
 * The states of a search in the order in which they were reached, as columns that the next search uses again: a search
 * over a large model has tens of thousands of them.
 */
export class States {
  count = 0;
  readonly at: ElementFact[] = [];
  /** The leg that led to each; a start has none. */
  readonly leg: (FlowFact | undefined)[] = [];
  readonly before: number[] = [];
  readonly phase: number[] = [];
  readonly mask: number[] = [];
  /** Of the states that are kept at a place: the newest, and from each the one before it. */
  private newest = new Int32Array(0);
  private readonly older: number[] = [];
  private readonly touched: number[] = [];
  private elements = 0;

  /** Makes room for a search over these facts. */
  begin({ elements, flows }: Facts): void {
    this.clear();
    this.elements = elements.length;
    const places = elements.length + flows.length;
    if (this.newest.length < places) this.newest = new Int32Array(places).fill(NONE);
  }

  private clear(): void {
    for (let at = 0; at < this.touched.length; at++) this.newest[this.touched[at]!] = NONE;
    this.touched.length = 0;
    this.count = 0;
  }

  add(at: ElementFact, leg: FlowFact | undefined, before: number, phase: number, mask: number): number {
    const state = this.count++;
    this.at[state] = at;
    this.leg[state] = leg;
    this.before[state] = before;
    this.phase[state] = phase;
    this.mask[state] = mask;
    return state;
  }

  /** Adds a state unless one at the same place is at least as good, and forgets those that it is better than. */
  reach(leg: FlowFact, before: number, phase: number, mask: number): void {
    const { to } = leg;
    // States are compared where they can go on in the same ways: at an element, or at the leg into a stateless one.
    const place = to.stateless ? this.elements + leg.index : to.index;
    const first = this.newest[place]!;
    for (let other = first; other !== NONE; other = this.older[other]!) {
      if (isAsGood(this.mask[other]!, this.phase[other]!, mask, phase)) return;
    }
    const state = this.add(to, leg, before, phase, mask);
    if (first === NONE) this.touched.push(place);
    this.newest[place] = state;
    this.older[state] = first;
    for (let last = state, other = first; other !== NONE; other = this.older[other]!) {
      if (isAsGood(mask, phase, this.mask[other]!, this.phase[other]!)) this.older[last] = this.older[other]!;
      else last = other;
    }
  }

  /** The way that a state has come by, with one more leg. */
  wayTo(state: number, last: FlowFact): Way {
    const legs = [last];
    for (let at = state; this.before[at] !== BEGINNING; at = this.before[at]!) legs.push(this.leg[at]!);
    return legs.reverse();
  }
}

/** Whether a state has met no more controls and no fewer conditions than another. */
export function isAsGood(mask: number, phase: number, otherMask: number, otherPhase: number): boolean {
  return (mask & otherMask) === mask && (phase & otherPhase & 3) === (otherPhase & 3) && phase >> 2 >= otherPhase >> 2;
}
