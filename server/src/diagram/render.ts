import { drawChanges, type Changes } from './changes.ts';
import { allCounts, countsOf, type SeverityCounts } from './badges.ts';
import { Describer, summary } from './describe.ts';
import { drawBoundary, drawBoundaryTitle, type BoundaryLook } from './drawBoundary.ts';
import { drawEdge, type EdgeLook } from './drawEdge.ts';
import { DrawMemo } from './drawMemo.ts';
import { drawNode, type NodeLook } from './drawNode.ts';
import { drawFrame } from './frame.ts';
import { drawGhost } from './ghost.ts';
import type { DiagramMarks } from './graph.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { placeSigns, type SignedFlow } from './signs.ts';
import { findTrail, strength } from './trail.ts';
import { h, num, SVG_NAMESPACE, type VElement } from './vnode.ts';

export interface RenderOptions {
  readonly palette: Palette;
  /** Key of the finding whose trail stands out. */
  readonly highlight?: string | undefined;
  /** Ids of what steps back; from `viewOf`. */
  readonly dimmed?: ReadonlySet<string>;
  /** What has become of things since an earlier version. */
  readonly changes?: Changes | undefined;
  /** For who draws again and again, always with the same palette. */
  readonly memo?: DrawMemo;
  /** For exports: what made it, background, title, legend and counts around the picture. */
  readonly frame?: boolean | { readonly made: string };
}

export const FONT_FAMILY = "Inter, 'Segoe UI', sans-serif";

const NOTHING: SeverityCounts = {};
const NOBODY: ReadonlySet<string> = new Set();

/**
 * Draws a scene. Pure: the same input gives the same picture, and marks move nothing. Groups of elements, flows (one a
 * leg, with `data-leg`) and boundaries carry the model's id as `data-id`.
 */
export function renderScene(scene: Scene, marks: DiagramMarks, options: RenderOptions): VElement {
  const { palette, dimmed = NOBODY, memo = new DrawMemo() } = options;
  const trail = findTrail(scene, marks, options.highlight);
  const describer = new Describer(scene);
  const boundaries = scene.boundaries.map((box) => {
    const counts = countsOf(marks, box.boundary.id);
    const opacity = strength(trail, dimmed, box.boundary.id);
    const look: BoundaryLook = { palette, counts, opacity, label: describer.boundary(box.boundary, counts) };
    // The label says the counts too.
    return memo.of(box, `${opacity} ${look.label}`, () => ({ box: drawBoundary(box, look), title: drawBoundaryTitle(box, look) }));
  });
  const flows = scene.edges.map((line): SignedFlow => {
    const { edge } = line;
    // On later legs of a flow they would repeat themselves.
    const first = edge.id === edge.flow;
    const counts = first ? countsOf(marks, edge.flow) : NOTHING;
    return { line, counts, hops: (first && trail?.hops.get(edge.flow)) || [], opacity: strength(trail, dimmed, edge.flow) };
  });
  const signs = placeSigns(flows);
  const edges = flows.map(({ line, counts, opacity }, at) => {
    const { edge } = line;
    const onTrail = trail?.ids.has(edge.flow) ? { color: palette[trail.finding.severity] } : undefined;
    const label = describer.edge(edge, countsOf(marks, edge.flow));
    const look: EdgeLook = { palette, counts, opacity, label, signs: signs[at]!, trail: onTrail };
    const drawn = memo.of(line, `${opacity} ${onTrail?.color} ${JSON.stringify(look.signs)} ${label}`, () => drawEdge(line, look));
    return { front: onTrail !== undefined, drawn };
  });
  const nodes = scene.nodes.map((box) => {
    const counts = countsOf(marks, box.node.id);
    const look: NodeLook = { palette, counts, opacity: strength(trail, dimmed, box.node.id), label: describer.node(box.node, counts) };
    return memo.of(box, `${look.opacity} ${look.label}`, () => drawNode(box, look));
  });
  const ghost = trail && drawGhost(scene, trail, signs, palette);
  const changes = options.changes && drawChanges(scene, options.changes, palette);
  const inFront = edges.filter(({ front }) => front);
  const behind = edges.filter(({ front }) => !front);
  const layer = (children: readonly VElement[]): VElement => h('g', {}, children);
  const picture = h('g', { class: 'tw-scene' }, [
    layer(boundaries.map(({ box }) => box)),
    ...(changes ? [changes.lines] : []),
    layer([...behind, ...inFront].map(({ drawn }) => drawn)),
    layer(boundaries.map(({ title }) => title)),
    layer(nodes),
    ...(ghost ? [ghost] : []),
    ...(changes ? [changes.signs] : []),
  ]);
  const frame = options.frame ? drawFrame(scene, marks, trail, palette, picture) : undefined;
  const size = frame ?? { width: scene.width, height: scene.height, children: [picture] };
  const described = summary(scene, allCounts(marks));
  return h(
    'svg',
    {
      xmlns: SVG_NAMESPACE,
      ...{ width: size.width, height: size.height, viewBox: `0 0 ${num(size.width)} ${num(size.height)}` },
      ...{ 'font-family': FONT_FAMILY, role: 'graphics-document document', 'aria-roledescription': 'data flow diagram' },
      'aria-label': scene.title === '' ? described : `${scene.title}: ${described}`,
    },
    frame ? [...told(scene.title, described, options.frame), ...size.children] : size.children,
  );
}

/** What a file says about itself, for those who search it or listen to it. */
function told(title: string, described: string, frame: RenderOptions['frame']): readonly VElement[] {
  const known = [h('title', {}, [title || 'Threat model']), h('desc', {}, [described])];
  return typeof frame === 'object' ? [...known, h('metadata', {}, [frame.made])] : known;
}
