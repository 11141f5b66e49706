import type { DiagramGraph } from '../graph.ts';
import { Nesting } from './nesting.ts';

/** Elements, flows or boundaries, and how many flows away from them is still kept. */
export interface Focus {
  readonly ids: readonly string[];
  readonly hops: number;
}

/** The neighbourhood of some things: elements so many flows away, what flows between them, the boundaries around. */
export function focusOn(graph: DiagramGraph, { ids, hops }: Focus): DiagramGraph {
  const nesting = new Nesting(graph);
  const wanted = new Set(ids);
  const kept = new Set<string>();
  const around = new Set(graph.boundaries.filter(({ id }) => wanted.has(id)).flatMap(({ id }) => nesting.chain(id)));
  for (const { id, boundary } of graph.nodes) {
    const chain = boundary === undefined ? [] : nesting.chain(boundary);
    if (wanted.has(id) || chain.some((it) => wanted.has(it))) kept.add(id);
  }
  for (const { flow, from, to } of graph.edges) {
    if (wanted.has(flow)) kept.add(from).add(to);
  }
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  let last = [...kept];
  for (let hop = 0; hop < hops && last.length > 0; hop++) {
    last = [...new Set(last.flatMap((id) => neighbours.get(id) ?? []))].filter((id) => !kept.has(id));
    for (const id of last) kept.add(id);
  }
  const nodes = graph.nodes.filter(({ id }) => kept.has(id));
  for (const { boundary } of nodes) if (boundary !== undefined) for (const id of nesting.chain(boundary)) around.add(id);
  return {
    ...graph,
    boundaries: graph.boundaries.filter(({ id }) => around.has(id)),
    nodes,
    edges: graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}
