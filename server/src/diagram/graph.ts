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
}
export interface GraphBoundary {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** The kind's label, e.g. "Network zone". */
  readonly kindLabel: string;
  readonly trust: number;
  readonly parent: string | undefined;
}
export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly kindLabel: string;
  readonly shape: 'actor' | 'process' | 'store' | 'external';
  readonly icon: string;
  readonly boundary: string | undefined;
  /** Titles of overlapping boundaries. */
  readonly tags: readonly string[];
  readonly outOfScope: boolean;
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
  readonly kind: string;
  /** Ids of the boundaries that this leg crosses. */
  readonly crosses: readonly string[];
}

export interface DiagramMarks {
  /** By id of element, flow, boundary or `$model`: how many findings of each severity. */
  readonly counts: Readonly<Record<string, Readonly<Partial<Record<Severity, number>>>>>;
  /** In the order of the list: most severe first. */
  readonly findings: readonly DiagramFinding[];
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
  readonly principles: readonly string[];
  /** Elements and flows to highlight, in the order of the way. */
  readonly trail: readonly string[];
}
