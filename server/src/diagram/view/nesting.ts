import type { DiagramGraph } from '../graph.ts';

/** What is in what. Survives cycles and parents that are not there. */
export class Nesting {
  private readonly parents: ReadonlyMap<string, string | undefined>;
  private readonly places: ReadonlyMap<string, string | undefined>;
  private readonly inner = new Map<string | undefined, string[]>();
  private readonly count = new Map<string | undefined, number>();
  private readonly chains = new Map<string, readonly string[]>();

  constructor({ boundaries, nodes }: DiagramGraph) {
    this.parents = withoutCircles(new Map(boundaries.map(({ id, parent }) => [id, parent])));
    this.places = new Map(nodes.map(({ id, boundary }) => [id, boundary]));
    for (const { id } of boundaries) {
      const parent = this.chain(id)[1];
      this.inner.set(parent, [...(this.inner.get(parent) ?? []), id]);
    }
    for (const { boundary } of nodes) {
      const place = boundary !== undefined && this.parents.has(boundary) ? boundary : undefined;
      this.count.set(place, (this.count.get(place) ?? 0) + 1);
    }
  }

  /** A boundary and those around it, inner ones first. */
  chain(id: string): readonly string[] {
    let known = this.chains.get(id);
    if (!known) {
      const chain: string[] = [];
      for (let at: string | undefined = id; at !== undefined && this.parents.has(at); at = this.parents.get(at)) chain.push(at);
      this.chains.set(id, (known = chain));
    }
    return known;
  }

  /** The outermost of these boundaries that a boundary is, or is in. */
  outermost(id: string, among: ReadonlySet<string>): string | undefined {
    return this.chain(id).findLast((it) => among.has(it));
  }

  boundariesIn(id: string | undefined): readonly string[] {
    return this.inner.get(id) ?? [];
  }

  /** How many elements and boundaries are directly in a boundary, or outside all. */
  childrenOf(id: string | undefined): number {
    return (this.count.get(id) ?? 0) + this.boundariesIn(id).length;
  }

  placeOf(element: string): string | undefined {
    return this.places.get(element);
  }
}

/** The first of a circle is at the top. */
function withoutCircles(parents: Map<string, string | undefined>): ReadonlyMap<string, string | undefined> {
  for (const id of parents.keys()) {
    const seen = new Set<string>();
    let at = parents.get(id);
    while (at !== undefined && at !== id && !seen.has(at)) {
      seen.add(at);
      at = parents.get(at);
    }
    if (at === id) parents.set(id, undefined);
  }
  return parents;
}
