import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Flow, Model } from '../model/model.ts';
import type { Context } from './context.ts';
import { FlowFact, type CrossedKinds, type Crossing, type ElementFact } from './fact.ts';
import { NO_DATA, type DataKinds } from './dataKinds.ts';
import { kindNumbers, type KindNumbers } from './kindSet.ts';
import type { Likenesses } from './likeness.ts';

/** A flow whose two ends are there. */
export interface Drawn {
  readonly flow: Flow;
  readonly from: ElementFact;
  readonly to: ElementFact;
}

const DIRECT: readonly ElementFact[] = [];
const NO_CROSSING: Crossing = { ids: [], kinds: [] };

/** Makes the facts of flows: legs, crossings, what they carry, and the replies that are implied. */
export class FlowBuilder {
  private readonly flows: FlowFact[] = [];
  private readonly crossings = new Map<string, Crossing>();
  /** Of one leg between two places, by the lists of what is around them. */
  private readonly direct = new Map<readonly string[], Map<readonly string[], Crossing>>();
  private readonly unsaid = new Map<number, DataKinds>();
  private readonly model: Model;
  private readonly context: Context;
  private readonly sorts: FlowSorts;
  private readonly elements: readonly ElementFact[];
  private readonly find: (id: string) => ElementFact | undefined;
  private readonly likenesses: Likenesses;
  private readonly boundaryNumbers: KindNumbers;
  /** What the file says that flows into each element carry. */
  private told: DataKinds[][] | undefined;

  constructor(
    model: Model,
    context: Context,
    elements: readonly ElementFact[],
    find: (id: string) => ElementFact | undefined,
    likenesses: Likenesses,
  ) {
    this.model = model;
    this.context = context;
    this.sorts = flowSorts(context.catalogue);
    this.elements = elements;
    this.find = find;
    this.likenesses = likenesses;
    this.boundaryNumbers = kindNumbers(context.catalogue).boundary;
  }

  build(all: readonly Drawn[]): FlowFact[] {
    const sorts = all.map(({ flow }) => this.sorts.of(this.model.kindOf(flow) ?? ''));
    const drawnReplies = new Set<number>();
    all.forEach(({ from, to }, at) => sorts[at]!.isReply && drawnReplies.add(this.course(sorts[at]!, from, to)));
    const awaitedReplies = new Set<number>();
    if (drawnReplies.size > 0) {
      all.forEach(({ from, to }, at) => {
        const { reply } = sorts[at]!;
        if (reply) awaitedReplies.add(this.course(reply, to, from));
      });
    }
    const unanswered: number[] = [];
    all.forEach(({ flow, from, to }, drawn) => {
      const sort = sorts[drawn]!;
      const { reply } = sort;
      const isAnswered = reply !== undefined && drawnReplies.size > 0 && drawnReplies.has(this.course(reply, to, from));
      const isImplied = reply !== undefined && !isAnswered && !flow.oneWay;
      const isReply = sort.isReply && awaitedReplies.has(this.course(sort, from, to));
      const role = isReply ? 'reply' : isAnswered || isImplied ? 'request' : undefined;
      const said = flow.carries.length > 0;
      const cargo = this.likenesses.cargo(sort, false, role, said ? this.likenesses.data.kinds(flow.carries) : sort.carries, said);
      this.addLegs(from, to, flow.through, { flow, drawn, cargo });
      if (isImplied) unanswered.push(drawn);
    });
    for (const drawn of unanswered) {
      const { flow, from, to } = all[drawn]!;
      const reply = sorts[drawn]!.reply!;
      const said = flow.returns !== undefined;
      const carries = flow.returns ? this.likenesses.data.kinds(flow.returns) : this.unsaidReply(reply, to);
      const cargo = this.likenesses.cargo(reply, true, 'reply', carries, said);
      this.addLegs(to, from, flow.through.toReversed(), { flow, drawn, cargo });
    }
    return this.flows;
  }

  /** One number for flows of a kind between two elements. */
  private course(sort: FlowSort, from: ElementFact, to: ElementFact): number {
    return (sort.kindNumber * this.elements.length + from.index) * this.elements.length + to.index;
  }

  /** A reply that the file is silent about carries what its kind carries, what the target holds and what it was told. */
  private unsaidReply(reply: FlowSort, target: ElementFact): DataKinds {
    const told = this.toldTo(target);
    if (target.holds.length === 0 && told.length === 0) return reply.carries;
    const key = this.course(reply, target, target);
    let found = this.unsaid.get(key);
    if (!found) this.unsaid.set(key, (found = this.likenesses.data.list([...reply.carries, ...target.holds, ...told.flat()])));
    return found;
  }

  private toldTo(target: ElementFact): readonly DataKinds[] {
    if (!this.told) {
      this.told = [];
      for (const { implied, said, carries, to } of this.flows) if (said && !implied) (this.told[to.index] ??= []).push(carries);
    }
    return this.told[target.index] ?? UNTOLD;
  }

  /** Mediators are transparent; an element on the way that is none is an end of its own, or it would be hidden. */
  private addLegs(from: ElementFact, to: ElementFact, through: readonly string[], of: Pick<FlowFact, 'flow' | 'drawn' | 'cargo'>): void {
    if (through.length === 0) {
      this.addLeg(from, to, DIRECT, this.directCrossing(from, to), of);
      return;
    }
    const stops = [...through.flatMap((id) => this.find(id) ?? []), to];
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
      this.addLeg(begin, stop, passed, crossing, of);
      begin = stop;
      passed = [];
      crossing = NO_CROSSING;
    }
  }

  private addLeg(
    from: ElementFact,
    to: ElementFact,
    through: readonly ElementFact[],
    crossing: Crossing,
    of: Pick<FlowFact, 'flow' | 'drawn' | 'cargo'>,
  ): void {
    this.flows.push(new FlowFact(this.flows.length, of, from, to, through, crossing));
  }

  private directCrossing(from: ElementFact, to: ElementFact): Crossing {
    if (from.boundaries === to.boundaries) return NO_CROSSING;
    let known = this.direct.get(from.boundaries);
    if (!known) this.direct.set(from.boundaries, (known = new Map()));
    let found = known.get(to.boundaries);
    if (!found) known.set(to.boundaries, (found = this.crossing(from, to, NO_CROSSING)));
    return found;
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
    if (!found) this.crossings.set(key, (found = { ids, kinds: this.kindsOf(ids) }));
    return found;
  }

  private kindsOf(boundaries: readonly string[]): CrossedKinds {
    const kinds = boundaries.map((id) => this.boundaryNumbers.of(this.context.boundaries.get(id)!.kind));
    return this.likenesses.crossedKinds([...new Set(kinds)]);
  }
}

const UNTOLD: readonly DataKinds[] = [];

/** What the catalogue says of a kind of flow. */
interface FlowSort {
  readonly kind: string;
  readonly kindNumber: number;
  readonly influence: boolean;
  readonly carries: DataKinds;
  /** Some kind has it for a reply. */
  readonly isReply: boolean;
  /** The kind that a reply to it has. Set once it is known itself: kinds may reply to each other. */
  reply: FlowSort | undefined;
}

class FlowSorts {
  private readonly catalogue: Catalogue;
  private readonly known = new Map<string, FlowSort>();
  private readonly replies: ReadonlySet<string | undefined>;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    this.replies = new Set([...catalogue.flowKinds.values()].map(({ reply }) => reply));
  }

  of(kind: string): FlowSort {
    let sort = this.known.get(kind);
    if (sort) return sort;
    this.known.set(kind, (sort = this.make(kind)));
    const reply = this.catalogue.flowKinds.get(kind)?.reply;
    if (reply !== undefined) sort.reply = this.of(reply);
    return sort;
  }

  private make(kind: string): FlowSort {
    const numbers = kindNumbers(this.catalogue);
    const said = this.catalogue.flowKinds.get(kind);
    return {
      kind,
      kindNumber: numbers.flow.of(kind),
      influence: said?.influence ?? true,
      carries: said ? said.carries.map((data) => numbers.data.of(data)) : NO_DATA,
      isReply: this.replies.has(kind),
      reply: undefined,
    };
  }
}

const sortsOf = new WeakMap<Catalogue, FlowSorts>();

function flowSorts(catalogue: Catalogue): FlowSorts {
  let sorts = sortsOf.get(catalogue);
  if (!sorts) sortsOf.set(catalogue, (sorts = new FlowSorts(catalogue)));
  return sorts;
}
