import type { Predicates, Rule } from './rule.ts';
import type { Standing } from './standing.ts';
import type { BoundaryKind, Control, DataKind, ElementKind, FlowKind, Property, SwimLane, Template } from './vocabulary.ts';

/**
 * The compiled catalogue: checked, complete and plain JSON, so that it can be bundled. Lists of kinds are expanded,
 * omitted parts are filled in, drafts, and examples and variants of rules, are left out, and so is whatever nobody maps to.
 */
export interface CatalogueData {
  readonly version: string;
  readonly elementKinds: readonly ElementKind[];
  readonly flowKinds: readonly FlowKindData[];
  readonly boundaryKinds: readonly BoundaryKind[];
  readonly dataKinds: readonly DataKind[];
  readonly properties: readonly PropertyData[];
  readonly controls: readonly Control[];
  /** Finished rules, in the order of their ids. */
  readonly rules: readonly Rule[];
  /** By the ids of the rules. */
  readonly standings: Readonly<Record<string, Standing>>;
  readonly categories: Readonly<Record<string, string>>;
  readonly stages: Readonly<Record<string, string>>;
  /** How many rules are still drafts. */
  readonly drafts: number;
  readonly predicates: Predicates;
  readonly swimLanes: readonly SwimLane[];
  readonly taxonomies: readonly TaxonomyData[];
  /** Of the ids that nothing maps to: where they are explained. */
  readonly pages?: readonly { readonly id: string; readonly title: string; readonly url: string }[];
  /** None in what an organisation has compiled. */
  readonly templates?: readonly Template[];
}

/** JSON has no `undefined`: what may be missing is optional here. */
export type FlowKindData = Omit<FlowKind, 'reply'> & { readonly reply?: string };
export type PropertyData = Omit<Property, 'kinds'> & { readonly kinds?: readonly string[] };

export interface TaxonomyData {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly items: readonly TaxonomyItem[];
}
export interface TaxonomyItem {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
}
