import ELK from 'elkjs/lib/elk.bundled.js';
import type { ElkInput, ElkLike, ElkOutput } from './layout/elkFlat.ts';

/**
 * The layout engine in this thread, for the command line and tests. Import this file lazily: loading elkjs takes 0.2 s.
 * The webview makes its own `ElkLike` from `elkjs/lib/elk-api.js` and a worker.
 */
export function createElk(): ElkLike {
  const elk = new ELK();
  return { layout: (graph: ElkInput) => elk.layout(graph) as Promise<ElkOutput> };
}
