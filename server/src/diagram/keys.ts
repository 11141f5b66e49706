import { hashText, hexOf } from '../syntax/hash.ts';
import type { DiagramGraph } from './graph.ts';
import { keepScene } from './keep.ts';
import type { Scene } from './scene.ts';

/**
 * A hash over everything that the layout depends on and nothing else: ids, order, nesting, ends, and the texts that are
 * measured. The same key means the same positions.
 */
export function structureKey(graph: DiagramGraph): string {
  return hash([
    graph.boundaries.map(({ id, title, kindLabel, parent }) => [id, title, kindLabel, parent ?? null]),
    graph.nodes.map(({ id, title, kindLabel, boundary, tags, inside }) => [
      id,
      title,
      kindLabel,
      boundary ?? null,
      tags,
      inside?.elements ?? -1,
    ]),
    graph.edges.map(({ id, flow, from, to, label, data }) => [id, id === flow, from, to, label, data]),
  ]);
}

/** The scene of a graph that has the same structure as the one that was laid out: same places, new looks. */
export function redress(scene: Scene, graph: DiagramGraph): Scene {
  const boundaries = new Map(graph.boundaries.map((it) => [it.id, it]));
  const nodes = new Map(graph.nodes.map((it) => [it.id, it]));
  const edges = new Map(graph.edges.map((it) => [it.id, it]));
  return keepScene(scene, {
    ...scene,
    title: graph.title,
    boundaries: scene.boundaries.map((box) => ({ ...box, boundary: boundaries.get(box.boundary.id) ?? box.boundary })),
    nodes: scene.nodes.map((box) => ({ ...box, node: nodes.get(box.node.id) ?? box.node })),
    edges: scene.edges.map((line) => ({ ...line, edge: edges.get(line.edge.id) ?? line.edge })),
  });
}

function hash(value: unknown): string {
  return hexOf(hashText(JSON.stringify(value)));
}
