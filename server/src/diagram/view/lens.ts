import type { DiagramGraph, GraphEdge } from '../graph.ts';

/** One data asset (or kind of data); what an element can reach; what reaches it. */
export type Lens =
  { readonly type: 'data'; readonly id: string } | { readonly type: 'reach'; readonly id: string; readonly way: 'from' | 'to' };

/** Ids of the elements and flows that are seen through a lens. */
export function litBy(graph: DiagramGraph, lens: Lens): ReadonlySet<string> {
  return lens.type === 'data' ? followData(graph, lens.id) : reach(graph, lens.id, lens.way);
}

/** What carries, returns or holds one data asset, and the ends of these flows. */
function followData({ nodes, edges }: DiagramGraph, id: string): ReadonlySet<string> {
  const lit = new Set(nodes.filter(({ holds }) => holds.includes(id)).map((node) => node.id));
  for (const { flow, from, to, carries, returns } of edges) {
    if (carries.includes(id) || returns.includes(id)) lit.add(flow).add(from).add(to);
  }
  return lit;
}

/** A flow as one step between its true ends, in the direction that is asked for. */
interface Step {
  readonly flow: string;
  readonly to: string;
  /** Everything that is passed on the way to it. */
  readonly stops: readonly string[];
  readonly role: 'request' | 'reply' | undefined;
}

/**
 * Everything that something said by one element can come to (or, backwards, everything that what it hears can come from):
 * over flows, the replies that they imply, and whatever lies on the way. An element without memory answers each caller
 * out of that caller's request alone.
 */
function reach(graph: DiagramGraph, start: string, way: 'from' | 'to'): ReadonlySet<string> {
  const stateless = new Set(graph.nodes.filter((node) => node.stateless).map(({ id }) => id));
  const steps = stepsOf(graph, way);
  const lit = new Set([start]);
  // What is beside the way of a flow is on it too: a gateway that is asked about reaches what passes it.
  for (const { flow, from, to } of graph.edges) {
    if (flow === start) lit.add(from).add(to);
  }
  const queue = [...lit].map((id): { id: string; by: Step['role'] } => ({ id, by: undefined }));
  const seen = new Set(queue.map(({ id }) => `${id} `));
  for (const { id, by } of queue) {
    for (const step of steps.get(id) ?? []) {
      const answered = way === 'from' ? by === 'request' && step.role === 'reply' : by === 'reply' && step.role === 'request';
      if (answered && stateless.has(id)) continue;
      lit.add(step.flow);
      for (const stop of step.stops) lit.add(stop);
      const key = `${step.to} ${stateless.has(step.to) ? (step.role ?? '') : ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ id: step.to, by: step.role });
    }
  }
  return lit;
}

function stepsOf(graph: DiagramGraph, way: 'from' | 'to'): ReadonlyMap<string, readonly Step[]> {
  const flows = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) flows.set(edge.flow, [...(flows.get(edge.flow) ?? []), edge]);
  const steps = new Map<string, Step[]>();
  const add = (from: string, step: Step): void => {
    const list = steps.get(from);
    if (list) list.push(step);
    else steps.set(from, [step]);
  };
  for (const [flow, legs] of flows) {
    const stops = [legs[0]!.from, ...legs.map(({ to }) => to)];
    const directions = legs[0]!.replies ? [stops, stops.toReversed()] : [stops];
    directions.forEach((direction, index) => {
      const path = way === 'from' ? direction : direction.toReversed();
      const role = directions.length === 1 ? undefined : index === 0 ? 'request' : 'reply';
      // From each stop on: what only passes here reaches the end as well.
      path.slice(0, -1).forEach((stop, at) => add(stop, { flow, to: path.at(-1)!, stops: path.slice(at), role }));
    });
  }
  return steps;
}
