import type { Catalogue } from '../catalogue/catalogue.ts';
import { enclosing } from '../model/inside.ts';
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
  /** What each used file says of its own system, by namespace. */
  readonly imported: ReadonlyMap<string, readonly ControlStatement[]>;
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
    sameClaims(previous.controls, model.controls) &&
    sameImports(previous.imported, model.imported)
  ) {
    return previous;
  }
  const { boundaries, data, controls, completeness } = model;
  return {
    catalogue,
    boundaries,
    data,
    controls,
    imported: new Map(model.imported.map((file) => [file.namespace, file.model.controls])),
    completeness,
    chains: new Map([...boundaries.keys()].map((id) => [id, enclosing(id, boundaries)])),
  };
}

function sameThings<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  if (a.size !== b.size) return false;
  for (const [id, thing] of a) if (b.get(id) !== thing) return false;
  return true;
}

function sameImports(before: Context['imported'], files: Model['imported']): boolean {
  return before.size === files.length && files.every(({ namespace, model }) => sameClaims(before.get(namespace) ?? [], model.controls));
}

function sameClaims(a: readonly ControlStatement[], b: readonly ControlStatement[]): boolean {
  return (
    a.length === b.length &&
    a.every((it, at) => it.control === b[at]!.control && it.status === b[at]!.status && it.counts === b[at]!.counts)
  );
}
