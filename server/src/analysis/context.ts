import type { Catalogue } from '../catalogue/catalogue.ts';
import { enclosing } from '../model/inside.ts';
import type { Members } from './partition.ts';
import type { Boundary, Completeness, ControlStatement, DataAsset, Model } from '../model/model.ts';

/**
 * What every element stands in: boundaries, data, the system's own claims. While what it says of a component (elements
 * that flows connect) is the same, the findings of that can only change when the component itself does.
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

/** The context of a model; `previous` itself, or the parts of it, where nothing has changed. */
export function contextOf(model: Model, catalogue: Catalogue, previous: Context | undefined): Context {
  const { boundaries, data, completeness } = model;
  const controls = previous && sameClaims(previous.controls, model.controls) ? previous.controls : model.controls;
  const imported = previous && sameImports(previous.imported, model.imported) ? previous.imported : claimsOf(model.imported);
  const sameNesting = previous !== undefined && sameThings(previous.boundaries, boundaries);
  const now: Context = {
    catalogue,
    boundaries,
    data,
    controls,
    imported,
    completeness,
    chains: sameNesting ? previous.chains : new Map([...boundaries.keys()].map((id) => [id, enclosing(id, boundaries)])),
  };
  return sameNesting && isSameForAll(previous, now) && sameThings(previous.data, data) ? previous : now;
}

function claimsOf(files: Model['imported']): Context['imported'] {
  return new Map(files.map((file) => [file.namespace, file.model.controls]));
}

/** Whether a later context says the same of a component that has not changed itself. */
export function standsTheSame({ elements, flows }: Members, before: Context, now: Context): boolean {
  const sameBoundary = (id: string): boolean => now.boundaries.get(id) === before.boundaries.get(id);
  const sameData = (name: string): boolean => now.data.get(name)?.kind === before.data.get(name)?.kind;
  return (
    elements.every(
      ({ boundaries, holds }) => boundaries.every((id) => before.chains.get(id)?.every(sameBoundary) ?? true) && holds.every(sameData),
    ) && flows.every(({ carries, returns }) => carries.every(sameData) && (returns?.every(sameData) ?? true))
  );
}

/** What holds for all components alike: the catalogue, and what the system and used files say of themselves. */
export function isSameForAll(before: Context, now: Context): boolean {
  return (
    before.catalogue === now.catalogue &&
    before.completeness === now.completeness &&
    before.controls === now.controls &&
    before.imported === now.imported
  );
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
