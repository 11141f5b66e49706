/**
 * Things by their ids, in the order of the file. Which id is where is known once for all versions of a text that have the
 * same ids, so that a version in which one thing is another costs no more than the list.
 */
export class ById<Thing extends { readonly id: string }> implements ReadonlyMap<string, Thing> {
  readonly #things: readonly Thing[];
  readonly #places: ReadonlyMap<string, number>;

  /** Ids are unique. `previous` itself when it has the same things. */
  static of<Thing extends { readonly id: string }>(things: readonly Thing[], previous: ById<Thing> | undefined): ById<Thing> {
    let hasSameIds = previous?.size === things.length;
    let isSame = hasSameIds;
    for (let at = 0; hasSameIds && at < things.length; at++) {
      const before = previous!.#things[at]!;
      if (things[at] === before) continue;
      isSame = false;
      hasSameIds = things[at]!.id === before.id;
    }
    if (previous && isSame) return previous;
    return new ById(things, previous && hasSameIds ? previous.#places : new Map(things.map(({ id }, at) => [id, at])));
  }

  private constructor(things: readonly Thing[], places: ReadonlyMap<string, number>) {
    this.#things = things;
    this.#places = places;
  }

  get size(): number {
    return this.#things.length;
  }

  get(id: string): Thing | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#things[place];
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  keys(): MapIterator<string> {
    return this.#places.keys() as MapIterator<string>;
  }

  values(): MapIterator<Thing> {
    return this.#things.values();
  }

  *entries(): MapIterator<[string, Thing]> {
    for (const thing of this.#things) yield [thing.id, thing];
  }

  [Symbol.iterator](): MapIterator<[string, Thing]> {
    return this.entries();
  }

  forEach(each: (thing: Thing, id: string, map: ReadonlyMap<string, Thing>) => void): void {
    for (const thing of this.#things) each(thing, thing.id, this);
  }
}
