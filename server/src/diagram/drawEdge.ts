import { badgeWidth, drawBadge, worst, type SeverityCounts } from './badges.ts';
import type { Palette } from './palette.ts';
import type { Point, SceneEdge } from './scene.ts';
import { FLOW, FLOW_DATA, LABEL } from './sizes.ts';
import { HOP, HOP_HEIGHT, hopWidth, type FlowSigns } from './signs.ts';
import { text } from './text.ts';
import { h, num, type VElement, type VNode } from './vnode.ts';

const BEND = 8;

export interface EdgeLook {
  readonly palette: Palette;
  /** Nothing on later legs of a flow: they would repeat it. */
  readonly counts: SeverityCounts;
  readonly opacity: number | undefined;
  readonly label: string;
  readonly signs: FlowSigns;
  /** On the trail of the finding that is looked at: its colour. */
  readonly trail: { readonly color: string } | undefined;
}

/** One leg of a flow: line, arrowhead, label, badge. */
export function drawEdge({ edge, points, label: box }: SceneEdge, { palette, counts, opacity, label, signs, trail }: EdgeLook): VElement {
  const severity = worst(counts);
  const crossing = edge.crosses.length > 0;
  const color =
    trail?.color ?? (severity === undefined || severity === 'low' ? (crossing ? palette.edgeCrossing : palette.edge) : palette[severity]);
  const width = trail ? 2.6 : crossing ? 1.7 : 1.3;
  const size = trail ? 10 : 8;
  const line = roundedPath(shorten(points, size - 2));
  const children: VNode[] = [
    // An invisible wide line is easier to hit than a thin one.
    h('path', { d: roundedPath(points), fill: 'none', stroke: palette.canvas, 'stroke-opacity': 0, 'stroke-width': 14, class: 'tw-hit' }),
  ];
  if (trail) children.push(h('path', { d: line, fill: 'none', stroke: color, 'stroke-opacity': 0.22, 'stroke-width': 9 }));
  children.push(h('path', { d: line, fill: 'none', stroke: color, 'stroke-width': width }), arrowhead(points, size, color));
  if (box) {
    const middle = box.x + box.width / 2;
    children.push(
      h('rect', { x: box.x, y: box.y, width: box.width, height: box.height, rx: 5, fill: palette.canvas, 'fill-opacity': 0.94 }),
      ...box.lines.map((content, index) => {
        const fill = index > 0 ? palette.muted : trail ? color : palette.text;
        const baseline = box.y + LABEL.above + 10.5 + index * LABEL.lineHeight;
        return text(content, middle, baseline, index === 0 ? FLOW : FLOW_DATA, fill, { 'text-anchor': 'middle' });
      }),
    );
  }
  if (signs.badge) {
    const { at, counts, title } = signs.badge;
    const badge = drawBadge(counts, at.x - badgeWidth(counts) / 2, at.y, palette, title);
    if (badge) children.push(badge);
  }
  if (trail && signs.hop) children.push(hop(signs.hop, trail.color, palette));
  const attributes = { class: 'tw-edge', 'data-id': edge.flow, 'data-leg': edge.id, role: 'img', 'aria-label': label, opacity };
  return h('g', attributes, children);
}

function hop({ at, text: words, title }: NonNullable<FlowSigns['hop']>, color: string, palette: Palette): VElement {
  const width = hopWidth(words);
  return h('g', { class: 'tw-hop', transform: `translate(${num(at.x)} ${num(at.y)})` }, [
    ...(title === '' ? [] : [h('title', {}, [title])]),
    h('rect', { x: -width / 2, y: -10.5, width, height: HOP_HEIGHT, rx: 10.5, fill: color, stroke: palette.canvas, 'stroke-width': 1.5 }),
    text(words, 0, 4.3, HOP, palette.onSeverity, { 'text-anchor': 'middle' }),
  ]);
}

/** Ends a line before the tip of its arrowhead. */
function shorten(points: readonly Point[], by: number): readonly Point[] {
  const [end, before] = [points.at(-1)!, points.at(-2)!];
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  if (length <= by) return points;
  const part = (length - by) / length;
  return [...points.slice(0, -1), { x: before.x + (end.x - before.x) * part, y: before.y + (end.y - before.y) * part }];
}

function arrowhead(points: readonly Point[], size: number, fill: string): VElement {
  const [end, before] = [points.at(-1)!, points.at(-2)!];
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  const half = num(size * 0.55);
  const d = `M0 0L-${num(size)} -${half}L-${num(size)} ${half}Z`;
  return h('path', { d, transform: `translate(${num(end.x)} ${num(end.y)}) rotate(${num(angle)})`, fill });
}

export function roundedPath(points: readonly Point[]): string {
  let d = '';
  points.forEach((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) d = `M${num(point.x)} ${num(point.y)}`;
    else if (after === undefined) d += `L${num(point.x)} ${num(point.y)}`;
    else {
      const from = towards(point, before);
      const to = towards(point, after);
      d += `L${num(from.x)} ${num(from.y)}Q${num(point.x)} ${num(point.y)} ${num(to.x)} ${num(to.y)}`;
    }
  });
  return d;
}

/** The point on the way from a bend to its neighbour where the curve begins: at most half the way. */
function towards(bend: Point, neighbour: Point): Point {
  const length = Math.hypot(neighbour.x - bend.x, neighbour.y - bend.y);
  const part = length === 0 ? 0 : Math.min(BEND, length / 2) / length;
  return { x: bend.x + (neighbour.x - bend.x) * part, y: bend.y + (neighbour.y - bend.y) * part };
}
