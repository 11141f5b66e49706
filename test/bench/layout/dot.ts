import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Item, Tree } from '../../../server/src/diagram/layout/tree.ts';
import type { Box, Point } from '../../../server/src/diagram/scene.ts';
import { sizeLabel, type LabelDetail } from '../../../server/src/diagram/sizes.ts';
import type { Drawn } from './drawn.ts';

interface DotOutput {
  readonly bb: string;
  readonly objects?: readonly {
    readonly name: string;
    readonly bb?: string;
    readonly pos?: string;
    readonly width?: string;
    readonly height?: string;
  }[];
  readonly edges?: readonly { readonly id: string; readonly pos?: string }[];
}

let engine: Promise<Graphviz> | undefined;

/** Graphviz' dot with clusters, curves taken as the lines between their points. Throws for some graphs. */
export async function dotLayout(tree: Tree, labels: LabelDetail): Promise<Drawn> {
  const graphviz = await (engine ??= Graphviz.load());
  const { bb, objects = [], edges = [] } = JSON.parse(graphviz.layout(sourceOf(tree, labels), 'json', 'dot')) as DotOutput;
  const [, , width, height] = numbers(bb) as [number, number, number, number];
  const boxes = new Map<string, Box>();
  for (const { name, bb: corners, pos, width: inchesWide, height: inchesHigh } of objects) {
    if (corners !== undefined) {
      const [x0, y0, x1, y1] = numbers(corners) as [number, number, number, number];
      boxes.set(name, { x: x0, y: height - y1, width: x1 - x0, height: y1 - y0 });
    } else if (pos !== undefined) {
      const [x, y] = numbers(pos) as [number, number];
      const size = { width: Number(inchesWide) * 72, height: Number(inchesHigh) * 72 };
      boxes.set(name, { x: x - size.width / 2, y: height - y - size.height / 2, ...size });
    }
  }
  const leaves = new Map<string, Box>();
  const boundaries = new Map<string, Box>();
  const read = (item: Item): void => {
    const box = boxes.get(item.type === 'leaf' ? item.key : `cluster_${item.key}`);
    if (item.type === 'leaf') leaves.set(item.node.id, box!);
    else {
      if (box) boundaries.set(item.boundary.id, box);
      item.children.forEach(read);
    }
  };
  tree.roots.forEach(read);
  const links = new Map(tree.edges.map((link) => [link.key, link]));
  const lines = edges.map(({ id, pos = '' }) => ({
    from: links.get(id)!.from.node.id,
    to: links.get(id)!.to.node.id,
    points: curve(pos, height),
  }));
  return { width, height, leaves, boundaries, edges: lines };
}

function sourceOf(tree: Tree, labels: LabelDetail): string {
  const lines = ['digraph { graph [nodesep=0.5 ranksep=0.7]; node [shape=box fixedsize=true label=""];'];
  const add = (item: Item): void => {
    if (item.type === 'leaf') lines.push(`${item.key} [width=${item.size.width / 72} height=${item.size.height / 72}];`);
    else {
      lines.push(`subgraph cluster_${item.key} { margin=22; label=<<table border="0" width="120" height="20"><tr><td></td></tr></table>>;`);
      item.children.forEach(add);
      lines.push('}');
    }
  };
  tree.roots.forEach(add);
  for (const { key, edge, from, to } of tree.edges) {
    const size = sizeLabel(edge, labels);
    const label = size
      ? ` label=<<table border="0" fixedsize="true" width="${size.width}" height="${size.height}"><tr><td></td></tr></table>>`
      : '';
    lines.push(`${from.key} -> ${to.key} [id="${key}"${label}];`);
  }
  return `${lines.join('\n')}}`;
}

function numbers(text: string): number[] {
  return text.split(/[ ,]/).map(Number);
}

/** `e,x,y x,y …`: the tip first, then the control points of the curve. */
function curve(pos: string, height: number): Point[] {
  const point = (text: string): Point => {
    const [x, y] = numbers(text) as [number, number];
    return { x, y: height - y };
  };
  const parts = pos.split(' ').filter((part) => part !== '');
  const tip = parts.find((part) => part.startsWith('e,'));
  const points = parts.filter((part) => !/^[es],/.test(part)).map(point);
  return tip === undefined ? points : [...points, point(tip.slice(2))];
}
