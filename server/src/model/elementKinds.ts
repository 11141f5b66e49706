import type { Declared, Read } from './declared.ts';
import type { Names } from './names.ts';

/** Which kind each element has: the same object as long as no kind and no id changes. */
export class ElementKinds {
  readonly #names: Names;
  readonly #reads: readonly Read[];

  constructor(names: Names, { reads }: Declared) {
    this.#names = names;
    this.#reads = reads;
  }

  /** The kind of the element with this id; empty when it has none. */
  of(id: string): string {
    return kindOf(this.#reads[this.#names.positionOf(id, false) ?? -1]);
  }

  holdFor(names: Names, { reads }: Declared): boolean {
    if (names !== this.#names) return false;
    return names.owners.element.every((at) => reads[at] === this.#reads[at] || kindOf(reads[at]) === kindOf(this.#reads[at]));
  }
}

function kindOf(read: Read | undefined): string {
  return read?.sort === 'element' ? read.thing.kind : '';
}
