import type { DiagramGraph, GraphBoundary, GraphEdge, GraphNode } from '../../server/src/diagram/index.ts';

export type Sort = 'element' | 'boundary' | 'flow';

/** What ids of a model stand for. Made once for a graph: looking up costs nothing, however large the model is. */
export class Names {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly boundaries: ReadonlyMap<string, GraphBoundary>;
  /** The legs of each flow, in order. */
  readonly flows: ReadonlyMap<string, readonly GraphEdge[]>;

  constructor({ nodes, boundaries, edges }: Pick<DiagramGraph, 'nodes' | 'boundaries' | 'edges'>) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.boundaries = new Map(boundaries.map((boundary) => [boundary.id, boundary]));
    const flows = new Map<string, GraphEdge[]>();
    for (const edge of edges) {
      const legs = flows.get(edge.flow);
      if (legs) legs.push(edge);
      else flows.set(edge.flow, [edge]);
    }
    this.flows = flows;
  }

  sortOf(id: string): Sort | undefined {
    if (this.boundaries.has(id)) return 'boundary';
    if (this.nodes.has(id)) return 'element';
    return this.flows.has(id) ? 'flow' : undefined;
  }

  /** The title as it is drawn; of a flow with its ends. */
  titleOf(id: string): string {
    const legs = this.flows.get(id);
    const title = this.nodes.get(id)?.title ?? this.boundaries.get(id)?.title;
    if (title !== undefined || !legs) return title ?? 'The whole system';
    return `${legs[0]!.label}: ${this.titleOf(legs[0]!.from)} → ${this.titleOf(legs.at(-1)!.to)}`;
  }

  /** "Contoso tenant › Agent runtime". */
  pathOf(id: string): string {
    const titles: string[] = [];
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = this.boundaries.get(at)?.parent) {
      seen.add(at);
      titles.unshift(this.titleOf(at));
    }
    return titles.join(' › ');
  }
}
