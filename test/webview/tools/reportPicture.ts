import { buildGraph, layoutGraph, type Scene } from '../../../server/src/diagram/index.ts';
import { createElk } from '../../../server/src/diagram/elk.ts';
import type { ModelReport } from '../../../server/src/report/index.ts';

/** The layout of a model, as the command line makes it. */
export function sceneOf({ model, catalogue }: ModelReport): Promise<Scene> {
  return layoutGraph(buildGraph(model, catalogue), createElk());
}
