import type { DiagramFinding, DiagramGraph, DiagramMarks, Facets, Scene } from '../../server/src/diagram/index.ts';
import type { Names } from './names.ts';
import type { Session } from './session.ts';

/** Everything that the page shows, as one value: each part of the page paints its share of it. */
export interface View {
  readonly scene: Scene;
  /** What is drawn on the scene: what is hidden in a collapsed boundary counts at the boundary. */
  readonly marks: DiagramMarks;
  /** Ids in the scene of what steps back. */
  readonly dimmed: ReadonlySet<string>;
  /** What stands in the scene for what is hidden. */
  readonly shownAs: ReadonlyMap<string, string>;
  /** The whole model; right after a reload, as much of it as was drawn. */
  readonly graph: DiagramGraph;
  readonly names: Names;
  /** All findings, and those that pass the filter; subjects are the model's. */
  readonly allMarks: DiagramMarks;
  readonly findings: readonly DiagramFinding[];
  /** Counted when they are asked for. */
  readonly facets: () => Facets;
  readonly session: Session;
  /** Ids of boundaries. */
  readonly collapsed: readonly string[];
  /** The chosen one. */
  readonly finding: DiagramFinding | undefined;
}

/** Findings whose subject this is. */
export function findingsOf(findings: readonly DiagramFinding[], id: string): readonly DiagramFinding[] {
  return findings.filter(({ subject }) => subject === id);
}

/** An id of the catalogue as words. */
export function words(id: string): string {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What stands in the scene for a thing. */
export function shown(view: View, id: string): string {
  return view.shownAs.get(id) ?? id;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
