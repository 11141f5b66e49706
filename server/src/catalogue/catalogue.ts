import type { Predicates, Rule } from './rule.ts';
import type { Standing } from './standing.ts';
import type { BoundaryKind, Control, DataKind, ElementKind, FlowKind, Property, SwimLane, Taxonomy, Template } from './vocabulary.ts';

/** The reference architecture, checked and indexed. Built once per process; immutable. */
export interface Catalogue {
  readonly version: string;
  readonly elementKinds: ReadonlyMap<string, ElementKind>;
  readonly flowKinds: ReadonlyMap<string, FlowKind>;
  readonly boundaryKinds: ReadonlyMap<string, BoundaryKind>;
  readonly dataKinds: ReadonlyMap<string, DataKind>;
  /** By place, then by name. */
  readonly properties: {
    readonly element: ReadonlyMap<string, Property>;
    readonly flow: ReadonlyMap<string, Property>;
    readonly system: ReadonlyMap<string, Property>;
  };
  readonly controls: ReadonlyMap<string, Control>;
  /** Finished rules, in the order of their ids. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Where each rule stands, by its id. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Categories of rules: id → title. */
  readonly categories: ReadonlyMap<string, string>;
  /** Stages of the life cycle in their order: id → title. */
  readonly stages: ReadonlyMap<string, string>;
  /** Rules that the organisation has switched off, with its reason: they find nothing. */
  readonly off: ReadonlyMap<string, string>;
  /** Controls that the organisation demands: there is no way around them. */
  readonly mandatory: ReadonlySet<string>;
  readonly predicates: Predicates;
  readonly swimLanes: ReadonlyMap<string, SwimLane>;
  /** Only the ids that some control or rule maps to. */
  readonly taxonomies: ReadonlyMap<string, Taxonomy>;
  /** Where ids of taxonomies are explained that nothing maps to. */
  readonly pages: ReadonlyMap<string, { readonly title: string; readonly url: string }>;
  readonly templates: readonly Template[];
  /** Old id → id, for kinds, controls and rules. */
  alias(of: 'elementKinds' | 'flowKinds' | 'boundaryKinds' | 'dataKinds' | 'controls' | 'rules', id: string): string;
}
