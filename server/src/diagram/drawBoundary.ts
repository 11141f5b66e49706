import { badgeWidth, drawBadge, type SeverityCounts } from './badges.ts';
import type { GraphBoundary } from './graph.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { BOUNDARY, boundaryTitle, BOUNDARY_TITLE, KIND } from './sizes.ts';
import { halo, text } from './text.ts';
import { showsKind } from './titles.ts';
import { h, type VElement, type VNode } from './vnode.ts';

type SceneBoundary = Scene['boundaries'][number];

export interface BoundaryLook {
  readonly palette: Palette;
  readonly counts: SeverityCounts;
  readonly opacity: number | undefined;
  readonly label: string;
}

/** The line and tint of a trust boundary. */
export function drawBoundary(box: SceneBoundary, { palette, opacity, label }: BoundaryLook): VElement {
  const { x, y, width, height, boundary } = box;
  const color = colorOf(boundary, palette);
  return h('g', { class: 'tw-boundary', 'data-id': boundary.id, role: 'img', 'aria-label': label, opacity }, [
    h('rect', {
      ...{ x, y, width, height, rx: 14, fill: color, 'fill-opacity': palette.tint },
      ...(boundary.file ? { stroke: color, 'stroke-width': 1.2 } : { stroke: color, 'stroke-width': 1.6, 'stroke-dasharray': '9 5' }),
    }),
  ]);
}

/** Its title, kind and badge: drawn above the flows, which may pass there. */
export function drawBoundaryTitle(box: SceneBoundary, { palette, counts, opacity }: BoundaryLook): VElement {
  const { x, y, width, boundary, titleAt = x + BOUNDARY.titleLeft, kindAt = x + width - BOUNDARY.titleLeft } = box;
  const color = colorOf(boundary, palette);
  const baseline = y + BOUNDARY.titleBaseline;
  const around = halo(palette.canvas);
  const children: VNode[] = [text(boundaryTitle(boundary), titleAt, baseline, BOUNDARY_TITLE, color, around)];
  if (showsKind(boundary)) {
    children.push(text(boundary.kindLabel, kindAt, baseline, KIND, color, { ...around, 'text-anchor': 'end' }));
  }
  const badge = drawBadge(counts, x + width - badgeWidth(counts) - BOUNDARY.titleLeft, y, palette);
  if (badge) children.push(badge);
  return h('g', { class: 'tw-boundary-title', 'data-id': boundary.id, 'aria-hidden': 'true', opacity }, children);
}

/** The frame around another file's things says nothing of trust. */
function colorOf({ file, trust }: GraphBoundary, palette: Palette): string {
  return file ? palette.muted : trustColor(trust, palette);
}

export function trustColor(trust: number, palette: Palette): string {
  const colors = [palette.trust0, palette.trust1, palette.trust2, palette.trust3, palette.trust4];
  return colors[Math.min(4, Math.max(0, Math.round(trust)))] ?? palette.trust2;
}
