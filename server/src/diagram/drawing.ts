import type { Finding } from '../analysis/finding.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/model.ts';
import { buildGraph, buildMarks } from './buildGraph.ts';
import type { DiagramGraph, DiagramMarks } from './graph.ts';
import { pictureKey } from './keys.ts';

/** What a page needs to draw a model; the same `key` means the same `graph`. */
export interface Drawing {
  readonly key: string;
  readonly graph: DiagramGraph;
  readonly marks: DiagramMarks;
}

export function drawingOf(model: Model, catalogue: Catalogue, findings: readonly Finding[]): Drawing {
  const graph = buildGraph(model, catalogue, findings);
  return { key: pictureKey(graph), graph, marks: buildMarks(model, findings, catalogue) };
}
