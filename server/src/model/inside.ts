import type { Boundary, Model } from './model.ts';

/** A boundary and all that enclose it, inner ones first. The model has broken all nesting cycles; the guard is for a bug in it. */
export function enclosing(id: string, boundaries: ReadonlyMap<string, Boundary>): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = id; at !== undefined && !chain.includes(at); at = boundaries.get(at)?.parent) chain.push(at);
  return chain;
}

/** Every boundary that an element is in, nested and overlapping ones; none for an unknown element. */
export function insideOf(element: string, { elements, boundaries }: Pick<Model, 'elements' | 'boundaries'>): ReadonlySet<string> {
  return new Set((elements.get(element)?.boundaries ?? []).flatMap((id) => enclosing(id, boundaries)));
}

/** The boundaries of which exactly one of two places is inside: those of the first, then those of the second. */
export function crossedBetween(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
  return [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];
}
