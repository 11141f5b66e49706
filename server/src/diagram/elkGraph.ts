import type { Box, Point } from './scene.ts';
import { BOUNDARY, boundaryWidth, sizeLabel, type LabelDetail } from './sizes.ts';
import type { Group, Leaf, Link } from './tree.ts';

/** What the diagram needs of elkjs; injected, so that page and command line bring their own. */
export interface ElkLike {
  layout(graph: ElkInput): Promise<ElkOutput>;
}
export interface ElkInput {
  id: string;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  children?: ElkInput[];
  edges?: ElkEdgeInput[];
}
export interface ElkEdgeInput {
  id: string;
  sources: string[];
  targets: string[];
  labels?: { id: string; text: string; width: number; height: number; layoutOptions?: Record<string, string> }[];
}
export interface ElkOutput {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  children?: ElkOutput[];
  edges?: { id: string; sections?: ElkSection[]; labels?: { x?: number; y?: number }[] }[];
}
interface ElkSection {
  startPoint: Point;
  endPoint: Point;
  bendPoints?: Point[];
}

export type Direction = 'DOWN' | 'RIGHT';
/** `conservative`: only the options that every graph has survived. */
export interface LayoutStyle {
  readonly direction: Direction;
  readonly labels: LabelDetail;
  readonly conservative: boolean;
  /** Of the whole diagram, to know how much care it can afford. */
  readonly elements: number;
  readonly flows: number;
}

/** A part of the diagram that is laid out already and moves as one. */
export interface FixedBox {
  readonly type: 'fixed';
  readonly key: string;
  readonly width: number;
  readonly height: number;
}
export interface OpenGroup {
  readonly type: 'open';
  readonly group: Group;
  readonly children: readonly ElkItem[];
}
export type ElkItem = Leaf | FixedBox | OpenGroup;

/** Spacing is not inherited: it goes on every compound. */
function compoundOptions(style: LayoutStyle): Record<string, string> {
  const down = style.direction === 'DOWN';
  return {
    'elk.padding': `[top=${BOUNDARY.top},left=${BOUNDARY.side},bottom=${BOUNDARY.bottom},right=${BOUNDARY.side}]`,
    'elk.spacing.nodeNode': down ? '36' : '30',
    'elk.spacing.edgeNode': '18',
    'elk.spacing.edgeEdge': '14',
    'elk.spacing.edgeLabel': '4',
    'elk.layered.spacing.nodeNodeBetweenLayers': down ? '30' : '28',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  };
}

function rootOptions(style: LayoutStyle): Record<string, string> {
  const options: Record<string, string> = {
    ...compoundOptions(style),
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    'elk.algorithm': 'layered',
    'elk.direction': style.direction,
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.json.shapeCoords': 'ROOT',
    'elk.json.edgeCoords': 'ROOT',
    'elk.edgeRouting': 'ORTHOGONAL',
  };
  if (style.conservative) return options;
  options['elk.layered.thoroughness'] = style.elements <= 40 ? '7' : '1';
  options['elk.layered.nodePlacement.bk.fixedAlignment'] = 'BALANCED';
  if (style.flows > 300) options['elk.layered.mergeEdges'] = 'true';
  return options;
}

/** The engine's input for some boxes and the flows between them. */
export function elkInput(items: readonly ElkItem[], links: readonly Link[], style: LayoutStyle): ElkInput {
  return {
    id: 'root',
    layoutOptions: rootOptions(style),
    children: items.map((item) => elkNode(item, style)),
    edges: links.map((link) => elkEdge(link, style)),
  };
}

function elkNode(item: ElkItem, style: LayoutStyle): ElkInput {
  if (item.type === 'fixed') return { id: item.key, width: item.width, height: item.height };
  if (item.type === 'leaf') return { id: item.key, width: item.size.width, height: item.size.height };
  const [least, high] = [boundaryWidth(item.group.boundary), BOUNDARY.emptyHeight];
  return {
    id: item.group.key,
    layoutOptions: {
      ...compoundOptions(style),
      'elk.nodeSize.constraints': '[MINIMUM_SIZE]',
      // elkjs 0.12 takes width for height in a nested graph that runs downwards.
      'elk.nodeSize.minimum': style.direction === 'DOWN' ? `(${high},${least})` : `(${least},${high})`,
    },
    children: item.children.map((child) => elkNode(child, style)),
  };
}

function elkEdge(link: Link, style: LayoutStyle): ElkEdgeInput {
  const size = sizeLabel(link.edge, style.labels);
  const edge: ElkEdgeInput = { id: link.key, sources: [link.from.key], targets: [link.to.key] };
  if (size) {
    const layoutOptions = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' };
    // The engine leaves out labels without text; what it says is no matter.
    edge.labels = [{ id: `${link.key}l`, text: 'x', width: size.width, height: size.height, layoutOptions }];
  }
  return edge;
}

export interface ElkResult {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly lines: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Point | undefined }>;
  readonly width: number;
  readonly height: number;
}

/** Reads the engine's answer. Throws when a box has no place: the caller then tries another way. */
export function readElk(output: ElkOutput): ElkResult {
  const boxes = new Map<string, Box>();
  const visit = (node: ElkOutput): void => {
    boxes.set(node.id, { x: finite(node.x), y: finite(node.y), width: finite(node.width), height: finite(node.height) });
    node.children?.forEach(visit);
  };
  output.children?.forEach(visit);
  const lines = new Map<string, { points: Point[]; label: Point | undefined }>();
  for (const edge of output.edges ?? []) {
    const points = (edge.sections ?? []).flatMap((section) => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
    const label = edge.labels?.[0];
    lines.set(edge.id, {
      points: points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) ? points : [],
      label: label && label.x !== undefined && label.y !== undefined ? { x: label.x, y: label.y } : undefined,
    });
  }
  return { boxes, lines, width: finite(output.width), height: finite(output.height) };
}

function finite(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) throw new Error('the engine left a box without a place');
  return value;
}
