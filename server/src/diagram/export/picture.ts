import { nearest } from '../../model/nearest.ts';
import type { DiagramGraph, DiagramMarks } from '../graph.ts';
import { viewOf, type DiagramView } from '../view/view.ts';

/** Which part of a model a picture is of. */
export interface PictureRequest {
  /** One boundary, with what it exchanges flows with; the other boundaries stay closed. */
  readonly boundary?: string | undefined;
  /** The way of one finding: its fingerprint (or the beginning of it), or a rule, of which it is the first. */
  readonly finding?: string | undefined;
  /** Without risks it is a picture of the architecture. */
  readonly risks: boolean;
}
export interface Picture extends DiagramView {
  /** Key of the finding whose way stands out. */
  readonly highlight: string | undefined;
}

const NO_RISKS: DiagramMarks = { counts: {}, findings: [], names: {} };

/** The part of a model that is asked for, or a sentence that says why there is none. */
export function pictureOf(graph: DiagramGraph, marks: DiagramMarks, request: PictureRequest): Picture | { readonly error: string } {
  const { boundary, finding: wanted } = request;
  if (boundary !== undefined && !graph.boundaries.some(({ id }) => id === boundary)) {
    const [near] = nearest(
      boundary,
      graph.boundaries.map(({ id }) => id),
    );
    return { error: `There is no boundary "${boundary}"${near === undefined ? '' : `; is it "${near}"?`}` };
  }
  const finding = wanted === undefined ? undefined : marks.findings.find(({ key, rule }) => key.startsWith(wanted) || rule === wanted);
  if (wanted !== undefined && !finding) return { error: `No open finding has the fingerprint or rule "${wanted}".` };
  const shown = request.risks ? marks : NO_RISKS;
  if (finding) {
    const ids = [finding.subject, ...finding.trail];
    const one: DiagramMarks = { ...shown, findings: shown.findings.filter(({ key }) => key === finding.key) };
    const view = viewOf(graph, one, { focus: { ids, hops: 0 } });
    return { ...view, highlight: request.risks ? finding.key : undefined };
  }
  if (boundary === undefined) return { ...viewOf(graph, shown, {}), highlight: undefined };
  return { ...viewOf(graph, shown, { focus: { ids: [boundary], hops: 1 }, collapsed: othersThan(graph, boundary) }), highlight: undefined };
}

/** The boundaries that neither are around this one nor in it. */
function othersThan({ boundaries }: DiagramGraph, id: string): readonly string[] {
  const parents = new Map(boundaries.map((it) => [it.id, it.parent]));
  const chain = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    for (let at: string | undefined = start; at !== undefined && !seen.has(at); at = parents.get(at)) seen.add(at);
    return seen;
  };
  const around = chain(id);
  return boundaries.filter((it) => !around.has(it.id) && !chain(it.id).has(id)).map((it) => it.id);
}
