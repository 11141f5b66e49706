import { buildGraph } from '../../server/src/diagram/buildGraph.ts';
import { createElk } from '../../server/src/diagram/elk.ts';
import { layoutGraph } from '../../server/src/diagram/layout/layout.ts';
import { modelOf } from '../tools/analyseText.ts';
import { readCatalogue } from '../tools/catalogue.ts';
import { generateModel } from './models.ts';
import { median, table, timed } from './measure.ts';

/** The layout that the first picture waits for, in a new engine, and the same again warm. */
export async function measureDiagram(): Promise<string> {
  const rows: string[][] = [];
  for (const size of [20, 60, 200]) {
    const graph = buildGraph(modelOf(generateModel('local', size)), readCatalogue());
    const layout = (elk: ReturnType<typeof createElk>) => timed(async () => void (await layoutGraph(graph, elk)));
    const elk = createElk();
    const first = await layout(elk);
    const warm = [await layout(elk), await layout(elk), await layout(elk)];
    rows.push([String(size), String(graph.edges.length), first.toFixed(0), median(warm).toFixed(0)]);
  }
  return table(['elements', 'flows drawn', 'first layout', 'warm layout, median'], rows);
}
