import { drawBadge, worst, type SeverityCounts } from './badges.ts';
import { trustColor } from './drawBoundary.ts';
import type { GraphNode } from './graph.ts';
import { iconPath } from './icons.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { KIND, kindText, NODE, TAG, tagText, TITLE } from './sizes.ts';
import { text } from './text.ts';
import { h, num, type Attributes, type VElement, type VNode } from './vnode.ts';

type SceneNode = Scene['nodes'][number];

export interface NodeLook {
  readonly palette: Palette;
  readonly counts: SeverityCounts;
  readonly opacity: number | undefined;
  readonly label: string;
}

/** An element: its shape says what it is in a data-flow diagram, its badge what is missing. */
export function drawNode(box: SceneNode, { palette, counts, opacity, label }: NodeLook): VElement {
  const { node, lines } = box;
  const pale = node.outOfScope ? 0.55 : undefined;
  const severity = worst(counts);
  const children: VNode[] = [
    ...outline(box, palette, severity),
    icon(iconPath(node), 13, box.height / 2, node.inside ? trustColor(node.inside.trust, palette) : palette.text),
    ...lines.map((line, index) => text(line, NODE.textLeft, NODE.above + 13 + index * NODE.titleHeight, TITLE, palette.text)),
  ];
  let baseline = NODE.above + lines.length * NODE.titleHeight + 11;
  children.push(text(kindText(node), NODE.textLeft, baseline, KIND, palette.muted));
  if (node.tags.length > 0) {
    baseline += NODE.tagHeight;
    children.push(
      h('path', { d: `M${NODE.textLeft} ${num(baseline - 7)}h6v7h-6z`, fill: 'none', stroke: palette.muted, 'stroke-dasharray': '2 1.5' }),
      text(tagText(node), NODE.textLeft + NODE.tagMark, baseline, TAG, palette.muted),
    );
  }
  // Beyond the corner: arrows end between the corners.
  const badge = drawBadge(counts, box.width - 22, 0, palette);
  if (badge) children.push(badge);
  return h(
    'g',
    {
      class: `tw-node tw-${node.shape}`,
      'data-id': node.id,
      role: 'img',
      'aria-label': label,
      transform: `translate(${num(box.x)} ${num(box.y)})`,
      opacity: opacity ?? pale,
    },
    children,
  );
}

/** A collapsed boundary: dashed like an open one, with an edge behind it that says there is more inside. */
function stack({ inside }: GraphNode, width: number, height: number, palette: Palette): readonly VElement[] {
  const color = trustColor(inside?.trust ?? 2, palette);
  const line: Attributes = { stroke: color, 'stroke-width': 1.6, 'stroke-dasharray': '9 5' };
  return [
    h('path', { d: `M6 ${num(height)}V${num(height + 4)}H${num(width + 4)}V6H${num(width)}`, fill: 'none', ...line, 'stroke-width': 1.2 }),
    h('rect', { width, height, rx: 10, fill: palette.canvas }),
    h('rect', { width, height, rx: 10, fill: color, 'fill-opacity': palette.tint, ...line }),
  ];
}

export function icon(path: string, x: number, middle: number, stroke: string): VElement {
  return h('path', {
    d: path,
    transform: `translate(${num(x)} ${num(middle - 9.6)}) scale(1.2)`,
    fill: 'none',
    stroke,
    'stroke-width': 1.2,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
  });
}

function outline({ node, width, height }: SceneNode, palette: Palette, severity: ReturnType<typeof worst>): readonly VElement[] {
  const plain = node.shape === 'actor' || node.shape === 'external' ? palette.actorFill : palette.nodeFill;
  const fill = severity === undefined ? plain : palette[`${severity}Fill`];
  const stroke = severity === undefined ? palette.nodeLine : palette[severity];
  const line: Attributes = {
    stroke,
    'stroke-width': severity === undefined || severity === 'low' ? 1.3 : 2,
    'stroke-dasharray': node.outOfScope ? '4 3' : undefined,
  };
  switch (node.shape) {
    case 'process':
      return [h('rect', { width, height, rx: 10, fill, ...line })];
    case 'actor':
      return [h('rect', { width, height, fill, ...line })];
    case 'external':
      return [
        h('rect', { width, height, fill, ...line }),
        h('path', { d: `M4.5 4.5H${num(width - 4.5)}V${num(height - 4.5)}H4.5Z`, fill: 'none', ...line, 'stroke-width': 0.8 }),
      ];
    case 'store':
      return [
        h('rect', { width, height, fill }),
        h('path', { d: `M0 0H${num(width)}M0 ${num(height)}H${num(width)}`, fill: 'none', ...line, 'stroke-width': 2.6 }),
      ];
    case 'boundary':
      return stack(node, width, height, palette);
  }
}
