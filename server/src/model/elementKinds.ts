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

  /** Whether the kind of an element may be another than in an earlier version, which had the same names: told by its id. */
  differFrom(earlier: ElementKinds, { changed }: Declared): (id: string) => boolean {
    if (!changed || !this.#imports.sameKinds(earlier.#imports)) return () => true;
    const isOther = (at: number): boolean => kindOf(this.#reads[at]) !== kindOf(earlier.#reads[at]);
    const ids = new Set(changed.filter(isOther).map((at) => this.#reads[at]!.id));
    return (id) => ids.has(id);
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
