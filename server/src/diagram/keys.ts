import type { DiagramGraph } from './graph.ts';
import type { Scene } from './scene.ts';

/**
 * A hash over everything that the layout depends on and nothing else: ids, order, nesting, ends, and the texts that are
 * measured. The same key means the same positions.
 */
export function structureKey(graph: DiagramGraph): string {
  return hash([
    graph.boundaries.map(({ id, title, kindLabel, parent }) => [id, title, kindLabel, parent ?? null]),
    graph.nodes.map(({ id, title, kindLabel, boundary, tags }) => [id, title, kindLabel, boundary ?? null, tags]),
    graph.edges.map(({ id, flow, from, to, label, data }) => [id, id === flow, from, to, label, data]),
  ]);
}

/** A hash over everything that is drawn, marks aside: also what a thing looks like where it stands. */
export function pictureKey(graph: DiagramGraph): string {
  return hash(graph);
}

/** The scene of a graph that has the same structure as the one that was laid out: same places, new looks. */
export function redress(scene: Scene, graph: DiagramGraph): Scene {
  const boundaries = new Map(graph.boundaries.map((it) => [it.id, it]));
  const nodes = new Map(graph.nodes.map((it) => [it.id, it]));
  const edges = new Map(graph.edges.map((it) => [it.id, it]));
  return {
    ...scene,
    title: graph.title,
    boundaries: scene.boundaries.map((box) => ({ ...box, boundary: boundaries.get(box.boundary.id) ?? box.boundary })),
    nodes: scene.nodes.map((box) => ({ ...box, node: nodes.get(box.node.id) ?? box.node })),
    edges: scene.edges.map((line) => ({ ...line, edge: edges.get(line.edge.id) ?? line.edge })),
  };
}

/** 53 bits of a text hash, as 14 hexadecimal digits; no secret depends on it. */
function hash(value: unknown): string {
  const text = JSON.stringify(value);
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return ((b >>> 0) & 0x1fffff).toString(16).padStart(6, '0') + (a >>> 0).toString(16).padStart(8, '0');
}
