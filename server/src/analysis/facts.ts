import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Model, PropertyValue } from '../model/model.ts';
import type { Context } from './context.ts';
import { DataNames } from './dataKinds.ts';
import { ElementFact, type ElementSort, type FlowFact } from './fact.ts';
import { FlowBuilder, type Drawn } from './flowFacts.ts';
import { Groups, NOWHERE } from './groups.ts';
import { kindNumbers, type KindSet } from './kindSet.ts';
import type { Partition } from './partition.ts';

/**
 * What follows from components of a model before any rule is asked: nesting, crossings, what flows really carry,
 * replies that are implied, legs of flows. Immutable; knows nothing of positions, so that it outlives a version.
 */
export class Facts {
  readonly context: Context;
  readonly elements: readonly ElementFact[];
  /** Drawn flows and implied replies. A flow through an element that is no mediator is one fact a leg. */
  readonly flows: readonly FlowFact[];
  /** By the numbers of their kinds. */
  private readonly elementsByKind: readonly (readonly ElementFact[])[];
  /** By the numbers of their kind and of the kinds of their ends: most rules are about a few of these. */
  private readonly courses: readonly Course[];
  private readonly lists = new Map<KindSet, readonly ElementFact[]>();
  private byComponent: FlowFact[][] | undefined;

  constructor(context: Context, elements: readonly ElementFact[], flows: readonly FlowFact[]) {
    this.context = context;
    this.elements = elements;
    this.flows = flows;
    this.elementsByKind = byKind(elements, kindNumbers(context.catalogue).element.count);
    this.courses = coursesOf(flows, kindNumbers(context.catalogue).element.count);
  }

  /** Those of some kinds (`undefined` = all), in source order. */
  elementsOf(kinds: KindSet | undefined): readonly ElementFact[] {
    if (!kinds) return this.elements;
    let list = this.lists.get(kinds);
    if (!list) {
      const some = this.elementsByKind.filter((its, kindNumber) => its.length > 0 && kinds.hasNumber(kindNumber));
      list = some.length === 1 ? some[0]! : this.elements.filter((element) => kinds.has(element));
      this.lists.set(kinds, list);
    }
    return list;
  }

  /** Those of one of the components. */
  flowsIn(component: number): readonly FlowFact[] {
    if (!this.byComponent) {
      this.byComponent = [];
      for (const flow of this.flows) (this.byComponent[flow.from.component] ??= []).push(flow);
    }
    return this.byComponent[component] ?? NO_FLOWS;
  }

  /**
   * Legs among which are all that end a way of such a kind (`undefined` = one that has influence) between such ends, in
   * lists. An end that passes traffic on may stand for any other.
   */
  legsBetween(kinds: KindSet | undefined, from: KindSet | undefined, to: KindSet | undefined): (readonly FlowFact[])[] {
    const found: (readonly FlowFact[])[] = [];
    for (const { flow, legs } of this.courses) {
      if (!(kinds ? kinds.has(flow) : flow.influence)) continue;
      if (from && !flow.from.mediator && !from.has(flow.from)) continue;
      if (!to || flow.to.mediator || to.has(flow.to)) found.push(legs);
    }
    return found;
  }
}

const NO_FLOWS: readonly FlowFact[] = [];

/** All flows of one kind between ends of two kinds, and one of them to ask. */
interface Course {
  readonly flow: FlowFact;
  readonly legs: FlowFact[];
}

function coursesOf(flows: readonly FlowFact[], elementKinds: number): Course[] {
  const courses = new Map<number, Course>();
  for (const flow of flows) {
    const key = (flow.kindNumber * elementKinds + flow.from.kindNumber) * elementKinds + flow.to.kindNumber;
    const course = courses.get(key);
    if (course) course.legs.push(flow);
    else courses.set(key, { flow, legs: [flow] });
  }
  return [...courses.values()];
}

function byKind(elements: readonly ElementFact[], count: number): ElementFact[][] {
  const lists = Array.from({ length: count }, (): ElementFact[] => []);
  for (const element of elements) lists[element.kindNumber]!.push(element);
  return lists;
}

/** Facts of several components at once: nothing connects them, and one set of facts is cheaper than many. */
export function buildFacts(split: Partition, components: readonly number[], model: Model, context: Context): Facts {
  const { connections } = split;
  const data = new DataNames(context);
  const sorts = elementSorts(context.catalogue);
  const elements: ElementFact[] = [];
  const drawn: Drawn[] = [];
  // Where the elements of each component begin.
  const begins = new Map<number, number>();
  components.forEach((component, number) => {
    const begin = elements.length;
    begins.set(component, begin);
    for (const element of connections.elements.pick(component, split.elements.list)) {
      const boundaries = union(element.boundaries, context.chains);
      elements.push(new ElementFact(elements.length, number, element, sorts.of(element.kind), boundaries, data.kinds(element.holds)));
    }
    for (let at = 0; at < connections.flows.sizeOf(component); at++) {
      const place = connections.flows.at(component, at);
      const [from, to] = [connections.from[place]!, connections.to[place]!];
      if (to === NOWHERE) continue;
      const [first, last] = [elements[begin + connections.numberOf[from]!]!, elements[begin + connections.numberOf[to]!]!];
      drawn.push({ flow: split.flows.list[place]!, from: first, to: last });
    }
  });
  const find = (id: string): ElementFact | undefined => {
    const place = connections.placeOf.get(id);
    const begin = place === undefined ? undefined : begins.get(connections.ofElement[place]!);
    return begin === undefined ? undefined : elements[begin + connections.numberOf[place!]!];
  };
  const flows = new FlowBuilder(model, context, elements, find, data).build(drawn);
  connect(elements, flows);
  return new Facts(context, elements, flows);
}

/** Tells each element of the flows that begin and end there. */
function connect(elements: readonly ElementFact[], flows: readonly FlowFact[]): void {
  const from = new Int32Array(flows.length);
  const to = new Int32Array(flows.length);
  for (const flow of flows) {
    from[flow.index] = flow.from.index;
    to[flow.index] = flow.to.index;
  }
  const out = new Groups(from, elements.length);
  const into = new Groups(to, elements.length);
  for (const element of elements) {
    if (out.sizeOf(element.index) > 0) element.out = out.pick(element.index, flows);
    if (into.sizeOf(element.index) > 0) element.into = into.pick(element.index, flows);
  }
}

class ElementSorts {
  private readonly catalogue: Catalogue;
  private readonly known = new Map<string, ElementSort>();

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  of(kind: string): ElementSort {
    let sort = this.known.get(kind);
    if (!sort) {
      const { mediator = false, stateless = false } = this.catalogue.elementKinds.get(kind) ?? {};
      sort = { kind, kindNumber: kindNumbers(this.catalogue).element.of(kind), mediator, stateless };
      this.known.set(kind, sort);
    }
    return sort;
  }
}

const sortsOf = new WeakMap<Catalogue, ElementSorts>();

function elementSorts(catalogue: Catalogue): ElementSorts {
  let sorts = sortsOf.get(catalogue);
  if (!sorts) sortsOf.set(catalogue, (sorts = new ElementSorts(catalogue)));
  return sorts;
}

const OUTSIDE: readonly string[] = [];

function union(ids: readonly string[], chains: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (ids.length === 0) return OUTSIDE;
  if (ids.length === 1) return chains.get(ids[0]!) ?? OUTSIDE;
  return [...new Set(ids.flatMap((id) => chains.get(id) ?? []))];
}

/**
 * The values of a property: as stated, else what silence means for this kind; `undefined` when the kind makes no use of
 * it. `stated` is what the file says.
 */
export function propertyOf(
  fact: ElementFact | FlowFact,
  name: string,
  catalogue: Catalogue,
): readonly (string | number | boolean)[] | undefined {
  const stated = statedProperty(fact, name);
  if (stated) return stated.values;
  const property = fact.type === 'element' ? catalogue.properties.element.get(name) : catalogue.properties.flow.get(name);
  return property && silence(property, fact.kind);
}

export function statedProperty(fact: ElementFact | FlowFact, name: string): PropertyValue | undefined {
  return fact.stated?.get(name);
}

const silences = new WeakMap<Property, Map<string, readonly (string | number | boolean)[] | undefined>>();

/** What silence about a property means for a kind; `undefined` when the kind makes no use of it. */
export function silence(property: Property, kind: string): readonly (string | number | boolean)[] | undefined {
  let byKind = silences.get(property);
  if (!byKind) silences.set(property, (byKind = new Map()));
  if (!byKind.has(kind)) {
    const used = property.kinds === undefined || property.kinds.includes(kind);
    const special = Object.hasOwn(property.defaults, kind) ? property.defaults[kind] : undefined;
    byKind.set(kind, used ? [special ?? property.default] : undefined);
  }
  return byKind.get(kind);
}
