import type { DiagramFinding, DiagramGraph, DiagramMarks } from '../graph.ts';
import { collapse } from './collapse.ts';
import { filterMarks, isNarrowed, type FindingFilter } from './filter.ts';
import { focusOn, type Focus } from './focus.ts';
import { litBy, type Lens } from './lens.ts';
import { moveCounts } from './moveMarks.ts';

/** What of a model is shown, and how. Everything is optional: nothing said shows everything. */
export interface ViewOptions {
  /** Ids of the boundaries that are drawn as one box each. */
  readonly collapsed?: Iterable<string>;
  /** Only this neighbourhood is kept. */
  readonly focus?: Focus | undefined;
  /** What is not seen through it steps back. */
  readonly lens?: Lens | undefined;
  /** Other findings are left out, and what has none of these steps back. */
  readonly filter?: FindingFilter | undefined;
}

/** A part of a model as it is drawn. Ids are the model's, but for summaries of flows. */
export interface DiagramView {
  /** What is laid out: collapsed boundaries are nodes of the shape `boundary`, with summaries for their flows. */
  readonly graph: DiagramGraph;
  /** About what is in `graph`: counts, subjects and trails of hidden things are those of what stands for them. */
  readonly marks: DiagramMarks;
  /** Ids in `graph` of elements, flows, summaries and boundaries that step back; for `renderScene`. */
  readonly dimmed: ReadonlySet<string>;
  /** What stands for a thing that is hidden in a collapsed boundary: the boundary, or a summary of flows. */
  readonly shownAs: ReadonlyMap<string, string>;
}

/** A view of a graph. Pure and quick: the graph of the same options is the same, whatever the marks are. */
export function viewOf(graph: DiagramGraph, marks: DiagramMarks, options: ViewOptions): DiagramView {
  const kept = options.focus ? focusOn(graph, options.focus) : graph;
  const collapsed = collapse(kept, new Set(options.collapsed));
  const narrowed = options.filter ? filterMarks(graph, marks, options.filter) : marks;
  const lit: ReadonlySet<string>[] = [];
  if (options.lens) lit.push(litBy(graph, options.lens));
  if (options.filter && isNarrowed(options.filter)) lit.push(marked(narrowed));
  return {
    graph: collapsed.graph,
    marks: moveCounts(narrowed, collapsed.graph, collapsed.shownAs, options.focus !== undefined),
    dimmed: dimmedIn(collapsed.graph, collapsed.shownAs, lit),
    shownAs: collapsed.shownAs,
  };
}

/** Everything that a finding is about or leads over. */
function marked({ findings }: DiagramMarks): ReadonlySet<string> {
  return new Set(findings.flatMap(({ subject, trail }: DiagramFinding) => [subject, ...trail]));
}

/** What is lit by none; a boundary steps back when nothing in it is lit, a flow at which nothing is lit too. */
function dimmedIn(graph: DiagramGraph, shownAs: ReadonlyMap<string, string>, lit: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  if (lit.length === 0) return new Set();
  const shown = lit.map((ids) => new Set([...ids].map((id) => shownAs.get(id) ?? id)));
  const isLit = (id: string): boolean => shown.every((ids) => ids.has(id));
  const boundaries = new Map(graph.boundaries.map((it) => [it.id, it]));
  const around = new Set<string>();
  for (const { id, boundary } of graph.nodes) {
    if (!isLit(id)) continue;
    for (let at = boundary; at !== undefined && !around.has(at); at = boundaries.get(at)?.parent) around.add(at);
  }
  return new Set([
    ...graph.nodes.filter(({ id }) => !isLit(id)).map(({ id }) => id),
    ...graph.edges.filter(({ flow }) => !isLit(flow)).map(({ flow }) => flow),
    ...graph.boundaries.filter(({ id }) => !isLit(id) && !around.has(id)).map(({ id }) => id),
  ]);
}
