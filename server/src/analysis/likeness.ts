import type { Element } from '../model/model.ts';
import type { DataKinds } from './dataKinds.ts';
import type { ElementSort, Likeness, Stated } from './fact.ts';

/** Says which elements are alike, see `Likeness`. */
export class Likenesses {
  private readonly plain = new Map<ElementSort, Likeness>();
  private readonly special = new Map<string, Likeness>();

  get count(): number {
    return this.plain.size + this.special.size;
  }

  /** The same for elements that are alike. */
  of(element: Element, sort: ElementSort, holds: DataKinds): Likeness {
    const { owner, properties } = element;
    // Of most elements the file says no more than this, and then no key has to be written.
    if (properties.size === 0 && holds.length === 0 && owner === undefined) return this.known(this.plain, sort, sort, holds);
    return this.known(this.special, JSON.stringify([sort.kind, holds, owner !== undefined, statedKey(properties)]), sort, holds);
  }

  private known<K>(among: Map<K, Likeness>, key: K, sort: ElementSort, holds: DataKinds): Likeness {
    let likeness = among.get(key);
    if (!likeness) among.set(key, (likeness = { number: this.count, sort, holds }));
    return likeness;
  }
}

/** The same for things of which the file states the same. */
export function statedKey(stated: Stated): string {
  return JSON.stringify([...stated].map(([name, { values }]) => [name, values]));
}
