import type { Severity } from '../catalogue/rule.ts';
import type { FindingState } from '../analysis/finding.ts';

/**
 * What is to be drawn, in source order. Plain JSON: it travels to the webview and to the layout worker.
 * Ids are the model's ids. Only `DiagramGraph` reaches the layout; `DiagramMarks` never moves anything.
 */
export interface DiagramGraph {
  readonly title: string;
  readonly boundaries: readonly GraphBoundary[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What flows and is stored: declared assets, then kinds that are named directly. */
  readonly data: readonly GraphData[];
}
export interface GraphData {
  /** As flows and elements name it: the asset's id, or the kind's. */
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly kindLabel: string;
}
export interface GraphBoundary {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** The kind's label, e.g. "Network zone". */
  readonly kindLabel: string;
  readonly trust: number;
  readonly parent: string | undefined;
  /** No trust boundary but a frame: around it is what another file brings in. */
  readonly file?: true;
}
export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly kindLabel: string;
  /** `boundary`: a collapsed boundary, with `inside`. */
  readonly shape: 'actor' | 'process' | 'store' | 'external' | 'boundary';
  readonly icon: string;
  readonly boundary: string | undefined;
  /** Titles of overlapping boundaries. */
  readonly tags: readonly string[];
  readonly outOfScope: boolean;
  /** Ids of data. */
  readonly holds: readonly string[];
  /** Keeps nothing between requests: what one caller sends does not come out in the reply to another. */
  readonly stateless: boolean;
  /** What a collapsed boundary has in it. */
  readonly inside?: { readonly elements: number; readonly trust: number };
}
/** One leg of a flow: a flow with `through` has several, all with its id as `flow`. */
export interface GraphEdge {
  /** Unique among edges: the flow's id, or `flow#2` for its later legs. */
  readonly id: string;
  readonly flow: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Titles of what the file says it carries. */
  readonly data: readonly string[];
  /** Ids of the data that it carries, and that comes back the same way. */
  readonly carries: readonly string[];
  readonly returns: readonly string[];
  /** A reply comes back the same way that is not drawn. */
  readonly replies: boolean;
  readonly kind: string;
  /** Ids of the boundaries that this leg crosses. */
  readonly crosses: readonly string[];
  /** The flows that a summary stands for, where boundaries are collapsed. */
  readonly bundle?: readonly string[];
}

export interface DiagramMarks {
  /** By id of element, flow, boundary or `$model`: how many findings of each severity. */
  readonly counts: Readonly<Record<string, Readonly<Partial<Record<Severity, number>>>>>;
  /** In the order of the list: most severe first. */
  readonly findings: readonly DiagramFinding[];
  /** Titles of the swim lanes, rule categories and taxonomies that findings name by id. */
  readonly names: Readonly<Record<string, string>>;
}
export interface DiagramFinding {
  readonly key: string;
  readonly rule: string;
  readonly ruleTitle: string;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly subject: string;
  readonly message: string;
  /** Names of the alternatives that would satisfy it. */
  readonly missing: readonly (readonly string[])[];
  /** Names of the rule's controls that are in place: the layers that are there. */
  readonly present: readonly string[];
  readonly principles: readonly string[];
  readonly category: string;
  /** Swim lanes of the controls that would satisfy it first. */
  readonly lanes: readonly string[];
  /** `TAXONOMY:ID` each. */
  readonly taxonomies: readonly string[];
  /** Elements and flows to highlight, in the order of the way. */
  readonly trail: readonly string[];
}
