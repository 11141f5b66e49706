import type { DiagramGraph, GraphBoundary, GraphEdge, GraphNode } from '../graph.ts';
import { Nesting } from './nesting.ts';

export interface Collapsed {
  readonly graph: DiagramGraph;
  /** Hidden element, boundary or flow → what stands for it. */
  readonly shownAs: ReadonlyMap<string, string>;
}

/** Draws each of these boundaries as one box, and the flows at it as one summary for each other end. */
export function collapse(graph: DiagramGraph, boundaries: ReadonlySet<string>): Collapsed {
  const shownAs = new Map<string, string>();
  const known = graph.boundaries.filter(({ id }) => boundaries.has(id));
  if (known.length === 0) return { graph, shownAs };
  const nesting = new Nesting(graph);
  const boxes = new Map<string, GraphBoundary>();
  const counts = new Map<string, number>();
  for (const boundary of graph.boundaries) {
    const box = nesting.outermost(boundary.id, boundaries);
    if (box === undefined) continue;
    if (box === boundary.id) boxes.set(box, boundary);
    else shownAs.set(boundary.id, box);
  }
  for (const { id, boundary } of graph.nodes) {
    const box = boundary === undefined ? undefined : nesting.outermost(boundary, boundaries);
    if (box === undefined) continue;
    shownAs.set(id, box);
    counts.set(box, (counts.get(box) ?? 0) + 1);
  }
  const nodes = graph.nodes.filter(({ id }) => !shownAs.has(id));
  return {
    graph: {
      ...graph,
      boundaries: graph.boundaries.filter(({ id }) => !shownAs.has(id) && !boxes.has(id)),
      nodes: [...nodes, ...[...boxes.values()].map((it) => boxOf(it, counts.get(it.id) ?? 0))],
      edges: summarise(graph, boxes, shownAs),
    },
    shownAs,
  };
}

function boxOf({ id, title, kind, kindLabel, trust, parent }: GraphBoundary, elements: number): GraphNode {
  return {
    ...{ id, title, kind, kindLabel, shape: 'boundary', icon: '', boundary: parent, tags: [], outOfScope: false },
    ...{ holds: [], stateless: false, inside: { elements, trust } },
  };
}

/** Adds to `shownAs` the flows that are not drawn themselves any more. */
function summarise(graph: DiagramGraph, boxes: ReadonlyMap<string, GraphBoundary>, shownAs: Map<string, string>): GraphEdge[] {
  const shown = (id: string): string => shownAs.get(id) ?? id;
  const bundles = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const [from, to] = [shown(edge.from), shown(edge.to)];
    // What goes on inside a box is in its count; what an element sends to itself is drawn.
    if (from === to && boxes.has(from)) continue;
    const key = boxes.has(from) || boxes.has(to) ? `${from}>${to}` : edge.id;
    const bundle = bundles.get(key) ?? [];
    bundle.push({ ...edge, from, to });
    bundles.set(key, bundle);
  }
  const visible = new Set([...graph.boundaries.map(({ id }) => id)].filter((id) => !shownAs.has(id)));
  const legs = new Map<string, number>();
  const summaries = new Map<string, string>();
  const edges = [...bundles].map(([key, bundle]): GraphEdge => {
    const [first] = bundle as [GraphEdge, ...GraphEdge[]];
    const crosses = [...new Set(bundle.flatMap((edge) => edge.crosses))].filter((id) => visible.has(id));
    const flows = [...new Set(bundle.map(({ flow }) => flow))];
    if (flows.length === 1) {
      const leg = (legs.get(first.flow) ?? 0) + 1;
      legs.set(first.flow, leg);
      return { ...first, id: leg === 1 ? first.flow : `${first.flow}#${leg}`, crosses };
    }
    for (const flow of flows) if (!summaries.has(flow)) summaries.set(flow, key);
    return { ...summaryOf(key, first, flows), crosses, ...dataOf(bundle) };
  });
  for (const edge of graph.edges) {
    if (!legs.has(edge.flow) && !shownAs.has(edge.flow)) shownAs.set(edge.flow, summaries.get(edge.flow) ?? shown(edge.from));
  }
  return edges;
}

function summaryOf(
  id: string,
  { from, to }: GraphEdge,
  bundle: readonly string[],
): Omit<GraphEdge, 'crosses' | 'carries' | 'returns' | 'replies'> {
  return { id, flow: id, from, to, label: `${bundle.length} flows`, data: [], kind: '', bundle };
}

function dataOf(bundle: readonly GraphEdge[]): Pick<GraphEdge, 'carries' | 'returns' | 'replies'> {
  return {
    carries: [...new Set(bundle.flatMap(({ carries }) => carries))],
    returns: [...new Set(bundle.flatMap(({ returns }) => returns))],
    replies: bundle.some(({ replies }) => replies),
  };
}

/** So many boxes are drawn at first. */
const MOST_BOXES = 150;

/**
 * What is collapsed at first: nothing in a model of up to `most` boxes; of a larger one, boundaries are opened from the
 * outside in, in the order of the file, while there is room. Never depends on findings.
 */
export function defaultCollapsed(graph: DiagramGraph, most: number = MOST_BOXES): readonly string[] {
  if (graph.nodes.length + graph.boundaries.length <= most) return [];
  const nesting = new Nesting(graph);
  const collapsed = new Set(graph.boundaries.map(({ id }) => id));
  let boxes = nesting.childrenOf(undefined);
  let level = nesting.boundariesIn(undefined);
  while (level.length > 0) {
    const opened: string[] = [];
    for (const id of level) {
      const more = nesting.childrenOf(id);
      if (boxes + more > most) continue;
      boxes += more;
      collapsed.delete(id);
      opened.push(id);
    }
    level = opened.flatMap((id) => nesting.boundariesIn(id));
  }
  return [...collapsed];
}

/** Which boundaries stay collapsed so that these elements, flows and boundaries can be seen. */
export function uncollapsedFor(graph: DiagramGraph, collapsed: Iterable<string>, ids: Iterable<string>): readonly string[] {
  const nesting = new Nesting(graph);
  const wanted = new Set(ids);
  const places = new Set<string | undefined>();
  for (const { id, boundary } of graph.nodes) if (wanted.has(id)) places.add(boundary);
  for (const { id, parent } of graph.boundaries) if (wanted.has(id)) places.add(parent);
  for (const { flow, from, to } of graph.edges) {
    if (!wanted.has(flow)) continue;
    places.add(nesting.placeOf(from));
    places.add(nesting.placeOf(to));
  }
  const open = new Set([...places].flatMap((id) => (id === undefined ? [] : nesting.chain(id))));
  return [...collapsed].filter((id) => !open.has(id));
}
