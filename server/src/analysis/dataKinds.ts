import type { Context } from './context.ts';
import { kindNumbers } from './kindSet.ts';

/** The numbers of some kinds of data, each once. */
export type DataKinds = readonly number[];

export const NO_DATA: DataKinds = [];

/** Turns names of assets or of data kinds into kinds; there is one list of the same kinds in the same order. */
export class DataNames {
  private readonly context: Context;
  private readonly lists = new Map<string, DataKinds>();
  private readonly ofNumbers = new Map<string, DataKinds>();

  constructor(context: Context) {
    this.context = context;
  }

  kinds(names: readonly string[]): DataKinds {
    if (names.length === 0) return NO_DATA;
    const key = names.length === 1 ? names[0]! : names.join(' ');
    let found = this.lists.get(key);
    if (!found) {
      const numbers = kindNumbers(this.context.catalogue).data;
      found = this.list(names.map((name) => numbers.of(this.context.data.get(name)?.kind ?? name)));
      this.lists.set(key, found);
    }
    return found;
  }

  /** Each kind once. */
  list(kinds: readonly number[]): DataKinds {
    const list = [...new Set(kinds)];
    const key = list.join(' ');
    const known = this.ofNumbers.get(key);
    if (!known) this.ofNumbers.set(key, list);
    return known ?? list;
  }
}
