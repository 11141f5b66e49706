import { analyse } from '../../../server/src/analysis/index.ts';
import { buildGraph, buildMarks, structureKey } from '../../../server/src/diagram/index.ts';
import type { DiagramResult } from '../../../server/src/protocol/messages.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { modelOf, TODAY } from '../../tools/analyseText.ts';

export const MODEL_URI = 'file:///models/support.threatmodel.yaml';

/** What the server answers for a text, as it travels: through JSON. */
export function diagramOf(text: string, version = 1): DiagramResult {
  const catalogue = readCatalogue();
  const model = modelOf(text, catalogue);
  const graph = buildGraph(model, catalogue);
  const marks = buildMarks(model, analyse(model, catalogue, { today: TODAY }).findings, catalogue);
  return JSON.parse(JSON.stringify({ uri: MODEL_URI, version, picture: structureKey(graph), graph, marks, stale: false })) as DiagramResult;
}
