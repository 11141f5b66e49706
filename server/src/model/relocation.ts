import type { Pair, Span } from '../syntax/tree.ts';
import { enclosing } from './inside.ts';
import type {
  Boundary,
  Completeness,
  ControlStatement,
  DataAsset,
  Element,
  Flow,
  ImportedModel,
  Model,
  Origin,
  PropertyValue,
} from './model.ts';

/**
 * Makes the things of one used file those of the model that uses it: ids are those here, and every span is that of the
 * entry of `use:`, because a span in a model is one of its own text. Things that have not changed stay the same objects.
 */
export class Relocation {
  readonly #file: Omit<ImportedModel, 'model'> & { readonly pair: Pair };
  readonly #namespaceOf: (file: string) => string | undefined;
  readonly #known = new WeakMap<object, object>();

  /** `namespaceOf` says under which name the things of another file stand here. */
  constructor(file: Omit<ImportedModel, 'model'> & { readonly pair: Pair }, namespaceOf: (file: string) => string | undefined) {
    this.#file = file;
    this.#namespaceOf = namespaceOf;
  }

  /** What the file itself declares. */
  of(model: Model): {
    readonly boundaries: readonly Boundary[];
    readonly data: readonly DataAsset[];
    readonly elements: readonly Element[];
    readonly flows: readonly Flow[];
  } {
    const drawn = (id: string): string => this.#idOf(model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id), id);
    const drawns = (ids: readonly string[]): readonly string[] => ids.map(drawn);
    // What is no asset is a kind, and those are the same everywhere.
    const data = (ids: readonly string[]): readonly string[] =>
      ids.map((id) => (model.data.has(id) ? this.#idOf(model.data.get(id), id) : id));
    return {
      boundaries: own(model.boundaries).map((it) => this.#place(it, { parent: it.parent === undefined ? undefined : drawn(it.parent) })),
      data: own(model.data).map((it) => this.#place(it, {})),
      elements: own(model.elements).map((it) =>
        this.#place(it, {
          completeness: completenessOf(it, model),
          boundaries: drawns(it.boundaries),
          holds: data(it.holds),
          guards: drawns(it.guards),
        }),
      ),
      flows: own(model.flows).map((it) =>
        this.#place(it, {
          from: drawn(it.from),
          to: drawn(it.to),
          through: drawns(it.through),
          carries: data(it.carries),
          returns: it.returns && data(it.returns),
        }),
      ),
    };
  }

  #idOf(thing: { readonly origin: Origin | undefined } | undefined, id: string): string {
    const origin = thing?.origin;
    return `${(origin && this.#namespaceOf(origin.file)) ?? this.#file.namespace}.${origin?.id ?? id}`;
  }

  #place<T extends Boundary | DataAsset | Element | Flow>(thing: T, names: Partial<T>): T {
    const known = this.#known.get(thing) as T | undefined;
    if (known && says(known, names)) return known;
    const { key } = this.#file.pair;
    const span: Span = { start: key.start, end: key.end };
    const { namespace, file, pair } = this.#file;
    const id = `${namespace}.${thing.id}`;
    const placed: T = {
      ...thing,
      ...('controls' in thing && { controls: thing.controls.map((it): ControlStatement => ({ ...it, span, statusSpan: span })) }),
      ...('controlsKey' in thing && { controlsKey: undefined }),
      ...('properties' in thing && { properties: placedProperties(thing.properties, span) }),
      ...names,
      id,
      pair,
      // Whoever reads the title here must be able to find the thing.
      title: thing.title === thing.id ? id : `${thing.title} (${id})`,
      origin: { namespace, file, id: thing.id, title: thing.title } satisfies Origin,
    };
    this.#known.set(thing, placed);
    return placed;
  }
}

function own<T extends { readonly origin: Origin | undefined }>(things: ReadonlyMap<string, T>): readonly T[] {
  const found: T[] = [];
  for (const thing of things.values()) if (!thing.origin) found.push(thing);
  return found;
}

/** What the file says of silence about an element, which is not what the file that uses it says. */
function completenessOf({ completeness, boundaries }: Element, model: Model): Completeness {
  const around = boundaries.flatMap((id) => enclosing(id, model.boundaries));
  return (
    completeness ?? around.map((id) => model.boundaries.get(id)?.completeness).find((stated) => stated !== undefined) ?? model.completeness
  );
}

function placedProperties(properties: ReadonlyMap<string, PropertyValue>, span: Span): ReadonlyMap<string, PropertyValue> {
  return new Map([...properties].map(([name, value]) => [name, { ...value, keySpan: span, span }]));
}

function says<T>(thing: T, names: Partial<T>): boolean {
  for (const name in names) {
    const [now, wanted]: unknown[] = [thing[name], names[name]];
    const same =
      Array.isArray(now) && Array.isArray(wanted)
        ? now.length === wanted.length && now.every((it, at) => it === wanted[at])
        : now === wanted;
    if (!same) return false;
  }
  return true;
}
