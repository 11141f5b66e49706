import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Flow, Model } from '../model/model.ts';
import type { Context } from './context.ts';
import type { ElementFact, FlowFact } from './facts.ts';
import { NO_DATA, type DataKinds, type DataNames } from './dataKinds.ts';
import { kindNumbers, type KindNumbers } from './kindSet.ts';

/** What a flow passes and says, the same for all its legs. */
interface Course {
  readonly flow: Flow;
  readonly drawn: number;
  readonly kind: string;
  readonly influence: boolean;
  readonly implied: boolean;
  readonly role: FlowFact['role'];
  readonly carries: DataKinds;
  readonly said: boolean;
}

/** A flow whose two ends are there, and the kind that a reply to it would have. */
interface Drawn {
  readonly flow: Flow;
  readonly drawn: number;
  readonly kind: string;
  readonly reply: string | undefined;
  readonly from: ElementFact;
  readonly to: ElementFact;
}

const DIRECT: readonly ElementFact[] = [];

interface Crossing {
  readonly ids: readonly string[];
  /** Their numbers. */
  readonly kinds: readonly number[];
}

const NO_CROSSING: Crossing = { ids: [], kinds: [] };

/** Makes the facts of flows: legs, crossings, what they carry, and the replies that are implied. */
export class FlowBuilder {
  private readonly flows: FlowFact[] = [];
  private readonly crossings = new Map<string, Crossing>();
  private readonly unsaid = new Map<number, DataKinds>();
  private readonly model: Model;
  private readonly context: Context;
  private readonly words: FlowWords;
  private readonly element: ReadonlyMap<string, ElementFact>;
  private readonly data: DataNames;
  private readonly numbers: KindNumbers;
  private readonly boundaryNumbers: KindNumbers;

  constructor(model: Model, context: Context, element: ReadonlyMap<string, ElementFact>, data: DataNames) {
    this.model = model;
    this.context = context;
    this.words = flowWords(context.catalogue);
    this.element = element;
    this.data = data;
    this.numbers = kindNumbers(context.catalogue).flow;
    this.boundaryNumbers = kindNumbers(context.catalogue).boundary;
  }

  build(drawn: readonly Flow[]): FlowFact[] {
    const { flowKinds } = this.context.catalogue;
    const drawnReplies = new Set<number>();
    const awaitedReplies = new Set<number>();
    const all: Drawn[] = [];
    for (const flow of drawn) {
      const from = this.element.get(flow.from);
      const to = this.element.get(flow.to);
      if (!from || !to) continue;
      const kind = this.model.kindOf(flow) ?? '';
      const reply = flowKinds.get(kind)?.reply;
      all.push({ flow, drawn: all.length, kind, reply, from, to });
      if (this.words.replies.has(kind)) drawnReplies.add(this.course(kind, from, to));
      if (reply !== undefined) awaitedReplies.add(this.course(reply, to, from));
    }
    const unanswered: Drawn[] = [];
    for (const it of all) {
      const { flow, drawn, kind, reply, from, to } = it;
      const isAnswered = reply !== undefined && drawnReplies.has(this.course(reply, to, from));
      const isReply = this.words.replies.has(kind) && awaitedReplies.has(this.course(kind, from, to));
      const role = isReply ? 'reply' : isAnswered || (reply !== undefined && !flow.oneWay) ? 'request' : undefined;
      const said = flow.carries.length > 0;
      const carries = said ? this.data.kinds(flow.carries) : (this.words.carries.get(kind) ?? NO_DATA);
      const influence = flowKinds.get(kind)?.influence ?? true;
      this.addLegs(from, to, flow.through, { flow, drawn, kind, influence, implied: false, role, carries, said });
      if (reply !== undefined && !isAnswered && !flow.oneWay) unanswered.push(it);
    }
    for (const { flow, drawn, reply = '', from, to } of unanswered) {
      const said = flow.returns !== undefined;
      const carries = flow.returns ? this.data.kinds(flow.returns) : this.unsaidReply(reply, to);
      const influence = flowKinds.get(reply)?.influence ?? true;
      this.addLegs(to, from, [...flow.through].reverse(), {
        flow,
        drawn,
        kind: reply,
        influence,
        implied: true,
        role: 'reply',
        carries,
        said,
      });
    }
    return this.flows;
  }

  /** One number for flows of a kind between two elements. */
  private course(kind: string, from: ElementFact, to: ElementFact): number {
    return (this.numbers.of(kind) * this.element.size + from.index) * this.element.size + to.index;
  }

  /** A reply that the file is silent about carries what its kind carries, what the target holds and what it was told. */
  private unsaidReply(reply: string, target: ElementFact): DataKinds {
    const key = this.course(reply, target, target);
    let found = this.unsaid.get(key);
    if (!found) {
      const own = this.words.carries.get(reply) ?? NO_DATA;
      const told = target.into.filter((flow) => !flow.implied && flow.said);
      found = [...new Set([...own, ...target.holds, ...told.flatMap((flow) => flow.carries)])];
      this.unsaid.set(key, found);
    }
    return found;
  }

  /** Mediators are transparent; an element on the way that is none is an end of its own, or it would be hidden. */
  private addLegs(from: ElementFact, to: ElementFact, through: readonly string[], course: Course): void {
    if (through.length === 0) {
      this.addLeg(from, to, DIRECT, this.crossing(from, to, NO_CROSSING), course);
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
      drawn: course.drawn,
      implied: course.implied,
      role: course.role,
      kind: course.kind,
      kindNumber: this.numbers.of(course.kind),
      stated: course.flow.properties.size > 0 ? course.flow.properties : undefined,
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
    if (!found) this.crossings.set(key, (found = { ids, kinds: this.kindsOf(ids) }));
    return found;
  }

  private kindsOf(boundaries: readonly string[]): readonly number[] {
    return [...new Set(boundaries.map((id) => this.boundaryNumbers.of(this.context.boundaries.get(id)!.kind)))];
  }
}

/** What the catalogue says of flow kinds. */
interface FlowWords {
  readonly replies: ReadonlySet<string | undefined>;
  readonly carries: ReadonlyMap<string, DataKinds>;
}

const wordsOf = new WeakMap<Catalogue, FlowWords>();

function flowWords(catalogue: Catalogue): FlowWords {
  let words = wordsOf.get(catalogue);
  if (!words) {
    const kinds = [...catalogue.flowKinds.values()];
    const numbers = kindNumbers(catalogue).data;
    words = {
      replies: new Set(kinds.map((kind) => kind.reply)),
      carries: new Map(kinds.map((kind) => [kind.id, kind.carries.map((data) => numbers.of(data))])),
    };
    wordsOf.set(catalogue, words);
  }
  return words;
}
