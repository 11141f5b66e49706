import type { DiagramGraph, DiagramMarks, GraphBoundary, GraphEdge, GraphNode } from '../../../server/src/diagram/index.ts';

export function boundary(id: string, parent?: string, more: Partial<GraphBoundary> = {}): GraphBoundary {
  return { id, title: id, kind: 'zone', kindLabel: 'Zone', trust: 3, parent, ...more };
}

export function node(id: string, inside?: string, more: Partial<GraphNode> = {}): GraphNode {
  return {
    ...{ id, title: id, kind: 'thing', kindLabel: 'Thing', shape: 'process', icon: 'robot' },
    ...{ boundary: inside, tags: [], outOfScope: false, holds: [], stateless: false, ...more },
  };
}

export function edge(id: string, from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge {
  const data = { data: [], carries: [], returns: [], replies: false };
  return { id, flow: id, from, to, label: 'Prompt', ...data, kind: 'k', crosses: [], ...more };
}

export function graph(parts: Partial<DiagramGraph>): DiagramGraph {
  return { title: 'Test', boundaries: [], nodes: [], edges: [], data: [], ...parts };
}

export const NO_MARKS: DiagramMarks = { counts: {}, findings: [], names: {} };

const SHAPES: readonly GraphNode['shape'][] = ['actor', 'process', 'store', 'external'];

/** A made-up model: nested boundaries, mostly local flows, every eighth element without any. The same for the same size. */
export function madeUp(elements: number): DiagramGraph {
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const zones = Math.max(2, Math.floor(elements / 8));
  const boundaries = Array.from({ length: zones }, (_, index) =>
    boundary(`zone${index}`, index > 2 && index % 3 !== 0 ? `zone${index - (index % 3)}` : undefined, {
      title: `Zone ${index}`,
      trust: index % 5,
    }),
  );
  const nodes = Array.from({ length: elements }, (_, index) =>
    node(`e${index}`, `zone${Math.min(zones - 1, Math.floor(index / 8))}`, { title: `Element number ${index}`, shape: SHAPES[index % 4]! }),
  );
  const connected = nodes.filter((_, index) => index % 8 !== 7);
  const edges = Array.from({ length: Math.floor(elements * 1.3) }, (_, index) => {
    const from = next(connected.length);
    const to = next(5) === 0 ? next(connected.length) : Math.min(connected.length - 1, from + 1 + next(5));
    const crosses = connected[from]!.boundary === connected[to]!.boundary ? [] : [connected[from]!.boundary!, connected[to]!.boundary!];
    return edge(`f${index}`, connected[from]!.id, connected[to]!.id, { crosses, data: next(3) === 0 ? ['Customer record'] : [] });
  }).filter(({ from, to }) => from !== to);
  return graph({ boundaries, nodes, edges });
}
