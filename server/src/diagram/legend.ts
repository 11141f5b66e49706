import { allCounts, glyph, MOST_SEVERE_FIRST } from './badges.ts';
import { trustColor } from './drawBoundary.ts';
import type { DiagramMarks, GraphNode } from './graph.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import type { Trail } from './trail.ts';
import { h, type VElement } from './vnode.ts';

export interface LegendEntry {
  readonly label: string;
  /** Drawn in 22 by 16 pixels, the middle of the left side at 0. */
  readonly symbol: readonly VElement[];
}

const SHAPES: readonly (readonly [GraphNode['shape'], string])[] = [
  ['actor', 'Person'],
  ['process', 'Process'],
  ['store', 'Store'],
  ['external', 'Outside the system'],
  ['boundary', 'Collapsed boundary'],
];
const TRUST = ['Hostile or public', 'Known outsider', 'User or supplier', 'Own zone', 'Control plane'] as const;

/** Only what is in the picture. */
export function legendOf(scene: Scene, marks: DiagramMarks, trail: Trail | undefined, palette: Palette): readonly LegendEntry[] {
  const entries: LegendEntry[] = [];
  for (const [shape, label] of SHAPES) {
    if (scene.nodes.some(({ node }) => node.shape === shape)) entries.push({ label, symbol: shapeSymbol(shape, palette) });
  }
  if (scene.nodes.some(({ node }) => node.outOfScope)) {
    const box = { y: -6.5, width: 20, height: 13, rx: 4, fill: 'none', stroke: palette.nodeLine, 'stroke-dasharray': '3 2' };
    entries.push({ label: 'Out of scope', symbol: [h('rect', box)] });
  }
  if (scene.nodes.some(({ node }) => node.tags.length > 0)) {
    const mark = { d: 'M6 -4.5h8v9h-8z', fill: 'none', stroke: palette.muted, 'stroke-dasharray': '2 1.5' };
    entries.push({ label: 'Also in this boundary', symbol: [h('path', mark)] });
  }
  if (scene.edges.some(({ edge }) => edge.crosses.length > 0)) {
    entries.push({
      label: 'Crosses a trust boundary',
      symbol: [h('path', { d: 'M0 0H20', stroke: palette.edgeCrossing, 'stroke-width': 1.7 })],
    });
  }
  if (scene.boundaries.some(({ boundary }) => boundary.file)) {
    const box = { y: -6.5, width: 20, height: 13, rx: 4, fill: palette.muted, 'fill-opacity': palette.tint, stroke: palette.muted };
    entries.push({ label: 'From another file', symbol: [h('rect', box)] });
  }
  const own = scene.boundaries.filter(({ boundary }) => !boundary.file);
  const drawn = new Set([...own.map(({ boundary }) => boundary.trust), ...scene.nodes.map(({ node }) => node.inside?.trust)]);
  TRUST.forEach((label, trust) => {
    if (!drawn.has(trust)) return;
    const color = trustColor(trust, palette);
    const box = {
      y: -6.5,
      width: 20,
      height: 13,
      rx: 4,
      fill: color,
      'fill-opacity': palette.tint,
      stroke: color,
      'stroke-dasharray': '5 3',
    };
    entries.push({ label, symbol: [h('rect', box)] });
  });
  const counts = allCounts(marks);
  for (const severity of MOST_SEVERE_FIRST) {
    if ((counts[severity] ?? 0) > 0) {
      entries.push({
        label: `${severity.charAt(0).toUpperCase()}${severity.slice(1)} finding`,
        symbol: [glyph(severity, 10, 0, palette[severity])],
      });
    }
  }
  if (trail && trail.hops.size > 0) {
    const color = palette[trail.finding.severity];
    entries.push({ label: 'Way of the finding', symbol: [h('path', { d: 'M0 0H20', stroke: color, 'stroke-width': 2.6 })] });
  }
  return entries;
}

function shapeSymbol(shape: GraphNode['shape'], palette: Palette): readonly VElement[] {
  const box = { y: -6.5, width: 20, height: 13, fill: palette.nodeFill, stroke: palette.nodeLine, 'stroke-width': 1.3 };
  switch (shape) {
    case 'actor':
      return [h('rect', box)];
    case 'process':
      return [h('rect', { ...box, rx: 4 })];
    case 'external':
      return [h('rect', box), h('path', { d: 'M2.5 -4H17.5V4H2.5Z', fill: 'none', stroke: palette.nodeLine, 'stroke-width': 0.8 })];
    case 'store':
      return [h('path', { d: 'M0 -6H20M0 6H20', fill: 'none', stroke: palette.nodeLine, 'stroke-width': 2 })];
    case 'boundary':
      return [h('rect', { ...box, rx: 4, 'stroke-dasharray': '5 3' }), h('path', { d: 'M10 -3V3M7 0H13', stroke: palette.text })];
  }
}
