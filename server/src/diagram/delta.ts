import { countBySubject } from './badges.ts';
import type { Drawing, DrawingParts } from './drawing.ts';
import type { DiagramFinding, DiagramGraph, DiagramMarks, GraphBoundary, GraphData, GraphEdge, GraphNode } from './graph.ts';

/** A list told by an earlier one: `[from, count]` stands for so many things of that one; all else is new. */
export type Retold<T> = readonly (T | Run)[];
type Run = readonly [from: number, count: number];

/** What makes one drawing of another. Plain JSON, and small when little has changed, however large the model is. */
export interface DrawingDelta {
  /** `revision` of the drawing that it is told by. */
  readonly since: string;
  readonly title: string;
  readonly boundaries: Retold<GraphBoundary>;
  readonly nodes: Retold<GraphNode>;
  readonly edges: Retold<GraphEdge>;
  readonly data: Retold<GraphData>;
  readonly findings: Retold<DiagramFinding>;
  /** Left out when they are the same. */
  readonly names?: DiagramMarks['names'];
}

/** What has changed from one drawing to the next. */
export function deltaBetween(before: Drawing, after: Drawing): DrawingDelta {
  const { graph, marks, parts } = after;
  const list = <T>(name: Exclude<keyof DrawingParts, 'names'>, things: readonly T[]): Retold<T> =>
    retell(things, parts[name], before.parts[name]);
  return {
    since: before.revision,
    title: graph.title,
    boundaries: list('boundaries', graph.boundaries),
    nodes: list('nodes', graph.nodes),
    edges: list('edges', graph.edges),
    data: list('data', graph.data),
    findings: list('findings', marks.findings),
    ...(parts.names !== before.parts.names && { names: marks.names }),
  };
}

/**
 * The later drawing. What has not changed is the same object as before: a thing, a list, the graph as a whole. Undefined when
 * the delta does not fit.
 */
export function applyDelta(
  graph: DiagramGraph,
  marks: DiagramMarks,
  delta: DrawingDelta,
): { readonly graph: DiagramGraph; readonly marks: DiagramMarks } | undefined {
  const { title, names = marks.names } = delta;
  const boundaries = told(graph.boundaries, delta.boundaries);
  const nodes = told(graph.nodes, delta.nodes);
  const edges = told(graph.edges, delta.edges);
  const data = told(graph.data, delta.data);
  const findings = told(marks.findings, delta.findings);
  if (!boundaries || !nodes || !edges || !data || !findings) return undefined;
  const sameGraph =
    title === graph.title && boundaries === graph.boundaries && nodes === graph.nodes && edges === graph.edges && data === graph.data;
  const sameMarks = findings === marks.findings && names === marks.names;
  return {
    graph: sameGraph ? graph : { title, boundaries, nodes, edges, data },
    marks: sameMarks ? marks : { counts: countBySubject(findings), findings, names },
  };
}

function retell<T>(things: readonly T[], texts: readonly string[], before: readonly string[]): Retold<T> {
  const known = new Map(before.map((text, at) => [text, at]));
  const list: (T | Run)[] = [];
  let run: [from: number, count: number] | undefined;
  things.forEach((thing, at) => {
    const from = known.get(texts[at]!);
    if (from === undefined) {
      list.push(thing);
      run = undefined;
    } else if (run && run[0] + run[1] === from) {
      run[1]++;
    } else {
      list.push((run = [from, 1]));
    }
  });
  return list;
}

function told<T>(before: readonly T[], list: Retold<T>): readonly T[] | undefined {
  const things: T[] = [];
  for (const it of list) {
    if (!isRun(it)) {
      things.push(it);
      continue;
    }
    const [from, count] = it;
    if (from < 0 || count < 0 || from + count > before.length) return undefined;
    things.push(...before.slice(from, from + count));
  }
  const same = things.length === before.length && things.every((thing, at) => thing === before[at]);
  return same ? before : things;
}

function isRun<T>(it: T | Run): it is Run {
  return Array.isArray(it);
}
