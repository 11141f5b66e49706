import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Model, PropertyValue } from '../model/model.ts';
import type { Context } from './context.ts';
import type { ElementCheck, FlowCheck } from './check.ts';
import { ElementFact, type ElementSort, type FlowFact, type Likeness } from './fact.ts';
import { FlowBuilder, type Drawn } from './flowFacts.ts';
import { Groups, NOWHERE } from './groups.ts';
import { kindNumbers, type KindSet } from './kindSet.ts';
import type { Likenesses } from './likeness.ts';
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
  private readonly likenesses: Likenesses;
  private readonly alike: readonly (readonly ElementFact[])[];
  private readonly courses: readonly (readonly Course[])[];

  constructor(context: Context, elements: readonly ElementFact[], flows: readonly FlowFact[], likenesses: Likenesses) {
    this.context = context;
    this.likenesses = likenesses;
    this.elements = elements;
    this.flows = flows;
    this.alike = alikeOf(elements);
    this.courses = coursesOf(flows, likenesses);
  }

  /** Elements among which are all for which a check holds: lists of those that are alike, each in source order. */
  elementsFor(check: ElementCheck): (readonly ElementFact[])[] {
    return this.alike.filter((its) => (!check.kinds || check.kinds.has(its[0]!)) && this.likenesses.mayHold(check, its[0]!));
  }

  /**
   * Legs among which are all that end a way of such a kind (`undefined` = one that has influence) for which a check
   * holds: lists of those that are alike.
   */
  legsFor(kinds: KindSet | undefined, check: FlowCheck | undefined): (readonly FlowFact[])[] {
    const found: (readonly FlowFact[])[] = [];
    for (const ofKind of this.courses) {
      const one = ofKind[0]!.legs[0]!;
      if (!(kinds ? kinds.has(one) : one.influence)) continue;
      ofKind.forEach((course) => {
        if (!check || this.mayEndWith(course, check)) found.push(course.legs);
      });
    }
    return found;
  }

  /** Whether a check may hold for ways that end with these legs. An end that passes traffic on may stand for any other. */
  private mayEndWith({ number, legs }: Course, check: FlowCheck): boolean {
    const { from, to } = legs[0]!;
    if (to.mediator) return true;
    if (!from.mediator) return this.likenesses.mayHoldFor(check, legs[0]!, number);
    return check.targets.every((target) => this.likenesses.mayHold(target, to));
  }
}

/** Legs that are alike, as their ends are, see `Likenesses.leg`. */
interface Course {
  readonly number: number;
  readonly legs: FlowFact[];
}

/** Lists of elements that are alike. */
function alikeOf(elements: readonly ElementFact[]): ElementFact[][] {
  const lists = new Map<Likeness, ElementFact[]>();
  for (const element of elements) {
    const alike = lists.get(element.likeness);
    if (alike) alike.push(element);
    else lists.set(element.likeness, [element]);
  }
  return [...lists.values()];
}

/** The courses of each kind of flow. */
function coursesOf(flows: readonly FlowFact[], likenesses: Likenesses): readonly (readonly Course[])[] {
  const known = new Map<number, Course>();
  const byKind = new Map<number, Course[]>();
  for (const flow of flows) {
    const number = likenesses.leg(flow);
    const course = known.get(number);
    if (course) {
      course.legs.push(flow);
      continue;
    }
    const first: Course = { number, legs: [flow] };
    known.set(number, first);
    const ofKind = byKind.get(flow.kindNumber);
    if (ofKind) ofKind.push(first);
    else byKind.set(flow.kindNumber, [first]);
  }
  return [...byKind.values()];
}

/** Facts of several components at once: nothing connects them, and one set of facts is cheaper than many. */
export function buildFacts(split: Partition, components: readonly number[], model: Model, context: Context, likenesses: Likenesses): Facts {
  const { connections } = split;
  const sorts = elementSorts(context.catalogue);
  const elements: ElementFact[] = [];
  const drawn: Drawn[] = [];
  // Where the elements of each component begin.
  const begins = new Map<number, number>();
  components.forEach((component, number) => {
    const begin = elements.length;
    begins.set(component, begin);
    for (let at = 0; at < connections.elements.sizeOf(component); at++) {
      const element = split.elements.list[connections.elements.at(component, at)]!;
      const boundaries = union(element.boundaries, context.chains);
      const holds = likenesses.data.kinds(element.holds);
      const likeness = likenesses.element(sorts.of(element.kind), holds, element.owner !== undefined, element.properties);
      elements.push(new ElementFact(elements.length, number, element, likeness, boundaries));
    }
    for (let at = 0; at < connections.flows.sizeOf(component); at++) {
      const place = connections.flows.at(component, at);
      const to = connections.to[place]!;
      if (to === NOWHERE) continue;
      const first = elements[begin + connections.numberOf[connections.from[place]!]!]!;
      drawn.push({ flow: split.flows.list[place]!, from: first, to: elements[begin + connections.numberOf[to]!]! });
    }
  });
  const find = (id: string): ElementFact | undefined => {
    const place = connections.placeOf.get(id);
    const begin = place === undefined ? undefined : begins.get(connections.ofElement[place]!);
    return begin === undefined ? undefined : elements[begin + connections.numberOf[place!]!];
  };
  const flows = new FlowBuilder(model, context, elements, find, likenesses).build(drawn);
  connect(elements, flows);
  return new Facts(context, elements, flows, likenesses);
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
