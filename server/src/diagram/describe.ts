import type { GraphBoundary, GraphEdge, GraphNode } from './graph.ts';
import { MOST_SEVERE_FIRST, total, type SeverityCounts } from './badges.ts';
import type { Scene } from './scene.ts';

/** The picture in words, for those who do not see it. Built once per drawing. */
export class Describer {
  private readonly titles: ReadonlyMap<string, string>;
  private readonly into = new Map<string, Set<string>>();
  private readonly out = new Map<string, Set<string>>();
  private readonly inside = new Map<string, number>();

  constructor(scene: Scene) {
    this.titles = new Map([
      ...scene.boundaries.map(({ boundary }) => [boundary.id, boundary.title] as const),
      ...scene.nodes.map(({ node }) => [node.id, node.title] as const),
    ]);
    for (const { edge } of scene.edges) {
      add(this.out, edge.from, edge.flow);
      add(this.into, edge.to, edge.flow);
    }
    for (const { node } of scene.nodes) {
      if (node.boundary !== undefined) this.inside.set(node.boundary, (this.inside.get(node.boundary) ?? 0) + 1);
    }
  }

  node(node: GraphNode, counts: SeverityCounts): string {
    return sentence([
      node.title,
      node.kindLabel,
      node.inside ? `collapsed trust boundary, ${plural(node.inside.elements, 'element')} inside` : '',
      node.boundary === undefined ? 'outside every boundary' : `in ${this.titleOf(node.boundary)}`,
      node.tags.length > 0 ? `also in ${node.tags.join(', ')}` : '',
      node.outOfScope ? 'out of scope' : '',
      `${plural(this.into.get(node.id)?.size ?? 0, 'flow')} in`,
      `${plural(this.out.get(node.id)?.size ?? 0, 'flow')} out`,
      findings(counts),
    ]);
  }

  edge(edge: GraphEdge, counts: SeverityCounts): string {
    const ends = `from ${this.titleOf(edge.from)} to ${this.titleOf(edge.to)}`;
    return sentence([
      edge.bundle ? `${edge.label} ${ends}` : `${edge.label}: flow ${ends}`,
      edge.data.length > 0 ? `carries ${edge.data.join(', ')}` : '',
      edge.crosses.length > 0 ? `crosses ${edge.crosses.map((id) => this.titleOf(id)).join(', ')}` : '',
      findings(counts),
    ]);
  }

  boundary(boundary: GraphBoundary, counts: SeverityCounts): string {
    const inside = this.inside.get(boundary.id) ?? 0;
    const what = boundary.file ? `things of another file, ${boundary.kindLabel}` : `trust boundary, ${boundary.kindLabel}`;
    return sentence([boundary.title, what, `${plural(inside, 'element')} inside`, findings(counts)]);
  }

  private titleOf(id: string): string {
    return this.titles.get(id) ?? id;
  }
}

/** All that is drawn, in one sentence, with what is missing. */
export function summary(scene: Scene, counts: SeverityCounts): string {
  return `${facts(scene)} · ${findings(counts) || 'no open findings'}`;
}

/** How much is drawn. */
export function facts(scene: Scene): string {
  const flows = new Map<string, boolean>();
  for (const { edge } of scene.edges) flows.set(edge.flow, (flows.get(edge.flow) ?? false) || edge.crosses.length > 0);
  const crossing = [...flows.values()].filter(Boolean).length;
  return [
    plural(scene.nodes.length, 'element'),
    crossing > 0 ? `${plural(flows.size, 'flow')}, ${crossing} across a trust boundary` : plural(flows.size, 'flow'),
  ].join(' · ');
}

/** Title and kind, once when they are the same word. */
export function named({ title, kindLabel }: { readonly title: string; readonly kindLabel: string }): readonly string[] {
  return title.toLowerCase() === kindLabel.toLowerCase() ? [title] : [title, kindLabel];
}

/** "2 critical, 1 high findings"; empty when there is none. */
export function findings(counts: SeverityCounts): string {
  const parts = MOST_SEVERE_FIRST.flatMap((severity) => {
    const count = counts[severity] ?? 0;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  return parts.length === 0 ? '' : `${parts.join(', ')} ${total(counts) === 1 ? 'finding' : 'findings'}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sentence(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
