import type { CompiledRule } from './rules.ts';
import type { ElementFact, FlowFact } from './facts.ts';
import type { Verdict } from './satisfaction.ts';

/** What a matcher hands over: a rule that is not satisfied somewhere, in facts. Words and places come later. */
export interface Hit {
  readonly rule: CompiledRule;
  /** `undefined` stands for the whole model. */
  readonly subject: ElementFact | FlowFact | undefined;
  readonly verdict: Verdict;
  /** Where a path or capability begins. */
  readonly sources: readonly ElementFact[];
  /** For severity conditions. */
  readonly source: ElementFact | undefined;
  readonly sink: ElementFact | undefined;
  readonly flow: FlowFact | undefined;
  /** The rest is for showing the finding; most findings of a large model are never shown. */
  details(): HitDetails;
}

export interface HitDetails {
  /** For the placeholders of the message: facts by name, or finished text. */
  readonly names: Readonly<Record<string, ElementFact | FlowFact | string>>;
  /** Related places in order. */
  readonly places: readonly { readonly at: string; readonly message: string }[];
  /** What to highlight, in the order of the way. */
  readonly trail: readonly (ElementFact | FlowFact)[];
  /** Where a control may be added, best first; boundaries and the system are appended by the report. */
  readonly givers: readonly (ElementFact | FlowFact)[];
}
