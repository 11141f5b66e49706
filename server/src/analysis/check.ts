import type { ElementFact, FlowFact } from './fact.ts';
import type { KindSet } from './kindSet.ts';
import type { Query } from './query.ts';

/**
 * The tests of the match language, compiled once a catalogue to closures. A flow test is asked of a *way*: one flow, or
 * several legs through mediators seen as one, with the true ends. So it is compiled to `leaves`, each of which looks at
 * one side of the way, and to a formula over their answers.
 */
export interface ElementCheck {
  (element: ElementFact, query: Query): boolean;
  /** Kinds that it can be true for; `undefined` = any. What saves asking it of all the others. */
  readonly kinds: KindSet | undefined;
  /** Whether it can hold for elements that are alike this one, see `Likeness`. */
  readonly mayHold: (element: ElementFact) => boolean;
  /** It looks at each element alone, so that it holds for all that are alike one for which it may hold. */
  readonly isAlone: boolean;
}

export interface FlowCheck {
  /** Kinds that it can be true for; `undefined` = every kind that has influence. */
  readonly kinds: KindSet | undefined;
  readonly leaves: readonly Leaf[];
  /** Leaves about the target without which it cannot hold: asked first. */
  readonly targets: readonly ElementCheck[];
  /** Whether it holds for a way, given the answer of each leaf. */
  readonly holds: (leaf: (at: number) => boolean) => boolean;
  /** The same of a leg by itself, with the ends as they are drawn. */
  readonly holdsFor: (leg: FlowFact, query: Query) => boolean;
  /** Whether that can be so for legs that are alike this one, between ends that are. */
  readonly mayHoldFor: (leg: FlowFact) => boolean;
}

export type Leaf =
  | { readonly side: 'from' | 'to'; readonly check: ElementCheck }
  /** True for the way when it is true for any of its legs. */
  | { readonly side: 'leg'; readonly check: (leg: FlowFact, query: Query) => boolean };

/** Answers as they are remembered in a `Uint8Array`. */
export const UNKNOWN = 0;
export const NO = 1;
export const YES = 2;
