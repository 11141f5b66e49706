import { layoutGraph, type DiagramGraph, type ElkLike, type Scene } from '../../../server/src/diagram/index.ts';
import type { LayoutOptions } from '../../../server/src/diagram/layout/layout.ts';
import type { Drawn } from './drawn.ts';

/** The layout of the extension and the command line. */
export async function ours(graph: DiagramGraph, elk: ElkLike, options: LayoutOptions = {}): Promise<Drawn> {
  return drawnOf(await layoutGraph(graph, elk, options));
}

function drawnOf({ width, height, nodes, boundaries, edges }: Scene): Drawn {
  return {
    width,
    height,
    leaves: new Map(nodes.map((box) => [box.node.id, box])),
    boundaries: new Map(boundaries.map((box) => [box.boundary.id, box])),
    edges: edges.map(({ edge, points }) => ({ from: edge.from, to: edge.to, points })),
  };
}
