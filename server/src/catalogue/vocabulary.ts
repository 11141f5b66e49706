/** The words of the language: kinds, their properties, controls and taxonomies. Data only; the engine has no knowledge. */

export interface ElementKind {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** actor, interface, reasoning, capability, context, lifecycle, safety, operations. */
  readonly category: string;
  /** Default trust: 0 hostile or public … 4 control plane. */
  readonly trust: number;
  /** Passes traffic on: rules see the true ends behind it. */
  readonly mediator: boolean;
  /** May be consulted beside the path and then says what it `guards`. */
  readonly consulted: boolean;
  /** Keeps nothing between requests: what one caller sends does not come out in the reply to another. */
  readonly stateless: boolean;
  /** How it is drawn: `actor`, `process`, `store`, `external`. */
  readonly shape: 'actor' | 'process' | 'store' | 'external';
  readonly icon: string;
  readonly aliases: readonly string[];
}

export interface FlowKind {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** The kind of the reply that a flow of this kind implies. */
  readonly reply: string | undefined;
  /** Whether what it carries can steer or inform the receiver. Paths ignore the others unless a rule names them. */
  readonly influence: boolean;
  /** Data kinds that it carries when the file does not say. */
  readonly carries: readonly string[];
  /** Pairs of ends that make it the natural kind; used to derive the kind and to propose one. */
  readonly between: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  readonly aliases: readonly string[];
}

export interface BoundaryKind {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Trust of its inside, for the tint: 0 … 4. */
  readonly trust: number;
  readonly aliases: readonly string[];
}

export interface DataKind {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly aliases: readonly string[];
}

export interface Property {
  readonly name: string;
  readonly on: 'element' | 'flow' | 'system';
  readonly description: string;
  /** Kinds of element or flow that make use of it; `undefined` = all. */
  readonly kinds: readonly string[] | undefined;
  readonly type: 'choice' | 'choices' | 'text' | 'flag' | 'level' | 'date';
  /** For `choice` and `choices`: the legal values. */
  readonly values: readonly string[];
  /** What silence means; `unknown` when the catalogue gives none. */
  readonly default: string | number | boolean;
  /** Defaults of single kinds. */
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
}

export interface Control {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly pillar: string;
  readonly swimLane: string;
  readonly group: string;
  readonly principles: readonly Principle[];
  readonly layer: string;
  readonly nature: 'deterministic' | 'probabilistic' | 'organisational';
  readonly phase: 'first' | 'then' | 'next';
  readonly stages: readonly string[];
  readonly appliesTo: { readonly elements: readonly string[]; readonly flows: readonly string[] };
  readonly givenBy: readonly GivenBy[];
  readonly mappings: Mappings;
  readonly aliases: readonly string[];
}

export type GivenBy = 'element' | 'flow' | 'boundary' | 'system';
export type Principle = 'verify-explicitly' | 'least-privilege' | 'assume-breach';
/** Taxonomy id → ids in it. */
export type Mappings = Readonly<Record<string, readonly string[]>>;

export interface SwimLane {
  readonly id: string;
  readonly title: string;
  readonly pillar: string;
}

export interface Taxonomy {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly items: ReadonlyMap<string, { readonly title: string; readonly url: string | undefined }>;
}

/** A whole model of one architecture, to begin with. */
export interface Template {
  /** `rag-chat` */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}
