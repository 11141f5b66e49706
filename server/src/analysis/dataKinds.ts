import type { Context } from './context.ts';

export const NO_DATA: ReadonlySet<string> = new Set();

/** Names of assets or data kinds → data kinds. */
export function dataKinds(names: readonly string[], context: Context): ReadonlySet<string> {
  return new Set(names.map((name) => context.data.get(name)?.kind ?? name));
}
