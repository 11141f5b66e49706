import type { DiagramGraph, GraphNode } from '../../server/src/diagram/index.ts';

/** What authors do that changes the structure of a picture. */
export const EDITS = ['new element', 'new flow', 'flow across', 'longer name', 'moved', 'deleted'] as const;
export type Edit = (typeof EDITS)[number];

export interface Edited {
  readonly edit: Edit;
  readonly graph: DiagramGraph;
}

/** So many edits in turn at random places, each made to the graph as it was at first: the same for the same graph. */
export function randomEdits(graph: DiagramGraph, count: number): readonly Edited[] {
  let seed = 11;
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const any = <T>(list: readonly T[]): T => list[next(list.length)]!;
  return Array.from({ length: count }, (_, at): Edited => {
    const edit = EDITS[at % EDITS.length]!;
    const node = any(graph.nodes);
    const near = graph.nodes.filter(({ id, boundary }) => boundary === node.boundary && id !== node.id);
    const other = near.length > 0 && edit !== 'flow across' ? any(near) : any(graph.nodes);
    return { edit, graph: changed(graph, edit, node, other, `new${at}`) };
  });
}

function changed(graph: DiagramGraph, edit: Edit, node: GraphNode, other: GraphNode, id: string): DiagramGraph {
  const { nodes, edges } = graph;
  const flow = (from: string, to: string): DiagramGraph['edges'] => [...edges, { ...edges[0]!, id, flow: id, from, to, crosses: [] }];
  const put = (its: Partial<GraphNode>): DiagramGraph => ({ ...graph, nodes: nodes.map((it) => (it === node ? { ...it, ...its } : it)) });
  switch (edit) {
    case 'new element':
      return { ...graph, nodes: [...nodes, { ...node, id, title: 'Another one' }], edges: flow(node.id, id) };
    case 'new flow':
    case 'flow across':
      return { ...graph, edges: flow(node.id, other.id) };
    case 'longer name':
      return put({ title: `${node.title} with a longer name` });
    case 'moved':
      return put({ boundary: nodes.find(({ boundary }) => boundary !== node.boundary)?.boundary });
    case 'deleted': {
      const kept = edges.filter(({ from, to }) => from !== node.id && to !== node.id);
      return { ...graph, nodes: nodes.filter((it) => it !== node), edges: kept };
    }
  }
}
