import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Element, Flow, Model, PropertyValue } from '../model/model.ts';

/**
 * What follows from a model before any rule is asked: nesting, crossings, what flows really carry, replies that are
 * implied, legs of flows. Built once per version of the model; immutable.
 */
export interface Facts {
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly elements: readonly ElementFact[];
  /** Drawn flows and implied replies. A flow through an element that is no mediator is one fact a leg. */
  readonly flows: readonly FlowFact[];
  readonly elementsByKind: ReadonlyMap<string, readonly ElementFact[]>;
  readonly flowsByKind: ReadonlyMap<string, readonly FlowFact[]>;
  readonly element: ReadonlyMap<string, ElementFact>;
}

export interface ElementFact {
  readonly type: 'element';
  readonly index: number;
  readonly id: string;
  readonly element: Element;
  readonly kind: string;
  readonly mediator: boolean;
  readonly judged: boolean;
  /** Every boundary it is in, inner ones first. */
  readonly boundaries: readonly string[];
  /** Data kinds. */
  readonly holds: ReadonlySet<string>;
  readonly out: FlowFact[];
  readonly into: FlowFact[];
}

export interface FlowFact {
  readonly type: 'flow';
  readonly index: number;
  /** Of the drawn flow: an implied reply has its request's. */
  readonly id: string;
  readonly flow: Flow;
  readonly implied: boolean;
  readonly kind: string;
  readonly influence: boolean;
  readonly from: ElementFact;
  readonly to: ElementFact;
  /** Mediators on the way. */
  readonly through: readonly ElementFact[];
  /** Boundaries that any leg crosses. */
  readonly crosses: readonly string[];
  readonly crossedKinds: ReadonlySet<string>;
  /** Data kinds. */
  readonly carries: ReadonlySet<string>;
  /** The file says what it carries. */
  readonly said: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

export function buildFacts(model: Model, catalogue: Catalogue): Facts {
  const chains = boundaryChains(model);
  const elements: ElementFact[] = [];
  const element = new Map<string, ElementFact>();
  for (const it of model.elements.values()) {
    const kind = catalogue.elementKinds.get(it.kind);
    const fact: ElementFact = {
      type: 'element',
      index: elements.length,
      id: it.id,
      element: it,
      kind: it.kind,
      mediator: kind?.mediator ?? false,
      judged: it.outOfScope === undefined,
      boundaries: union(it.boundaries.map((id) => chains.get(id) ?? [])),
      holds: it.holds.length === 0 ? NOTHING : dataKinds(it.holds, model),
      out: [],
      into: [],
    };
    elements.push(fact);
    element.set(it.id, fact);
  }
  const flows = new FlowBuilder(model, catalogue, element).build();
  return { model, catalogue, elements, flows, elementsByKind: group(elements), flowsByKind: group(flows), element };
}

class FlowBuilder {
  private readonly flows: FlowFact[] = [];
  private readonly crossings = new Map<string, { ids: readonly string[]; kinds: ReadonlySet<string> }>();
  private readonly model: Model;
  private readonly catalogue: Catalogue;
  private readonly element: ReadonlyMap<string, ElementFact>;

  constructor(model: Model, catalogue: Catalogue, element: ReadonlyMap<string, ElementFact>) {
    this.model = model;
    this.catalogue = catalogue;
    this.element = element;
  }

  build(): FlowFact[] {
    const requests: { flow: Flow; kind: string; reply: string; stops: ElementFact[] }[] = [];
    const drawn = new Set<string>();
    for (const flow of this.model.flows.values()) {
      const kindId = this.model.kindOf(flow) ?? '';
      const kind = this.catalogue.flowKinds.get(kindId);
      const stops = [flow.from, ...flow.through, flow.to].flatMap((id) => this.element.get(id) ?? []);
      if (stops.length < 2) continue;
      drawn.add(`${kindId} ${flow.from} ${flow.to}`);
      const said = flow.carries.length > 0;
      const carries = said ? dataKinds(flow.carries, this.model) : new Set(kind?.carries ?? []);
      this.addLegs(flow, stops, kindId, false, carries, said);
      if (kind?.reply !== undefined && !flow.oneWay) requests.push({ flow, kind: kindId, reply: kind.reply, stops });
    }
    for (const { flow, reply, stops } of requests) {
      if (drawn.has(`${reply} ${flow.to} ${flow.from}`)) continue;
      const carries = flow.returns ? dataKinds(flow.returns, this.model) : this.unsaidReply(reply, this.element.get(flow.to));
      this.addLegs(flow, [...stops].reverse(), reply, true, carries, flow.returns !== undefined);
    }
    return this.flows;
  }

  /** A reply that the file is silent about carries what its kind carries, what the target holds and what it was told. */
  private unsaidReply(reply: string, target: ElementFact | undefined): ReadonlySet<string> {
    const carries = new Set(this.catalogue.flowKinds.get(reply)?.carries ?? []);
    if (!target) return carries;
    for (const kind of target.holds) carries.add(kind);
    for (const flow of target.into) if (!flow.implied && flow.said) for (const kind of flow.carries) carries.add(kind);
    return carries;
  }

  /** Mediators are transparent; an element on the way that is none is an end of its own, or it would be hidden. */
  private addLegs(
    flow: Flow,
    stops: readonly ElementFact[],
    kind: string,
    implied: boolean,
    carries: ReadonlySet<string>,
    said: boolean,
  ): void {
    let begin = 0;
    for (let at = 1; at < stops.length; at++) {
      const stop = stops[at]!;
      if (stop.mediator && at < stops.length - 1) continue;
      this.addLeg(flow, stops.slice(begin, at + 1), kind, implied, carries, said);
      begin = at;
    }
  }

  private addLeg(
    flow: Flow,
    stops: readonly ElementFact[],
    kind: string,
    implied: boolean,
    carries: ReadonlySet<string>,
    said: boolean,
  ): void {
    const from = stops[0]!;
    const to = stops[stops.length - 1]!;
    const crossing = this.crossing(stops);
    const fact: FlowFact = {
      type: 'flow',
      index: this.flows.length,
      id: flow.id,
      flow,
      implied,
      kind,
      influence: this.catalogue.flowKinds.get(kind)?.influence ?? true,
      from,
      to,
      through: stops.slice(1, -1),
      crosses: crossing.ids,
      crossedKinds: crossing.kinds,
      carries,
      said,
    };
    this.flows.push(fact);
    from.out.push(fact);
    to.into.push(fact);
  }

  private crossing(stops: readonly ElementFact[]): { ids: readonly string[]; kinds: ReadonlySet<string> } {
    const ids: string[] = [];
    for (let at = 1; at < stops.length; at++) {
      const a = stops[at - 1]!.boundaries;
      const b = stops[at]!.boundaries;
      for (const id of a) if (!b.includes(id) && !ids.includes(id)) ids.push(id);
      for (const id of b) if (!a.includes(id) && !ids.includes(id)) ids.push(id);
    }
    const key = ids.join(' ');
    let found = this.crossings.get(key);
    if (!found) {
      found = { ids, kinds: new Set(ids.map((id) => this.model.boundaries.get(id)!.kind)) };
      this.crossings.set(key, found);
    }
    return found;
  }
}

/** Each boundary with all that enclose it, itself first. The model has no nesting cycles left. */
function boundaryChains(model: Model): Map<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>();
  for (const { id } of model.boundaries.values()) {
    const chain: string[] = [];
    for (let at: string | undefined = id; at !== undefined && !chain.includes(at); at = model.boundaries.get(at)?.parent) chain.push(at);
    chains.set(id, chain);
  }
  return chains;
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.length === 1 ? lists[0]! : [...new Set(lists.flat())];
}

/** Names of assets or data kinds → data kinds. */
function dataKinds(names: readonly string[], model: Model): ReadonlySet<string> {
  return new Set(names.map((name) => model.data.get(name)?.kind ?? name));
}

function group<T extends { readonly kind: string }>(things: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const list = groups.get(thing.kind);
    if (list) list.push(thing);
    else groups.set(thing.kind, [thing]);
  }
  return groups;
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
  return (fact.type === 'element' ? fact.element : fact.flow).properties.get(name);
}

const silences = new WeakMap<Property, Map<string, readonly (string | number | boolean)[] | undefined>>();

function silence(property: Property, kind: string): readonly (string | number | boolean)[] | undefined {
  let byKind = silences.get(property);
  if (!byKind) silences.set(property, (byKind = new Map()));
  if (!byKind.has(kind)) {
    const used = property.kinds === undefined || property.kinds.includes(kind);
    const special = Object.hasOwn(property.defaults, kind) ? property.defaults[kind] : undefined;
    byKind.set(kind, used ? [special ?? property.default] : undefined);
  }
  return byKind.get(kind);
}
