import { icon } from './drawNode.ts';
import { SHIELD } from './icons.ts';
import { measureText, wrapText } from './measure.ts';
import type { Palette } from './palette.ts';
import type { Box, Point, Scene } from './scene.ts';
import { HOP_HEIGHT, hopWidth, middleOf, type FlowSigns } from './signs.ts';
import { KIND, TITLE } from './sizes.ts';
import { text } from './text.ts';
import type { Trail } from './trail.ts';
import { h, num, type VElement } from './vnode.ts';

const GAP = 12;
const WIDEST = 190;

/** The control that is missing, dotted, beside what it would protect; nothing is moved to make room. */
export function drawGhost(scene: Scene, { finding, ids }: Trail, signs: readonly FlowSigns[], palette: Palette): VElement | undefined {
  const [best, ...others] = finding.missing;
  const anchor = anchorOf(scene, finding.subject);
  if (best === undefined || best.length === 0 || !anchor) return undefined;
  const lines = wrapText(best.join(' + '), WIDEST, 2, TITLE);
  const note = others.length > 0 ? `missing; or ${others.length} other way${others.length === 1 ? '' : 's'}` : 'missing: add here';
  const width = Math.ceil(42 + Math.max(...lines.map((line) => measureText(line, TITLE)), measureText(note, KIND)) + 14);
  const height = 31 + lines.length * 17;
  const at = bestPlace(candidates(anchor, width, height), obstacles(scene, ids, signs), scene);
  const from = { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height / 2 };
  const to = { x: at.x + width / 2, y: at.y + height / 2 };
  return h('g', { class: 'tw-ghost', 'aria-hidden': 'true' }, [
    connector(anchor, { ...at, width, height }, from, to, palette),
    h('g', { transform: `translate(${num(at.x)} ${num(at.y)})` }, [
      h('rect', {
        width,
        height,
        rx: 10,
        fill: palette.ghostFill,
        stroke: palette.ghost,
        'stroke-width': 1.6,
        'stroke-dasharray': '3 4',
      }),
      icon(SHIELD, 12, height / 2, palette.ghost),
      ...lines.map((line, index) => text(line, 42, 22 + index * 17, TITLE, palette.ghost)),
      text(note, 42, 21 + lines.length * 17, KIND, palette.ghost),
    ]),
  ]);
}

function connector(a: Box, b: Box, from: Point, to: Point, palette: Palette): VElement {
  const level = b.x >= a.x + a.width || b.x + b.width <= a.x;
  const start = level ? { x: b.x > a.x ? a.x + a.width : a.x, y: from.y } : { x: from.x, y: b.y > a.y ? a.y + a.height : a.y };
  const end = level ? { x: b.x > a.x ? b.x : b.x + b.width, y: to.y } : { x: to.x, y: b.y > a.y ? b.y : b.y + b.height };
  const d = `M${num(start.x)} ${num(start.y)}L${num(end.x)} ${num(end.y)}`;
  return h('path', { d, fill: 'none', stroke: palette.ghost, 'stroke-width': 1.6, 'stroke-dasharray': '3 4' });
}

/** What the control would protect: the box of an element or boundary, the label of a flow. */
function anchorOf(scene: Scene, id: string): Box | undefined {
  const node = scene.nodes.find((it) => it.node.id === id);
  if (node) return node;
  const edge = scene.edges.find((it) => it.edge.flow === id);
  if (edge) return edge.label ?? { ...middleOf(edge.points), width: 0, height: 0 };
  const boundary = scene.boundaries.find((it) => it.boundary.id === id);
  return boundary && { x: boundary.x, y: boundary.y, width: boundary.width, height: 30 };
}

function candidates({ x, y, width, height }: Box, ownWidth: number, ownHeight: number): readonly Box[] {
  const size = { width: ownWidth, height: ownHeight };
  const middleX = x + (width - ownWidth) / 2;
  const middleY = y + (height - ownHeight) / 2;
  const both = (place: (gap: number) => { x: number; y: number }): Box[] => [GAP, 3 * GAP].map((gap) => ({ ...place(gap), ...size }));
  // Beside first: most flows come in above and leave below.
  return [
    ...both((gap) => ({ x: x + width + gap, y: middleY })),
    ...both((gap) => ({ x: x - ownWidth - gap - 16, y: middleY })),
    ...both((gap) => ({ x: middleX, y: y + height + gap })),
    ...both((gap) => ({ x: middleX, y: y - ownHeight - gap })),
  ];
}

/** Boxes that should stay readable, with how much it matters. */
function obstacles(scene: Scene, ids: ReadonlySet<string>, signs: readonly FlowSigns[]): readonly (Box & { readonly weight: number })[] {
  return [
    ...signs.flatMap(({ hop }) => (hop ? [{ ...around(hop.at, hopWidth(hop.text), HOP_HEIGHT), weight: 20 }] : [])),
    ...scene.nodes.map((box) => ({ ...box, weight: ids.has(box.node.id) ? 10 : 2 })),
    // The badge sits on the top right corner; a boundary's title at its top left.
    ...scene.nodes.flatMap((box) =>
      ids.has(box.node.id) ? [{ x: box.x + box.width - 34, y: box.y - 12, width: 56, height: 24, weight: 20 }] : [],
    ),
    ...scene.boundaries.map(({ x, y }) => ({ x, y, width: 120, height: 30, weight: 3 })),
    ...scene.edges.flatMap(({ edge, label }) => (label ? [{ ...label, weight: ids.has(edge.flow) ? 10 : 1 }] : [])),
  ];
}

function around({ x, y }: Point, width: number, height: number): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function bestPlace(places: readonly Box[], boxes: readonly (Box & { readonly weight: number })[], scene: Scene): Box {
  let best = places[0]!;
  let least = Infinity;
  for (const place of places) {
    const x = Math.max(4, Math.min(place.x, scene.width - place.width - 4));
    const y = Math.max(4, Math.min(place.y, scene.height - place.height - 4));
    const moved = { ...place, x, y };
    const shift = Math.abs(x - place.x) + Math.abs(y - place.y);
    const cost = boxes.reduce((sum, box) => sum + box.weight * overlap(moved, box), shift * 20);
    if (cost < least) {
      least = cost;
      best = moved;
    }
  }
  return best;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
