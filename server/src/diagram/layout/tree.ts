import type { DiagramGraph, GraphBoundary, GraphEdge, GraphNode } from '../graph.ts';
import { sizeNode, type NodeSize } from '../sizes.ts';

/** A graph as nested boxes, checked: no double ids, no cycles, no flow without two ends. */
export interface Tree {
  readonly roots: readonly Item[];
  readonly edges: readonly Link[];
}
export type Item = Leaf | Group;
export interface Leaf {
  readonly type: 'leaf';
  readonly key: string;
  readonly node: GraphNode;
  readonly size: NodeSize;
}
export interface Group {
  readonly type: 'group';
  readonly key: string;
  readonly boundary: GraphBoundary;
  readonly children: Item[];
}
export interface Link {
  readonly key: string;
  readonly edge: GraphEdge;
  readonly from: Leaf;
  readonly to: Leaf;
}

/** Boundaries nested deeper are drawn beside each other: engines recurse, and nobody can read more. */
const DEEPEST = 24;

/** Never throws. Keys are numbered, so that no id of a model is ever a name inside the layout engine. */
export function buildTree(graph: DiagramGraph): Tree {
  const groups = new Map<string, Group>();
  for (const boundary of graph.boundaries) {
    if (!groups.has(boundary.id)) groups.set(boundary.id, { type: 'group', key: `b${groups.size}`, boundary, children: [] });
  }
  const leaves = new Map<string, Leaf>();
  for (const node of graph.nodes) {
    if (!leaves.has(node.id)) leaves.set(node.id, { type: 'leaf', key: `n${leaves.size}`, node, size: sizeNode(node) });
  }
  const roots: Item[] = [];
  for (const group of groups.values()) {
    const parent = parentOf(group, groups);
    (parent?.children ?? roots).push(group);
  }
  for (const leaf of leaves.values()) {
    const group = leaf.node.boundary === undefined ? undefined : groups.get(leaf.node.boundary);
    (group?.children ?? roots).push(leaf);
  }
  const edges = new Map<string, Link>();
  for (const edge of graph.edges) {
    const from = leaves.get(edge.from);
    const to = leaves.get(edge.to);
    if (from && to && !edges.has(edge.id)) edges.set(edge.id, { key: `e${edges.size}`, edge, from, to });
  }
  return { roots, edges: [...edges.values()] };
}

/** The boundary that a boundary is drawn in; `undefined` at the top, and for the first of a cycle. */
function parentOf(group: Group, groups: ReadonlyMap<string, Group>): Group | undefined {
  const chain: Group[] = [];
  const seen = new Set([group]);
  for (let at = above(group, groups); at !== undefined; at = above(at, groups)) {
    if (seen.has(at)) return firstOfCycle(group, chain) ? undefined : chain[0];
    seen.add(at);
    chain.push(at);
  }
  return chain.length < DEEPEST ? chain[0] : chain[chain.length - DEEPEST + 1];
}

function above(group: Group, groups: ReadonlyMap<string, Group>): Group | undefined {
  return group.boundary.parent === undefined ? undefined : groups.get(group.boundary.parent);
}

/** Whether a boundary is the one of its cycle that is drawn at the top: the first in the file. */
function firstOfCycle(group: Group, chain: readonly Group[]): boolean {
  return chain.every((other) => number(group) <= number(other));
}

function number(group: Group): number {
  return Number(group.key.slice(1));
}
