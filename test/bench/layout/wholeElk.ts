import type { ElkInput, ElkLike, ElkOutput } from '../../../server/src/diagram/layout/elkFlat.ts';
import type { Item, Tree } from '../../../server/src/diagram/layout/tree.ts';
import type { Box } from '../../../server/src/diagram/scene.ts';
import { BOUNDARY, sizeLabel, type LabelDetail } from '../../../server/src/diagram/sizes.ts';
import type { Drawn } from './drawn.ts';

/** elkjs with everything at once, boundaries and all: what the layout by boundary is compared with. */
export async function wholeElk(tree: Tree, labels: LabelDetail, elk: ElkLike, more: Record<string, string>): Promise<Drawn> {
  const spacing = {
    'elk.padding': `[top=${BOUNDARY.top},left=${BOUNDARY.side},bottom=${BOUNDARY.bottom},right=${BOUNDARY.side}]`,
    'elk.spacing.nodeNode': '36',
    'elk.spacing.edgeNode': '18',
    'elk.spacing.edgeEdge': '14',
    'elk.layered.spacing.nodeNodeBetweenLayers': '30',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  };
  const nodeOf = (item: Item): ElkInput =>
    item.type === 'leaf'
      ? { id: item.key, width: item.size.width, height: item.size.height }
      : {
          id: item.key,
          layoutOptions: spacing,
          children: item.children.map(nodeOf),
          ...(item.children.length === 0 && { width: 140, height: 64 }),
        };
  const output = await elk.layout({
    id: 'root',
    layoutOptions: {
      ...spacing,
      'elk.algorithm': 'layered',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.edgeRouting': 'ORTHOGONAL',
      ...more,
    },
    children: tree.roots.map(nodeOf),
    edges: tree.edges.map(({ key, edge, from, to }) => {
      const size = sizeLabel(edge, labels);
      const options = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' };
      const label = size && [{ id: `${key}l`, text: 'x', width: size.width, height: size.height, layoutOptions: options }];
      return { id: key, sources: [from.key], targets: [to.key], ...(label && { labels: label }) };
    }),
  });
  const leaves = new Map<string, Box>();
  const boundaries = new Map<string, Box>();
  const boxes = new Map<string, Box>();
  const collect = (node: ElkOutput): void => {
    boxes.set(node.id, { x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? 0, height: node.height ?? 0 });
    node.children?.forEach(collect);
  };
  output.children?.forEach(collect);
  const name = (item: Item): void => {
    if (item.type === 'leaf') leaves.set(item.node.id, boxes.get(item.key)!);
    else {
      boundaries.set(item.boundary.id, boxes.get(item.key)!);
      item.children.forEach(name);
    }
  };
  tree.roots.forEach(name);
  const links = new Map(tree.edges.map((link) => [link.key, link]));
  const edges = (output.edges ?? []).map(({ id, sections = [] }) => ({
    from: links.get(id)!.from.node.id,
    to: links.get(id)!.to.node.id,
    points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
  }));
  return { width: output.width ?? 0, height: output.height ?? 0, leaves, boundaries, edges };
}
