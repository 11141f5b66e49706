import type { DiagramGraph, GraphEdge, GraphNode } from '../../../server/src/diagram/index.ts';

const SIZE = 12;

/**
 * A graph that nobody sees: an engine that has laid it out has been compiled by the browser, and is half as slow with the
 * first one that counts. Two boundaries with flows inside and across, as models have.
 */
export const WARM_UP: DiagramGraph = {
  ...{ title: '', data: [] },
  boundaries: ['a', 'b'].map((id) => ({ id, title: id, kind: '', kindLabel: '', trust: 2, parent: undefined })),
  nodes: Array.from({ length: SIZE }, (_, at) => node(at)),
  edges: Array.from({ length: SIZE * 1.5 }, (_, at) => edge(at)),
};

function node(at: number): GraphNode {
  return {
    ...{ id: `n${at}`, title: `Element ${at}`, kind: '', kindLabel: 'Kind', shape: 'process', icon: '', boundary: at % 2 ? 'a' : 'b' },
    ...{ tags: [], outOfScope: false, holds: [], stateless: false },
  };
}

function edge(at: number): GraphEdge {
  const [from, to] = [`n${(at * 5) % SIZE}`, `n${(at * 7 + 2) % SIZE}`];
  const data = { data: [], carries: [], returns: [], replies: false };
  return { id: `e${at}`, flow: `e${at}`, from, to, label: 'Flow', ...data, kind: '', crosses: [] };
}
