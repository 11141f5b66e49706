import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Element, Flow, Model, PropertyValue } from '../model/model.ts';
import type { Context } from './context.ts';
import { DataNames, type DataKinds } from './dataKinds.ts';
import { FlowBuilder } from './flowFacts.ts';
import { kindNumbers, type KindSet } from './kindSet.ts';

/** Elements that flows or guards connect, in source order: no rule but those about the whole model sees beyond. */
export interface Members {
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
}

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

export type Stated = ReadonlyMap<string, PropertyValue>;

export interface ElementFact {
  readonly type: 'element';
  readonly index: number;
  /** Which of the components that were built together it belongs to. */
  readonly component: number;
  readonly id: string;
  readonly element: Element;
  readonly kind: string;
  readonly kindNumber: number;
  /** The properties that the file states; `undefined` when there are none, as with most. */
  readonly stated: Stated | undefined;
  readonly mediator: boolean;
  /** Keeps nothing between requests. */
  readonly stateless: boolean;
  readonly judged: boolean;
  /** Every boundary it is in, inner ones first. */
  readonly boundaries: readonly string[];
  readonly holds: DataKinds;
  readonly out: FlowFact[];
  readonly into: FlowFact[];
}

export interface FlowFact {
  readonly type: 'flow';
  /** In `Facts.flows`. */
  readonly index: number;
  /** Of the drawn flow: an implied reply has its request's. */
  readonly id: string;
  readonly flow: Flow;
  /** Which of the drawn flows it is of. */
  readonly drawn: number;
  readonly implied: boolean;
  /** Of a request and its reply, implied or drawn. */
  readonly role: 'request' | 'reply' | undefined;
  readonly kind: string;
  readonly kindNumber: number;
  /** See `ElementFact`. */
  readonly stated: Stated | undefined;
  readonly influence: boolean;
  readonly from: ElementFact;
  readonly to: ElementFact;
  /** Mediators on the way. */
  readonly through: readonly ElementFact[];
  /** Boundaries that any leg crosses. */
  readonly crosses: readonly string[];
  /** The numbers of their kinds. */
  readonly crossedKinds: readonly number[];
  readonly carries: DataKinds;
  /** The file says what it carries. */
  readonly said: boolean;
}

/** Facts of several components at once: nothing connects them, and one set of facts is cheaper than many. */
export function buildFacts(components: readonly Members[], model: Model, context: Context): Facts {
  const elements: ElementFact[] = [];
  const element = new Map<string, ElementFact>();
  const numbers = kindNumbers(context.catalogue).element;
  const data = new DataNames(context);
  components.forEach((members, component) => {
    for (const it of members.elements) {
      const kind = context.catalogue.elementKinds.get(it.kind);
      const fact: ElementFact = {
        type: 'element',
        index: elements.length,
        component,
        id: it.id,
        element: it,
        kind: it.kind,
        kindNumber: numbers.of(it.kind),
        stated: it.properties.size > 0 ? it.properties : undefined,
        mediator: kind?.mediator ?? false,
        stateless: kind?.stateless ?? false,
        judged: it.outOfScope === undefined,
        boundaries: union(it.boundaries, context.chains),
        holds: data.kinds(it.holds),
        out: [],
        into: [],
      };
      elements.push(fact);
      element.set(it.id, fact);
    }
  });
  const flows = new FlowBuilder(model, context, element, data).build(components.flatMap((members) => members.flows));
  return new Facts(context, elements, flows);
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

/**
 * Whether content that came into an element by one leg can go on by another. Something stateless answers each caller out
 * of that caller's request alone; whatever else is drawn into or out of it belongs to every request.
 */
export function goesOnBy(into: FlowFact, out: FlowFact): boolean {
  return !(into.to.stateless && into.role === 'request' && out.role === 'reply' && into.from !== out.to);
}
