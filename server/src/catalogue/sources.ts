import type { TaxonomyData } from './data.ts';
import type { Predicates, Rule } from './rule.ts';
import type { BoundaryKind, Control, DataKind, ElementKind, FlowKind, Property, SwimLane } from './vocabulary.ts';

/**
 * The files of a catalogue, parsed and valid by their JSON Schemas, but not yet checked against each other. What may be
 * omitted in a file is optional here.
 */
export interface CatalogueSources {
  readonly kinds: SourceFile<KindsSource>;
  readonly lanes: SourceFile<LanesSource>;
  readonly predicates: SourceFile<Predicates>;
  readonly controls: readonly SourceFile<ControlsSource>[];
  readonly rules: readonly SourceFile<RuleSource>[];
  readonly taxonomies: readonly SourceFile<TaxonomyData>[];
}

export interface SourceFile<T> {
  /** Path inside the catalogue, with forward slashes. */
  readonly file: string;
  readonly data: T;
}

/** The given keys may be omitted; the id is the key in the map. */
type Keyed<T, Optional extends keyof T> = Readonly<Record<string, Omit<T, 'id' | Optional> & Partial<Pick<T, Optional>>>>;

export interface KindsSource {
  readonly elements: Keyed<ElementKind, 'mediator' | 'consulted' | 'stateless' | 'aliases'>;
  readonly flows: Readonly<
    Record<string, Pick<FlowKind, 'label' | 'description'> & { reply?: string } & Partial<Omit<FlowKind, 'id' | 'reply'>>>
  >;
  readonly boundaries: Keyed<BoundaryKind, 'aliases'>;
  readonly data: Keyed<DataKind, 'aliases'>;
  readonly properties: Readonly<Record<Property['on'], Readonly<Record<string, PropertySource>>>>;
}

export type PropertySource = Pick<Property, 'type' | 'description'> & {
  readonly kinds?: readonly string[];
} & Partial<Pick<Property, 'values' | 'default' | 'defaults'>>;

export interface LanesSource {
  readonly version: string;
  readonly lanes: Readonly<Record<string, Omit<SwimLane, 'id'>>>;
  readonly layers: readonly string[];
  readonly stages: Readonly<Record<string, string>>;
  /** Categories of rules: id → title. */
  readonly categories: Readonly<Record<string, string>>;
}

export interface ControlsSource {
  readonly lane: string;
  readonly controls: Readonly<Record<string, Omit<Control, 'id' | 'pillar' | 'swimLane' | 'aliases'> & Partial<Pick<Control, 'aliases'>>>>;
}

type OptionalInRule = 'aliases' | 'raiseIf' | 'lowerIf' | 'foldInto' | 'suggest' | 'stride' | 'examples' | 'variants';
export type RuleSource = Omit<Rule, OptionalInRule> & Partial<Pick<Rule, OptionalInRule>>;

/** A rule with all its parts, whatever the file omits. */
export function completeRule(source: RuleSource): Rule {
  return { aliases: [], raiseIf: [], lowerIf: [], foldInto: [], suggest: [], stride: [], examples: [], variants: [], ...source };
}

/** Something wrong in the catalogue's files. */
export interface CatalogueProblem {
  readonly file: string;
  /** Where in the file: `match.path.sink.kind`. */
  readonly at: string;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** The one word that is wrong, where `at` names a list or a map that has it. */
  readonly word?: string | undefined;
}
