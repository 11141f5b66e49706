import type { DiagramFinding, DiagramMarks, Scene } from '../../server/src/diagram/index.ts';
import type { Severity } from '../../server/src/catalogue/rule.ts';

/** Everything that the page shows, as one value: each part of the page paints its share of it. */
export interface View {
  readonly scene: Scene;
  /** Of the severities that are shown. */
  readonly marks: DiagramMarks;
  /** Of all severities. */
  readonly allMarks: DiagramMarks;
  readonly hidden: ReadonlySet<Severity>;
  /** Id of an element, flow or boundary. */
  readonly selection: string | undefined;
  readonly finding: DiagramFinding | undefined;
}

/** What is left when some severities are hidden. */
export function withoutHidden(marks: DiagramMarks, hidden: ReadonlySet<Severity>): DiagramMarks {
  if (hidden.size === 0) return marks;
  const counts = Object.entries(marks.counts).map(([id, count]) => [
    id,
    Object.fromEntries(Object.entries(count).filter(([severity]) => !hidden.has(severity as Severity))),
  ]);
  return {
    ...marks,
    counts: Object.fromEntries(counts) as DiagramMarks['counts'],
    findings: marks.findings.filter(({ severity }) => !hidden.has(severity)),
  };
}

/** Findings whose subject this is. */
export function findingsOf(marks: DiagramMarks, id: string): readonly DiagramFinding[] {
  return marks.findings.filter(({ subject }) => subject === id);
}

/** An id of the catalogue as words. */
export function words(id: string): string {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The title of what an id names, as it is drawn. */
export function titleOf(scene: Scene, id: string): string {
  const flow = scene.edges.find(({ edge }) => edge.flow === id)?.edge;
  return (
    scene.nodes.find(({ node }) => node.id === id)?.node.title ??
    scene.boundaries.find(({ boundary }) => boundary.id === id)?.boundary.title ??
    (flow ? `${flow.label}: ${titleOf(scene, flow.from)} → ${titleOf(scene, lastStop(scene, id))}` : 'The whole system')
  );
}

/** Where a flow ends after its last leg. */
export function lastStop(scene: Scene, flow: string): string {
  return scene.edges.findLast(({ edge }) => edge.flow === flow)?.edge.to ?? '';
}
