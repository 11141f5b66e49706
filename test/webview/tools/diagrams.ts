import { analyse } from '../../../server/src/analysis/index.ts';
import { deltaBetween } from '../../../server/src/diagram/delta.ts';
import { drawingOf, drawn, type Drawing } from '../../../server/src/diagram/drawing.ts';
import type { ChangedDiagram, WholeDiagram } from '../../../server/src/protocol/messages.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { modelOf, TODAY } from '../../tools/analyseText.ts';

export const MODEL_URI = 'file:///models/support.threatmodel.yaml';

/** What the server answers for a text, as it travels: through JSON. */
export function diagramOf(text: string, version = 1): WholeDiagram {
  const catalogue = readCatalogue();
  const model = modelOf(text, catalogue);
  const { graph, marks, key, revision } = drawingOf(model, catalogue, analyse(model, catalogue, { today: TODAY }).findings);
  const whole: WholeDiagram = { uri: MODEL_URI, version, picture: key, revision, graph, marks, stale: false };
  return JSON.parse(JSON.stringify(whole)) as WholeDiagram;
}

/** What it answers to somebody who has another version already. */
export function changeOf(before: WholeDiagram, after: WholeDiagram): ChangedDiagram {
  const drawingIn = ({ graph, marks }: WholeDiagram): Drawing => drawn(graph!, marks);
  const { graph: _, marks: __, ...facts } = after;
  const delta = deltaBetween({ ...drawingIn(before), revision: before.revision }, drawingIn(after));
  return JSON.parse(JSON.stringify({ ...facts, delta })) as ChangedDiagram;
}
