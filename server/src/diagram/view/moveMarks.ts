import { SEVERITIES, type Severity } from '../../catalogue/rule.ts';
import type { DiagramGraph, DiagramMarks } from '../graph.ts';

/** Marks on what stands for hidden things; `only`: findings about nothing that is drawn are left out. */
export function moveCounts(marks: DiagramMarks, graph: DiagramGraph, shownAs: ReadonlyMap<string, string>, only: boolean): DiagramMarks {
  if (shownAs.size === 0 && !only) return marks;
  const drawn = new Set([...graph.nodes, ...graph.boundaries].map(({ id }) => id));
  for (const { flow } of graph.edges) drawn.add(flow);
  const shown = (id: string): string => shownAs.get(id) ?? id;
  const counts = new Map<string, Partial<Record<Severity, number>>>();
  for (const [id, ofId] of Object.entries(marks.counts)) {
    const sum = counts.get(shown(id)) ?? {};
    counts.set(shown(id), sum);
    for (const severity of SEVERITIES) {
      const more = ofId[severity] ?? 0;
      if (more > 0) sum[severity] = (sum[severity] ?? 0) + more;
    }
  }
  const moved = marks.findings.map((finding) => ({
    ...finding,
    subject: shown(finding.subject),
    trail: finding.trail
      .map(shown)
      .filter((id) => drawn.has(id))
      .filter((id, index, trail) => id !== trail[index - 1]),
  }));
  return {
    ...marks,
    counts: Object.fromEntries(counts),
    findings: only ? moved.filter(({ subject }) => drawn.has(subject)) : moved,
  };
}
