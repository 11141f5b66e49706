import type { Mappings, Principle } from './vocabulary.ts';

/**
 * The match language, version 1: everything that a rule says, as data. The JSON Schema beside the catalogue's data says
 * the same; there is no second language hidden in strings.
 */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly severity: Severity;
  readonly principles: readonly Principle[];
  readonly stride: readonly string[];
  readonly match: Match;
  readonly satisfiedBy: Satisfaction;
  /** Where the controls that satisfy it may be stated. */
  readonly evidence: EvidenceScope;
  /** One step up, or down, when any of the conditions holds. */
  readonly raiseIf: readonly SeverityCondition[];
  readonly lowerIf: readonly SeverityCondition[];
  /**
   * One sentence with the author's names: `{subject}`, `{from}`, `{to}` (flow and path: true ends), `{source}`, `{sink}`,
   * `{via}` (path), `{private}`, `{untrusted}`, `{external}` (capability legs by name), `{value}` (the unsafe property's).
   */
  readonly message: string;
  /** Controls to offer first, best first. */
  readonly suggest: readonly string[];
  /** Rules whose finding on the same subject has the same cause: this one is folded into it. */
  readonly foldInto: readonly string[];
  readonly mappings: Mappings;
  readonly text: RuleText;
  readonly examples: readonly RuleExample[];
  /** The same things drawn in other ways. They are tests, and not on the rule's page. */
  readonly variants: readonly RuleExample[];
  readonly aliases: readonly string[];
}

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Text for the person who must act. Plain Markdown paragraphs. */
export interface RuleText {
  readonly why: string;
  readonly fix: string;
  readonly cost: string;
  readonly accept: string;
  /** `draft` until the texts and the three examples are finished; a draft rule is not evaluated. */
  readonly status: 'final' | 'draft';
}

export interface RuleExample {
  readonly kind: 'bad' | 'good' | 'near-miss';
  readonly title: string;
  /** A threat-model file. In a bad one, the line with `#!` after it is where the finding must be. */
  readonly model: string;
}

export type EvidenceScope = 'local' | 'local+system' | 'path' | 'system';

export type Match =
  | { readonly element: ElementTest }
  | { readonly flow: FlowTest }
  | { readonly path: PathMatch }
  | { readonly cycle: CycleMatch }
  | { readonly capability: CapabilityMatch }
  | { readonly model: ModelMatch }
  | { readonly anyOf: readonly Match[] };

/** A named predicate of the catalogue: `$untrusted`. */
export type Name = `$${string}`;

/** All given parts must hold. */
export type ElementTest = Name | ElementParts;
export interface ElementParts {
  readonly kind?: readonly string[];
  /** Property → values, one of which it has. Silence takes the catalogue's default. */
  readonly where?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** Declared trust, else the kind's, is below. */
  readonly trustBelow?: number;
  /** Declared trust is at most; the default of a kind does not count. */
  readonly declaredTrustAtMost?: number;
  /** Holds data of one of these kinds (or a named set). */
  readonly holds?: readonly string[];
  /** Has an owner (its own or the model's). */
  readonly owned?: boolean;
  /** Is (transitively) inside a boundary of one of these kinds. */
  readonly inside?: readonly string[];
  /** Some flow into it, seen with true ends, passes the test. */
  readonly receives?: FlowTest;
  /** Some flow out of it, seen with true ends, passes the test. */
  readonly sends?: FlowTest;
  /** Some element that passes `element` can reach it over flows of `flows` (all that influence, when omitted). */
  readonly reachedFrom?: Reach;
  /** It can reach some element that passes `element`. */
  readonly reaches?: Reach;
  readonly all?: readonly ElementTest[];
  readonly any?: readonly ElementTest[];
  readonly not?: ElementTest;
}
export interface Reach {
  readonly element: ElementTest;
  /** Flow kinds, or a named set. */
  readonly flows?: readonly string[];
}

export type FlowTest = Name | FlowParts;
export interface FlowParts {
  readonly kind?: readonly string[];
  /** The true ends. */
  readonly from?: ElementTest;
  readonly to?: ElementTest;
  /** Crosses a boundary of one of these kinds on any leg. */
  readonly crosses?: readonly string[];
  /** Carries data of one of these kinds (or a named set). */
  readonly carries?: readonly string[];
  /** The file says what it carries. */
  readonly carriesSaid?: boolean;
  readonly where?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly all?: readonly FlowTest[];
  readonly any?: readonly FlowTest[];
  readonly not?: FlowTest;
}

/** Something can travel from `source` to the last flow, `sink`. Mediators are transparent. */
export interface PathMatch {
  readonly source: ElementTest;
  readonly via?: {
    /** Every element between is one of these kinds. */
    readonly kind?: readonly string[];
    /** At least one element between passes. */
    readonly some?: ElementTest;
    /** At least so many elements between. */
    readonly min?: number;
  };
  /** The element that is reached. */
  readonly sink?: ElementTest;
  /** The last flow of the path. One of `sink` and `sinkFlow`, or both. */
  readonly sinkFlow?: FlowTest;
  /** Kinds of flow it may use, or a named set. */
  readonly flows: readonly string[];
  /** Some flow of the path crosses a boundary of one of these kinds. */
  readonly crosses?: readonly string[];
}

/** A path that comes back to the store where it began, through `some`. */
export interface CycleMatch {
  readonly at: ElementTest;
  readonly some: ElementTest;
  readonly flows: readonly string[];
}

/** One holder that can do all the legs at once. */
export interface CapabilityMatch {
  readonly holder: ElementTest;
  readonly legs: readonly CapabilityLeg[];
  /** The acted-on elements have at least so many different values of a property, e.g. two operators. */
  readonly distinct?: { readonly property: string; readonly min: number };
}
export interface CapabilityLeg {
  /** Name of the leg for messages: `private`, `untrusted`, `external`. */
  readonly name: string;
  /** What it means for the holder, e.g. "reads customer data". */
  readonly label: string;
  /** The holder is reached from such an element … */
  readonly reads?: Reach;
  /** … or can reach such a last flow over flows of these kinds. */
  readonly writes?: { readonly flow: FlowTest; readonly flows: readonly string[] };
}

/** One finding for the file when all given parts hold. */
export interface ModelMatch {
  readonly exists?: ElementTest;
  readonly existsFlow?: FlowTest;
  readonly absent?: ElementTest;
  readonly count?: { readonly element: ElementTest; readonly min: number };
  /** At least so many different elements are the true source of such a flow. */
  readonly sources?: { readonly flow: FlowTest; readonly min: number };
  /** System properties of which at least one is not stated. */
  readonly unstated?: readonly string[];
  /** At least `min` elements share a value of a property (and it is not one of `except`). */
  readonly shared?: { readonly element: ElementTest; readonly property: string; readonly min: number; readonly except?: readonly string[] };
  /** One boundary of these kinds directly or transitively holds both. */
  readonly together?: { readonly boundary: readonly string[]; readonly a: ElementTest; readonly b: ElementTest };
}

/** Which controls make a finding go away. A bare string is one control. */
export type Satisfaction =
  | string
  | { readonly anyOf: readonly Satisfaction[] }
  | { readonly allOf: readonly Satisfaction[] }
  | {
      /** Independent layers: controls of at least `layers` different layers, at least `deterministic` of them deterministic. */
      readonly layered: { readonly layers: number; readonly deterministic: number; readonly of: readonly string[] };
    };

/** All given parts hold. */
export interface SeverityCondition {
  readonly subject?: ElementTest;
  readonly source?: ElementTest;
  readonly sink?: ElementTest;
  /** Some element of the path or evidence passes. */
  readonly some?: ElementTest;
  readonly flow?: FlowTest;
  /** All these controls are in place in the evidence. */
  readonly controls?: readonly string[];
}

/** Named tests and sets that rules share. */
export interface Predicates {
  readonly elements: Readonly<Record<Name, ElementTest>>;
  readonly flows: Readonly<Record<Name, FlowTest>>;
  readonly data: Readonly<Record<Name, readonly string[]>>;
  readonly flowKinds: Readonly<Record<Name, readonly string[]>>;
}
