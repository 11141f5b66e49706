/**
 * Things by their ids, in the order of the file. Which id is where is known once for all versions of a text that have the
 * same ids, so that a version in which one thing is another costs no more than the list.
 */
export class ById<Thing extends { readonly id: string }> implements ReadonlyMap<string, Thing> {
  readonly list: readonly Thing[];
  readonly #places: ReadonlyMap<string, number>;
  /** Stands for this version, so that the next one need not hold it. */
  readonly #mark = {};
  /** The version that this one was made from, and where it had another thing. */
  readonly #since: { readonly mark: object; readonly changed: readonly number[] } | undefined;

  /**
   * Ids are unique. `previous` itself when it has the same things. `changed` has all places where it may have another one,
   * if they are known.
   */
  static of<Thing extends { readonly id: string }>(
    things: readonly Thing[],
    previous: ById<Thing> | undefined,
    changed?: readonly number[],
  ): ById<Thing> {
    if (previous?.size !== things.length) return new ById(things, undefined, undefined);
    const others: number[] = [];
    let hasSameIds = true;
    const look = (at: number): void => {
      const before = previous.list[at]!;
      if (things[at] === before) return;
      others.push(at);
      hasSameIds &&= things[at]!.id === before.id;
    };
    if (changed) changed.forEach(look);
    else for (let at = 0; hasSameIds && at < things.length; at++) look(at);
    if (others.length === 0) return previous;
    return hasSameIds ? new ById(things, previous, others) : new ById(things, undefined, undefined);
  }

  private constructor(things: readonly Thing[], previous: ById<Thing> | undefined, changed: readonly number[] | undefined) {
    this.list = things;
    this.#places = previous ? previous.#places : placesOf(things);
    this.#since = previous && changed && { mark: previous.#mark, changed };
  }

  /** Another thing for each, with the same id: the same for most. */
  with(change: (thing: Thing) => Thing): ById<Thing> {
    return ById.of(this.list.map(change), this);
  }

  /** The places of things that another version has otherwise; all when nobody knows. */
  differingFrom(other: ById<Thing>): Iterable<number> {
    if (other === this) return [];
    return this.#since?.mark === other.#mark ? this.#since.changed : this.list.keys();
  }

  get size(): number {
    return this.list.length;
  }

  get(id: string): Thing | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.list[place];
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  keys(): MapIterator<string> {
    return this.#places.keys() as MapIterator<string>;
  }

  values(): MapIterator<Thing> {
    return this.list.values();
  }

  *entries(): MapIterator<[string, Thing]> {
    for (const thing of this.list) yield [thing.id, thing];
  }

  [Symbol.iterator](): MapIterator<[string, Thing]> {
    return this.entries();
  }

  forEach(each: (thing: Thing, id: string, map: ReadonlyMap<string, Thing>) => void): void {
    for (const thing of this.list) each(thing, thing.id, this);
  }
}

function placesOf(things: readonly { readonly id: string }[]): Map<string, number> {
  const places = new Map<string, number>();
  things.forEach(({ id }, at) => places.set(id, at));
  return places;
}
