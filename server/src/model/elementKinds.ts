import type { Declared, Read } from './declared.ts';
import type { Imports } from './imports.ts';
import type { Names } from './names.ts';

/** Which kind each element has: the same object as long as no kind and no id changes. */
export class ElementKinds {
  readonly #names: Names;
  readonly #reads: readonly Read[];
  readonly #imports: Imports;

  constructor(names: Names, { reads }: Declared, imports: Imports) {
    this.#names = names;
    this.#reads = reads;
    this.#imports = imports;
  }

  /** The kind of the element with this id; empty when it has none. */
  of(id: string): string {
    const position = this.#names.positionOf(id, false);
    if (position !== undefined) return kindOf(this.#reads[position]);
    const imported = this.#imports.drawn(id);
    return imported?.type === 'element' ? imported.kind : '';
  }

  /** Whether these kinds hold for another version too, of which the one before had them. */
  holdFor(names: Names, { changed, reads }: Declared, imports: Imports): boolean {
    if (names !== this.#names || !this.#imports.sameKinds(imports)) return false;
    return (changed ?? names.owners.element).every((at) => reads[at] === this.#reads[at] || kindOf(reads[at]) === kindOf(this.#reads[at]));
  }
}

function kindOf(read: Read | undefined): string {
  return read?.sort === 'element' ? read.thing.kind : '';
}
