import * as dagre from '@dagrejs/dagre';
import type { Item, Tree } from '../../../server/src/diagram/layout/tree.ts';
import type { Box } from '../../../server/src/diagram/scene.ts';
import { sizeLabel, type LabelDetail } from '../../../server/src/diagram/sizes.ts';
import type { Drawn } from './drawn.ts';

/** dagre with clusters. Throws for some graphs. */
export function dagreLayout(tree: Tree, labels: LabelDetail): Drawn {
  const graph = new dagre.graphlib.Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 50, edgesep: 14 });
  const add = (item: Item, parent: string | undefined): void => {
    graph.setNode(item.key, item.type === 'leaf' ? { width: item.size.width, height: item.size.height } : {});
    if (parent !== undefined) graph.setParent(item.key, parent);
    if (item.type === 'group') for (const child of item.children) add(child, item.key);
  };
  for (const item of tree.roots) add(item, undefined);
  for (const { key, edge, from, to } of tree.edges) {
    const size = sizeLabel(edge, labels);
    graph.setEdge(from.key, to.key, { width: size?.width ?? 0, height: size?.height ?? 0, labelpos: 'c' }, key);
  }
  dagre.layout(graph);
  const leaves = new Map<string, Box>();
  const boundaries = new Map<string, Box>();
  const read = (item: Item): void => {
    const { x, y, width, height } = graph.node(item.key) as Box;
    const box = { x: x - width / 2, y: y - height / 2, width, height };
    if (item.type === 'leaf') leaves.set(item.node.id, box);
    else {
      // A boundary without anything in it has no size.
      if (item.children.length > 0) boundaries.set(item.boundary.id, box);
      item.children.forEach(read);
    }
  };
  tree.roots.forEach(read);
  const edges = tree.edges.map(({ key, from, to }) => ({
    from: from.node.id,
    to: to.node.id,
    points: (graph.edge(from.key, to.key, key) as { points: Drawn['edges'][number]['points'] }).points,
  }));
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, leaves, boundaries, edges };
}
