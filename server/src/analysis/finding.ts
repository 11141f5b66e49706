import type { Severity } from '../catalogue/rule.ts';
import type { Span } from '../syntax/tree.ts';

export type FindingState = 'open' | 'unstated' | 'partial' | 'planned' | 'accepted' | 'expired' | 'not-applicable';

/** What a finding says, wherever in the text its things stand: the same object for as long as nothing but places changes. */
export interface Found {
  readonly rule: string;
  /** As shown: one step lower when a planned or partial control would satisfy it. */
  readonly severity: Severity;
  /** What gates use. */
  readonly fullSeverity: Severity;
  readonly state: FindingState;
  /** Id of the element, flow or boundary, or `$model`. For a path, the last flow into the sink. */
  readonly subject: string;
  /** The author's own names; plain text. */
  readonly message: string;
  /** Each inner list is one minimal set of controls that would satisfy it, preferred first. */
  readonly missing: readonly (readonly string[])[];
  /** Controls of the rule that are in place already (defence in depth: the layers that are there). */
  readonly present: readonly string[];
  /** Crossed boundary, other end, hops of a path in order, legs of a capability. */
  readonly related: readonly Pick<FindingPlace, 'subject' | 'message'>[];
  /** Ids of the elements that a path or capability begins at, sorted. */
  readonly sources: readonly string[];
  /** Elements and flows to highlight, in the order of the way. */
  readonly trail: readonly string[];
  /** Rules folded into this one because they have the same cause. */
  readonly also: readonly string[];
  /** One object as long as nothing about it changes but spans and the state, so that what was made of it can be kept. */
  readonly essence: object;
  /** Rule, subject and sources; survives reformatting, reordering and unrelated edits. */
  readonly fingerprint: string;
}

/** One missing control (or combination) at one place of one version of a text. Spans are absolute. */
export interface Finding extends Found {
  /** The line to change. */
  readonly span: Span;
  readonly related: readonly FindingPlace[];
  /** Where a control may be added: elements, flows, boundaries, nearest the sink first. */
  readonly givers: readonly string[];
}

export interface FindingPlace {
  readonly subject: string;
  readonly message: string;
  readonly span: Span;
}

/** Whether somebody must still act on a finding in this state. */
export function isOpen(state: FindingState): boolean {
  return state !== 'accepted' && state !== 'not-applicable';
}
