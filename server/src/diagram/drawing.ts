import type { Finding } from '../analysis/finding.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/model.ts';
import { hashText, hexOf } from '../syntax/hash.ts';
import { buildGraph, buildMarks } from './buildGraph.ts';
import type { DiagramGraph, DiagramMarks } from './graph.ts';

/** What a page needs to draw a model. */
export interface Drawing {
  /** The same key means the same graph. */
  readonly key: string;
  /** The same revision means the same graph and the same marks. */
  readonly revision: string;
  readonly graph: DiagramGraph;
  readonly marks: DiagramMarks;
  readonly parts: DrawingParts;
}
/** Everything that is drawn as text: what has the same text is drawn the same way. */
export interface DrawingParts {
  readonly boundaries: readonly string[];
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly data: readonly string[];
  readonly findings: readonly string[];
  readonly names: string;
}

export function drawingOf(model: Model, catalogue: Catalogue, findings: readonly Finding[]): Drawing {
  return drawn(buildGraph(model, catalogue, findings), buildMarks(model, findings, catalogue));
}

export function drawn(graph: DiagramGraph, marks: DiagramMarks): Drawing {
  const texts = (things: readonly object[]): readonly string[] => things.map((thing) => JSON.stringify(thing));
  const parts = {
    boundaries: texts(graph.boundaries),
    nodes: texts(graph.nodes),
    edges: texts(graph.edges),
    data: texts(graph.data),
    findings: texts(marks.findings),
    names: JSON.stringify(marks.names),
  };
  const { boundaries, nodes, edges, data } = parts;
  const key = keyOf([JSON.stringify(graph.title), ...[boundaries, nodes, edges, data].flatMap((list) => ['', ...list])]);
  return { key, revision: keyOf([key, parts.names, ...parts.findings]), graph, marks, parts };
}

/** JSON has no line breaks. */
function keyOf(lines: readonly string[]): string {
  return hexOf(hashText(lines.join('\n')));
}
