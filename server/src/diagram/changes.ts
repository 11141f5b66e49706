import type { DiagramGraph } from './graph.ts';
import type { Palette } from './palette.ts';
import type { Box, Scene } from './scene.ts';
import { roundedPath } from './drawEdge.ts';
import { middleOf } from './signs.ts';
import { h, num, type Attributes, type VElement } from './vnode.ts';

/** What has become of things since an earlier version, by their ids. */
export type Changes = ReadonlyMap<string, 'added' | 'changed' | 'removed'>;

/** The newer graph with what was removed since, so that one picture shows both. */
export function withRemoved(before: DiagramGraph, after: DiagramGraph, changes: Changes): DiagramGraph {
  const isGone = (id: string): boolean => changes.get(id) === 'removed';
  const boundaries = [...after.boundaries, ...before.boundaries.filter(({ id }) => isGone(id))];
  const places = new Set(boundaries.map(({ id }) => id));
  const nodes = [
    ...after.nodes,
    ...before.nodes
      .filter(({ id }) => isGone(id))
      .map((it) => ({ ...it, boundary: places.has(it.boundary ?? '') ? it.boundary : undefined })),
  ];
  const ends = new Set(nodes.map(({ id }) => id));
  const edges = [...after.edges, ...before.edges.filter(({ flow, from, to }) => isGone(flow) && ends.has(from) && ends.has(to))];
  return { ...after, boundaries, nodes, edges };
}

/** Ids of what is there no more: it steps back behind the others. */
export function removedIds(changes: Changes): ReadonlySet<string> {
  return new Set([...changes].filter(([, change]) => change === 'removed').map(([id]) => id));
}

const SIGNS = { added: '+', changed: '~', removed: '\u2212' } as const;
const DASHES = { added: undefined, changed: undefined, removed: '6 5' } as const;

/**
 * Lines around what has changed, to lie behind elements, labels and badges, and a sign for each, because not everybody sees
 * colours.
 */
export function drawChanges(scene: Scene, changes: Changes, palette: Palette): { readonly lines: VElement; readonly signs: VElement } {
  const colors = { added: palette.ghost, changed: palette.focus, removed: palette.critical };
  const lines: VElement[] = [];
  const signs: VElement[] = [];
  const mark = (id: string, x: number, y: number, shape: (look: Attributes) => VElement): void => {
    const change = changes.get(id);
    if (!change) return;
    lines.push(shape({ fill: 'none', stroke: colors[change], 'stroke-dasharray': DASHES[change] }));
    signs.push(sign(change, x, y, colors[change], palette));
  };
  const around = (id: string, { x, y, width, height }: Box, rx: number): void =>
    mark(id, x - 4, y - 4, (look) =>
      h('rect', { x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx, 'stroke-width': 2.5, ...look }),
    );
  for (const box of scene.boundaries) around(box.boundary.id, box, 14);
  for (const { edge, points, label } of scene.edges) {
    const at = label ?? middleOf(points);
    mark(edge.flow, at.x - 8, at.y + 8, (look) => h('path', { d: roundedPath(points), 'stroke-width': 6, ...look }));
  }
  for (const box of scene.nodes) around(box.node.id, box, 12);
  const layer = (children: readonly VElement[]): VElement => h('g', { class: 'tw-changes', 'aria-hidden': 'true' }, children);
  return { lines: layer(lines), signs: layer(signs) };
}

function sign(change: keyof typeof SIGNS, x: number, y: number, color: string, palette: Palette): VElement {
  return h('g', { transform: `translate(${num(x)} ${num(y)})` }, [
    h('circle', { r: 9, fill: color, stroke: palette.canvas, 'stroke-width': 1.5 }),
    h('text', { y: 5, 'text-anchor': 'middle', 'font-size': 14, 'font-weight': 600, fill: palette.onSeverity }, [SIGNS[change]]),
  ]);
}
