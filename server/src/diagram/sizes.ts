import type { GraphBoundary, GraphEdge, GraphNode } from './graph.ts';
import { fitText, measureText, wrapText, type TextStyle } from './measure.ts';

/** The measures that layout and drawing share, in pixels. */
export const TITLE: TextStyle = { size: 13.5, weight: 'bold' };
export const KIND: TextStyle = { size: 11, weight: 'regular' };
export const TAG: TextStyle = { size: 10, weight: 'regular' };
export const BOUNDARY_TITLE: TextStyle = { size: 12.5, weight: 'bold' };
export const FLOW: TextStyle = { size: 11.5, weight: 'regular' };
export const FLOW_DATA: TextStyle = { size: 10.5, weight: 'regular' };

export const NODE = { textLeft: 42, right: 16, titleHeight: 17, above: 14, kindHeight: 16, tagHeight: 18, tagMark: 11, below: 11 } as const;
export const BOUNDARY = { top: 46, side: 22, bottom: 22, titleBaseline: 23, titleLeft: 16, emptyHeight: 64 } as const;
export const LABEL = { side: 6, above: 3, below: 3, lineHeight: 14 } as const;

const NARROWEST_NODE = 140;
const WIDEST_TEXT = 176;
const MOST_TITLE_LINES = 3;
const WIDEST_LABEL = 150;
const WIDEST_BOUNDARY_TITLE = 260;

export interface NodeSize {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** How large an element is drawn, and the lines of its title. */
export function sizeNode(node: GraphNode): NodeSize {
  const lines = wrapText(node.title, WIDEST_TEXT, MOST_TITLE_LINES, TITLE);
  const text = Math.max(...lines.map((line) => measureText(line, TITLE)), measureText(kindText(node), KIND), tagWidth(node));
  const height = NODE.above + lines.length * NODE.titleHeight + NODE.kindHeight + (node.tags.length > 0 ? NODE.tagHeight : 0) + NODE.below;
  return { width: Math.max(NARROWEST_NODE, Math.ceil(NODE.textLeft + text + NODE.right)), height, lines };
}

/** The kind as it is shown below the title; of a collapsed boundary also how much is in it. */
export function kindText({ kindLabel, inside }: GraphNode): string {
  if (!inside) return fitText(kindLabel, WIDEST_TEXT, KIND);
  const count = `${inside.elements} ${inside.elements === 1 ? 'element' : 'elements'}`;
  return kindLabel === '' ? count : `${fitText(kindLabel, WIDEST_TEXT - measureText(` · ${count}`, KIND), KIND)} · ${count}`;
}

/** The overlapping boundaries as they are shown below the kind, behind a mark. */
export function tagText(node: GraphNode): string {
  return fitText(node.tags.join(' · '), WIDEST_TEXT - NODE.tagMark, TAG);
}

function tagWidth(node: GraphNode): number {
  return node.tags.length > 0 ? NODE.tagMark + measureText(tagText(node), TAG) : 0;
}

/** The title of a boundary as it is shown. */
export function boundaryTitle(boundary: GraphBoundary): string {
  return fitText(boundary.title, WIDEST_BOUNDARY_TITLE, BOUNDARY_TITLE);
}

/** The least width at which title and kind of a boundary stand side by side. */
export function boundaryWidth(boundary: GraphBoundary): number {
  const kind = measureText(boundary.kindLabel, KIND);
  return Math.ceil(measureText(boundaryTitle(boundary), BOUNDARY_TITLE) + kind + 2 * BOUNDARY.titleLeft + 24);
}

export interface LabelSize {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** How much of the labels is shown: with many flows the lines matter more than their names. */
export type LabelDetail = 'all' | 'names' | 'none';

export function labelDetail(edges: number): LabelDetail {
  if (edges <= 60) return 'all';
  return edges <= 160 ? 'names' : 'none';
}

/** The label of a flow, on its first leg only; the second line is what it carries. */
export function sizeLabel(edge: GraphEdge, detail: LabelDetail): LabelSize | undefined {
  if (detail === 'none' || edge.id !== edge.flow || edge.label === '') return undefined;
  const lines = [fitText(edge.label, WIDEST_LABEL, FLOW)];
  if (detail === 'all' && edge.data.length > 0) lines.push(fitText(edge.data.join(', '), WIDEST_LABEL, FLOW_DATA));
  const text = Math.max(...lines.map((line, index) => measureText(line, index === 0 ? FLOW : FLOW_DATA)));
  return { width: Math.ceil(text + 2 * LABEL.side), height: LABEL.above + lines.length * LABEL.lineHeight + LABEL.below, lines };
}
