import type { Pair } from '../syntax/tree.ts';
import type { Boundary, DataAsset, Element, Flow, ImportedModel } from './model.ts';
import { Relocation } from './relocation.ts';
import { NO_USES, type Uses } from './uses.ts';

/** The things of one used file, as they are called here. */
interface Placed extends ImportedModel {
  /** The entry of `use:` through which it comes. */
  readonly pair: Pair;
  readonly relocation: Relocation;
  readonly boundaries: readonly Boundary[];
  readonly data: readonly DataAsset[];
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
}

/** What a reference to a thing of another file finds: its id here, or that the file it names could not be read. */
export type Found = { readonly id: string } | 'excused' | undefined;

/**
 * Everything that other files bring in. Each file comes once, under the shortest of the names that lead to it: a platform
 * and an application that both use an organisation's boundaries stand in the same boundaries. The other names are understood.
 */
export class Imports {
  readonly placed: readonly Placed[];
  readonly #uses: Uses['all'];
  readonly #unclear: boolean;
  /** What names mean depends on this and on the ids in the files. */
  readonly #shape: string;
  readonly #drawn = new Map<string, Boundary | Element | Flow>();
  readonly #data = new Map<string, DataAsset>();
  readonly #namespaces = new Map<string, string>();

  static readonly #none = new Imports(NO_USES, undefined);

  /** `previous` gives the things that are what they were. */
  static of(uses: Uses, previous: Imports | undefined): Imports {
    if (uses.all.size === 0 && !uses.unclear) return Imports.#none;
    return previous && previous.#holdsFor(uses) ? previous : new Imports(uses, previous);
  }

  private constructor(uses: Uses, previous: Imports | undefined) {
    this.#uses = uses.all;
    this.#unclear = uses.unclear;
    const files = filesOf(uses);
    for (const { file, namespace } of files) this.#namespaces.set(file, namespace);
    this.#shape = shapeOf(uses, files);
    const before = new Map(previous && previous.#shape === this.#shape ? previous.placed.map((placed) => [placed.file, placed]) : []);
    this.placed = files.map((file) => this.#place(file, before.get(file.file)));
    for (const { boundaries, data, elements, flows } of this.placed) {
      for (const asset of data) this.#data.set(asset.id, asset);
      for (const things of [boundaries, elements, flows]) for (const thing of things) this.#drawn.set(thing.id, thing);
    }
  }

  /** The file uses nothing, not even in vain. */
  get isEmpty(): boolean {
    return this.#uses.size === 0 && !this.#unclear;
  }

  /** What has this id: the one that stands in this model, whatever other names it has. */
  drawn(id: string): Boundary | Element | Flow | undefined {
    return this.#drawn.get(id);
  }

  data(id: string): DataAsset | undefined {
    return this.#data.get(id);
  }

  ids(isData: boolean): Iterable<string> {
    return (isData ? this.#data : this.#drawn).keys();
  }

  /** What a reference means. */
  find(name: string, isData: boolean): Found {
    const things: ReadonlyMap<string, { readonly id: string }> = isData ? this.#data : this.#drawn;
    return things.get(name) ?? this.#walk(name, isData);
  }

  /** Whether every reference finds the same. */
  sameNames(other: Imports): boolean {
    if (this === other) return true;
    if (this.#shape !== other.#shape || this.#data.size !== other.#data.size || this.#drawn.size !== other.#drawn.size) return false;
    for (const id of this.#data.keys()) if (!other.#data.has(id)) return false;
    for (const [id, { type }] of this.#drawn) if (other.#drawn.get(id)?.type !== type) return false;
    return true;
  }

  /** Whether elements have the same kinds, given the same names. */
  sameKinds(other: Imports): boolean {
    if (this === other) return true;
    for (const [id, thing] of this.#drawn) {
      const now = other.#drawn.get(id);
      if (now !== thing && now?.type === 'element' && (thing.type !== 'element' || thing.kind !== now.kind)) return false;
    }
    return true;
  }

  /** Along the namespaces as they are written, to the file that declares it. */
  #walk(name: string, isData: boolean): Found {
    let uses = this.#uses;
    let rest = name;
    for (let dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.')) {
      const namespace = rest.slice(0, dot);
      if (!uses.has(namespace)) return this.#unclear ? 'excused' : undefined;
      const used = uses.get(namespace)?.used;
      if (!used) return 'excused';
      rest = rest.slice(dot + 1);
      const prefix = this.#namespaces.get(used.file);
      const thing = prefix === undefined ? undefined : (isData ? this.#data : this.#drawn).get(`${prefix}.${rest}`);
      if (thing) return thing;
      uses = used.model.uses;
    }
    return undefined;
  }

  #place(file: File, before: Placed | undefined): Placed {
    if (before?.model === file.model && before.pair === file.pair) return before;
    const same = before?.pair === file.pair ? before.relocation : undefined;
    const relocation = same ?? new Relocation(file, (other) => this.#namespaces.get(other));
    return { ...file, relocation, ...relocation.of(file.model) };
  }

  #holdsFor({ all, read, unclear }: Uses): boolean {
    if (unclear !== this.#unclear || all.size !== this.#uses.size) return false;
    const before = [...this.#uses];
    const same = [...all].every(([namespace, { used }], at) => {
      const [namespaceThen, { used: usedThen }] = before[at]!;
      return namespace === namespaceThen && used?.file === usedThen?.file && used?.model === usedThen?.model;
    });
    if (!same) return false;
    // Whoever comes in by an entry carries its pair.
    const pairs = new Set(read.map(({ pair }) => pair));
    return this.placed.every(({ pair }) => pairs.has(pair));
  }
}

interface File extends ImportedModel {
  readonly pair: Pair;
}

/** All files, those that are used directly first: the shortest name of each comes first. */
function filesOf({ read }: Uses): readonly File[] {
  const files = new Map<string, File>();
  const add = (file: File): void => {
    if (!files.has(file.file)) files.set(file.file, file);
  };
  for (const use of read) add(use);
  // A map grows at its end while it is walked.
  for (const { namespace, model, pair } of files.values()) {
    for (const [inner, { used }] of model.uses) if (used) add({ namespace: `${namespace}.${inner}`, pair, ...used });
  }
  return [...files.values()];
}

/** Which name leads to which file, everywhere. */
function shapeOf({ all, unclear }: Uses, files: readonly File[]): string {
  const links = (uses: Uses['all']) => [...uses].map(([namespace, { used }]) => [namespace, used?.file ?? null]);
  return JSON.stringify([unclear, links(all), ...files.map(({ file, namespace, model }) => [file, namespace, links(model.uses)])]);
}
