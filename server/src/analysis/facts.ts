import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import type { Element, Flow, Model, PropertyValue } from '../model/model.ts';
import type { Context } from './context.ts';

/** Elements that flows or guards connect, in source order: no rule but those about the whole model sees beyond. */
export interface Members {
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
}

/**
 * What follows from components of a model before any rule is asked: nesting, crossings, what flows really carry,
 * replies that are implied, legs of flows. Immutable; knows nothing of positions, so that it outlives a version.
 */
export interface Facts {
  readonly context: Context;
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
  /** Which of the components that were built together it belongs to. */
  readonly component: number;
  readonly id: string;
  readonly element: Element;
  readonly kind: string;
  readonly mediator: boolean;
  /** Keeps nothing between requests. */
  readonly stateless: boolean;
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
  /** Of a request and its reply, implied or drawn. */
  readonly role: 'request' | 'reply' | undefined;
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

/** Facts of several components at once: nothing connects them, and one set of facts is cheaper than many. */
export function buildFacts(components: readonly Members[], model: Model, context: Context): Facts {
  const elements: ElementFact[] = [];
  const element = new Map<string, ElementFact>();
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
        mediator: kind?.mediator ?? false,
        stateless: kind?.stateless ?? false,
        judged: it.outOfScope === undefined,
        boundaries: union(it.boundaries, context.chains),
        holds: it.holds.length === 0 ? NOTHING : dataKinds(it.holds, context),
        out: [],
        into: [],
      };
      elements.push(fact);
      element.set(it.id, fact);
    }
  });
  const flows = new FlowBuilder(model, context, element).build(components.flatMap((members) => members.flows));
  return { context, elements, flows, elementsByKind: group(elements), flowsByKind: group(flows), element };
}

/** What a flow passes and says, the same for all its legs. */
interface Course {
  readonly flow: Flow;
  readonly kind: string;
  readonly influence: boolean;
  readonly implied: boolean;
  readonly role: FlowFact['role'];
  readonly carries: ReadonlySet<string>;
  readonly said: boolean;
}

interface Crossing {
  readonly ids: readonly string[];
  readonly kinds: ReadonlySet<string>;
}

const NO_CROSSING: Crossing = { ids: [], kinds: NOTHING };

class FlowBuilder {
  private readonly flows: FlowFact[] = [];
  private readonly crossings = new Map<string, Crossing>();
  private readonly dataSets = new Map<string, ReadonlySet<string>>();
  private readonly model: Model;
  private readonly context: Context;
  private readonly words: FlowWords;
  private readonly element: ReadonlyMap<string, ElementFact>;

  constructor(model: Model, context: Context, element: ReadonlyMap<string, ElementFact>) {
    this.model = model;
    this.context = context;
    this.words = flowWords(context.catalogue);
    this.element = element;
  }

  build(drawn: readonly Flow[]): FlowFact[] {
    const { flowKinds } = this.context.catalogue;
    const ends = (kind: string, from: string, to: string): string => `${kind} ${from} ${to}`;
    const kindOf = (flow: Flow): string => this.model.kindOf(flow) ?? '';
    const drawnReplies = new Set<string>();
    const awaitedReplies = new Set<string>();
    for (const flow of drawn) {
      const kind = kindOf(flow);
      if (this.words.replies.has(kind)) drawnReplies.add(ends(kind, flow.from, flow.to));
      const reply = flowKinds.get(kind)?.reply;
      if (reply !== undefined) awaitedReplies.add(ends(reply, flow.to, flow.from));
    }
    const unanswered: { flow: Flow; reply: string; from: ElementFact; to: ElementFact }[] = [];
    for (const flow of drawn) {
      const from = this.element.get(flow.from);
      const to = this.element.get(flow.to);
      if (!from || !to) continue;
      const kind = kindOf(flow);
      const { reply, influence = true } = flowKinds.get(kind) ?? {};
      const isAnswered = reply !== undefined && drawnReplies.has(ends(reply, flow.to, flow.from));
      const role = awaitedReplies.has(ends(kind, flow.from, flow.to))
        ? 'reply'
        : isAnswered || (reply !== undefined && !flow.oneWay)
          ? 'request'
          : undefined;
      const said = flow.carries.length > 0;
      const carries = said ? this.dataSet(flow.carries) : (this.words.carries.get(kind) ?? NOTHING);
      this.addLegs(from, to, flow.through, { flow, kind, influence, implied: false, role, carries, said });
      if (reply !== undefined && !isAnswered && !flow.oneWay) unanswered.push({ flow, reply, from, to });
    }
    for (const { flow, reply, from, to } of unanswered) {
      const said = flow.returns !== undefined;
      const carries = flow.returns ? this.dataSet(flow.returns) : this.unsaidReply(reply, to);
      const influence = flowKinds.get(reply)?.influence ?? true;
      this.addLegs(to, from, [...flow.through].reverse(), { flow, kind: reply, influence, implied: true, role: 'reply', carries, said });
    }
    return this.flows;
  }

  private dataSet(names: readonly string[]): ReadonlySet<string> {
    const key = names.join(' ');
    let found = this.dataSets.get(key);
    if (!found) this.dataSets.set(key, (found = dataKinds(names, this.context)));
    return found;
  }

  /** A reply that the file is silent about carries what its kind carries, what the target holds and what it was told. */
  private unsaidReply(reply: string, target: ElementFact): ReadonlySet<string> {
    const own = this.words.carries.get(reply) ?? NOTHING;
    const told = target.into.filter((flow) => !flow.implied && flow.said);
    if (target.holds.size === 0 && told.length === 0) return own;
    return new Set([...own, ...target.holds, ...told.flatMap((flow) => [...flow.carries])]);
  }

  /** Mediators are transparent; an element on the way that is none is an end of its own, or it would be hidden. */
  private addLegs(from: ElementFact, to: ElementFact, through: readonly string[], course: Course): void {
    if (through.length === 0) {
      this.addLeg(from, to, [], this.crossing(from, to, NO_CROSSING), course);
      return;
    }
    const stops = [...through.flatMap((id) => this.element.get(id) ?? []), to];
    let begin = from;
    let before = from;
    let passed: ElementFact[] = [];
    let crossing = NO_CROSSING;
    for (const stop of stops) {
      crossing = this.crossing(before, stop, crossing);
      before = stop;
      if (stop.mediator && stop !== to) {
        passed.push(stop);
        continue;
      }
      this.addLeg(begin, stop, passed, crossing, course);
      begin = stop;
      passed = [];
      crossing = NO_CROSSING;
    }
  }

  private addLeg(from: ElementFact, to: ElementFact, through: readonly ElementFact[], crossing: Crossing, course: Course): void {
    const fact: FlowFact = {
      type: 'flow',
      index: this.flows.length,
      id: course.flow.id,
      flow: course.flow,
      implied: course.implied,
      role: course.role,
      kind: course.kind,
      influence: course.influence,
      from,
      to,
      through,
      crosses: crossing.ids,
      crossedKinds: crossing.kinds,
      carries: course.carries,
      said: course.said,
    };
    this.flows.push(fact);
    from.out.push(fact);
    to.into.push(fact);
  }

  /** The boundaries of which exactly one of the two is inside, added to those crossed before. */
  private crossing(a: ElementFact, b: ElementFact, before: Crossing): Crossing {
    if (a.boundaries === b.boundaries) return before;
    const ids = [...before.ids];
    for (const id of a.boundaries) if (!b.boundaries.includes(id) && !ids.includes(id)) ids.push(id);
    for (const id of b.boundaries) if (!a.boundaries.includes(id) && !ids.includes(id)) ids.push(id);
    if (ids.length === before.ids.length) return before;
    const key = ids.join(' ');
    let found = this.crossings.get(key);
    if (!found) this.crossings.set(key, (found = { ids, kinds: new Set(ids.map((id) => this.context.boundaries.get(id)!.kind)) }));
    return found;
  }
}

const OUTSIDE: readonly string[] = [];

function union(ids: readonly string[], chains: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (ids.length === 0) return OUTSIDE;
  if (ids.length === 1) return chains.get(ids[0]!) ?? OUTSIDE;
  return [...new Set(ids.flatMap((id) => chains.get(id) ?? []))];
}

/** Names of assets or data kinds → data kinds. */
function dataKinds(names: readonly string[], context: Context): ReadonlySet<string> {
  return new Set(names.map((name) => context.data.get(name)?.kind ?? name));
}

/** What the catalogue says of flow kinds, as sets. */
interface FlowWords {
  readonly replies: ReadonlySet<string | undefined>;
  readonly carries: ReadonlyMap<string, ReadonlySet<string>>;
}

const wordsOf = new WeakMap<Catalogue, FlowWords>();

function flowWords(catalogue: Catalogue): FlowWords {
  let words = wordsOf.get(catalogue);
  if (!words) {
    const kinds = [...catalogue.flowKinds.values()];
    words = { replies: new Set(kinds.map((kind) => kind.reply)), carries: new Map(kinds.map((kind) => [kind.id, new Set(kind.carries)])) };
    wordsOf.set(catalogue, words);
  }
  return words;
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

/**
 * Whether content that came into an element by one leg can go on by another. Something stateless answers each caller out
 * of that caller's request alone; whatever else is drawn into or out of it belongs to every request.
 */
export function goesOnBy(into: FlowFact, out: FlowFact): boolean {
  return !(into.to.stateless && into.role === 'request' && out.role === 'reply' && into.from !== out.to);
}
