import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary, Completeness, ControlStatement, DataAsset, Model } from '../model/model.ts';

/**
 * What every element stands in: boundaries, data, the system's own claims. While it is the same, the findings of a
 * component (elements that flows connect) can only change when the component itself does.
 */
export interface Context {
  readonly catalogue: Catalogue;
  readonly boundaries: ReadonlyMap<string, Boundary>;
  readonly data: ReadonlyMap<string, DataAsset>;
  readonly controls: readonly ControlStatement[];
  readonly completeness: Completeness;
  /** Each boundary with all that enclose it, itself first. */
  readonly chains: ReadonlyMap<string, readonly string[]>;
}

/** The context of a model; `previous` itself when nothing in it has changed. */
export function contextOf(model: Model, catalogue: Catalogue, previous: Context | undefined): Context {
  if (
    previous?.catalogue === catalogue &&
    previous.completeness === model.completeness &&
    sameThings(previous.boundaries, model.boundaries) &&
    sameThings(previous.data, model.data) &&
    sameClaims(previous.controls, model.controls)
  ) {
    return previous;
  }
  const { boundaries, data, controls, completeness } = model;
  return { catalogue, boundaries, data, controls, completeness, chains: chainsOf(boundaries) };
}

/** The model has broken all nesting cycles; the guard is for a bug in it. */
function chainsOf(boundaries: ReadonlyMap<string, Boundary>): Map<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>();
  for (const { id } of boundaries.values()) {
    const chain: string[] = [];
    for (let at: string | undefined = id; at !== undefined && !chain.includes(at); at = boundaries.get(at)?.parent) chain.push(at);
    chains.set(id, chain);
  }
  return chains;
}

function sameThings<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  if (a.size !== b.size) return false;
  for (const [id, thing] of a) if (b.get(id) !== thing) return false;
  return true;
}

function sameClaims(a: readonly ControlStatement[], b: readonly ControlStatement[]): boolean {
  return (
    a.length === b.length &&
    a.every((it, at) => it.control === b[at]!.control && it.status === b[at]!.status && it.counts === b[at]!.counts)
  );
}
