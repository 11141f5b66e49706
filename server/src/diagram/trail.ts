import type { DiagramFinding, DiagramMarks } from './graph.ts';
import type { Scene } from './scene.ts';

/** What stands out when one finding is looked at; everything else steps back. */
export interface Trail {
  readonly finding: DiagramFinding;
  /** Ids of elements, flows and boundaries. */
  readonly ids: ReadonlySet<string>;
  /** Boundaries around what stands out. */
  readonly around: ReadonlySet<string>;
  /** Flow → its numbers in the order of the way. */
  readonly hops: ReadonlyMap<string, readonly number[]>;
}

const DIM = 0.28;

/** The trail of the finding with this key; `undefined` when there is none. */
export function findTrail(scene: Scene, marks: DiagramMarks, key: string | undefined): Trail | undefined {
  const finding = key === undefined ? undefined : marks.findings.find((it) => it.key === key);
  if (!finding) return undefined;
  const flows = new Set(scene.edges.map(({ edge }) => edge.flow));
  const ids = new Set([...finding.trail, finding.subject]);
  for (const { edge } of scene.edges) {
    if (!ids.has(edge.flow)) continue;
    ids.add(edge.from);
    ids.add(edge.to);
  }
  const hops = new Map<string, number[]>();
  let hop = 0;
  for (const id of finding.trail) {
    if (flows.has(id)) hops.set(id, [...(hops.get(id) ?? []), ++hop]);
  }
  return { finding, ids, around: boundariesAround(scene, ids), hops: hop > 1 ? hops : new Map() };
}

function boundariesAround(scene: Scene, ids: ReadonlySet<string>): ReadonlySet<string> {
  const parents = new Map(scene.boundaries.map(({ boundary }) => [boundary.id, boundary.parent]));
  const around = new Set<string>();
  for (const { node } of scene.nodes) {
    if (!ids.has(node.id)) continue;
    for (let at = node.boundary; at !== undefined && !around.has(at); at = parents.get(at)) around.add(at);
  }
  return around;
}

/** How strongly a thing is drawn: `dimmed` steps back, unless the trail leads over it. */
export function strength(trail: Trail | undefined, dimmed: ReadonlySet<string>, id: string): number | undefined {
  if (trail) return trail.ids.has(id) ? undefined : trail.around.has(id) ? 0.8 : DIM;
  return dimmed.has(id) ? DIM : undefined;
}
