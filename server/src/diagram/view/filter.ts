import type { Severity } from '../../catalogue/rule.ts';
import { countBySubject } from '../badges.ts';
import type { DiagramFinding, DiagramGraph, DiagramMarks } from '../graph.ts';

/** Each list that is there must have something of the finding; an empty or missing one lets everything through. */
export interface FindingFilter {
  readonly severities?: readonly Severity[];
  readonly principles?: readonly string[];
  readonly categories?: readonly string[];
  readonly lanes?: readonly string[];
  /** A taxonomy, or `TAXONOMY:ID`. */
  readonly taxonomies?: readonly string[];
  /** Kinds of data, on the way of the finding. */
  readonly dataKinds?: readonly string[];
  /** Elements, flows or boundaries, its subject or on its way. */
  readonly ids?: readonly string[];
}

/** Whether a filter is about more than severity: then what it leaves without findings steps back. */
export function isNarrowed({ severities: _, ...others }: FindingFilter): boolean {
  return Object.values(others).some((list) => list.length > 0);
}

/** The findings that pass, with counts of these alone. */
export function filterMarks(graph: DiagramGraph, marks: DiagramMarks, filter: FindingFilter): DiagramMarks {
  if (Object.keys(filter).length === 0) return marks;
  const passes = passer(graph, filter);
  const findings = marks.findings.filter(passes);
  return { ...marks, counts: countBySubject(findings), findings };
}

function passer(graph: DiagramGraph, filter: FindingFilter): (finding: DiagramFinding) => boolean {
  const tests: ((finding: DiagramFinding) => boolean)[] = [];
  const test = (list: readonly string[] | undefined, values: (finding: DiagramFinding) => Iterable<string>): void => {
    if (list === undefined || list.length === 0) return;
    const wanted = new Set(list);
    tests.push((finding) => [...values(finding)].some((value) => wanted.has(value)));
  };
  test(filter.severities, ({ severity }) => [severity]);
  test(filter.principles, ({ principles }) => principles);
  test(filter.categories, ({ category }) => [category]);
  test(filter.lanes, ({ lanes }) => lanes);
  test(filter.taxonomies, ({ taxonomies }) => taxonomies.flatMap((id) => [id, id.slice(0, id.indexOf(':'))]));
  test(filter.ids, ({ subject, trail }) => [subject, ...trail]);
  if (filter.dataKinds && filter.dataKinds.length > 0) {
    const kinds = kindsAt(graph);
    test(filter.dataKinds, ({ subject, trail }) => [subject, ...trail].flatMap((id) => [...(kinds.get(id) ?? [])]));
  }
  return (finding) => tests.every((passes) => passes(finding));
}

/** Element or flow → the kinds of data that it holds, carries or returns. */
function kindsAt({ nodes, edges, data }: DiagramGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const kindOf = new Map(data.map(({ id, kind }) => [id, kind]));
  const kinds = new Map<string, Set<string>>();
  const add = (id: string, assets: readonly string[]): void => {
    const known = kinds.get(id) ?? new Set();
    kinds.set(id, known);
    for (const asset of assets) known.add(kindOf.get(asset) ?? asset);
  };
  for (const { id, holds } of nodes) add(id, holds);
  for (const { flow, carries, returns } of edges) {
    add(flow, carries);
    add(flow, returns);
  }
  return kinds;
}

/** What a filter can ask for, with how many findings each has; most first. */
export interface Facets {
  readonly principles: readonly Facet[];
  readonly categories: readonly Facet[];
  readonly lanes: readonly Facet[];
  /** Whole taxonomies and single ids in them. */
  readonly taxonomies: readonly Facet[];
  readonly dataKinds: readonly Facet[];
}
export interface Facet {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

/** The choices that make sense for these findings. */
export function facetsOf(graph: DiagramGraph, { findings, names }: DiagramMarks): Facets {
  const nameOf = (id: string): string => (Object.hasOwn(names, id) ? (names[id] ?? id) : words(id));
  const count = (values: (finding: DiagramFinding) => Iterable<string>, label: (id: string) => string): readonly Facet[] => {
    const counts = new Map<string, number>();
    for (const finding of findings) for (const id of new Set(values(finding))) counts.set(id, (counts.get(id) ?? 0) + 1);
    const facets = [...counts].filter(([id]) => id !== '').map(([id, number]) => ({ id, label: label(id), count: number }));
    return facets.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  };
  const kinds = kindsAt(graph);
  const kindLabels = new Map(graph.data.map(({ kind, kindLabel }) => [kind, kindLabel]));
  return {
    principles: count(({ principles }) => principles, nameOf),
    categories: count(({ category }) => [category], nameOf),
    lanes: count(({ lanes }) => lanes, nameOf),
    taxonomies: count(({ taxonomies }) => taxonomies.flatMap((id) => [id, id.slice(0, id.indexOf(':'))]), nameOf),
    dataKinds: count(
      ({ subject, trail }) => [subject, ...trail].flatMap((id) => [...(kinds.get(id) ?? [])]),
      (id) => kindLabels.get(id) ?? id,
    ),
  };
}

function words(id: string): string {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
