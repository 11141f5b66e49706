import type { Element, Flow, PropertyValue } from '../model/model.ts';
import type { DataKinds } from './dataKinds.ts';

/** The properties that the file states. */
export type Stated = ReadonlyMap<string, PropertyValue>;

/** What the catalogue says of a kind of element. */
export interface ElementSort {
  readonly kind: string;
  readonly kindNumber: number;
  readonly mediator: boolean;
  readonly stateless: boolean;
}

/**
 * What elements have in common that are alike: a test that looks at one of them alone, and not at what is around or
 * connected with it, has the same answer for all of them.
 */
export interface Likeness {
  /** Of this likeness alone. See `Likenesses`. */
  readonly number: number;
  readonly sort: ElementSort;
  readonly holds: DataKinds;
}

/** An element with what follows from the model. A large model has thousands, so each keeps only what is its own. */
export class ElementFact {
  readonly index: number;
  /** Which of the components that were built together it belongs to. */
  readonly component: number;
  readonly element: Element;
  readonly likeness: Likeness;
  // What is asked most often stands here itself, though others have the same.
  readonly kindNumber: number;
  readonly mediator: boolean;
  /** Keeps nothing between requests. */
  readonly stateless: boolean;
  /** Every boundary it is in, inner ones first. */
  readonly boundaries: readonly string[];
  /** Set once all flows are known. */
  out: readonly FlowFact[] = NO_FLOWS;
  into: readonly FlowFact[] = NO_FLOWS;

  constructor(index: number, component: number, element: Element, likeness: Likeness, boundaries: readonly string[]) {
    this.index = index;
    this.component = component;
    this.element = element;
    this.likeness = likeness;
    const { kindNumber, mediator, stateless } = likeness.sort;
    this.kindNumber = kindNumber;
    this.mediator = mediator;
    this.stateless = stateless;
    this.boundaries = boundaries;
  }

  get type(): 'element' {
    return 'element';
  }

  get id(): string {
    return this.element.id;
  }

  get kind(): string {
    return this.likeness.sort.kind;
  }

  /** `undefined` when there are none, as with most. */
  get stated(): Stated | undefined {
    return this.element.properties.size > 0 ? this.element.properties : undefined;
  }

  get holds(): DataKinds {
    return this.likeness.holds;
  }

  get judged(): boolean {
    return this.element.outOfScope === undefined;
  }
}

const NO_FLOWS: readonly FlowFact[] = [];

/** What a leg is of and carries; all legs that are alike in it share it. */
export interface Cargo {
  readonly kind: string;
  readonly kindNumber: number;
  readonly influence: boolean;
  readonly implied: boolean;
  /** Of a request and its reply, implied or drawn. */
  readonly role: 'request' | 'reply' | undefined;
  readonly carries: DataKinds;
  /** The file says what it carries. */
  readonly said: boolean;
}

/** Which boundaries are crossed; shared too. */
export interface Crossing {
  readonly ids: readonly string[];
  readonly kinds: CrossedKinds;
}

/** The numbers of the kinds of boundary that are crossed; all legs that cross the same kinds share it. */
export type CrossedKinds = readonly number[];

/** A leg of a drawn flow, or of the reply that one implies. */
export class FlowFact {
  /** In `Facts.flows`. */
  readonly index: number;
  readonly flow: Flow;
  /** Which of the drawn flows it is of. */
  readonly drawn: number;
  readonly cargo: Cargo;
  readonly kindNumber: number;
  readonly from: ElementFact;
  readonly to: ElementFact;
  /** Mediators on the way. */
  readonly through: readonly ElementFact[];
  private readonly crossing: Crossing;

  constructor(
    index: number,
    { flow, drawn, cargo }: Pick<FlowFact, 'flow' | 'drawn' | 'cargo'>,
    from: ElementFact,
    to: ElementFact,
    through: readonly ElementFact[],
    crossing: Crossing,
  ) {
    this.index = index;
    this.flow = flow;
    this.drawn = drawn;
    this.cargo = cargo;
    this.kindNumber = cargo.kindNumber;
    this.from = from;
    this.to = to;
    this.through = through;
    this.crossing = crossing;
  }

  get type(): 'flow' {
    return 'flow';
  }

  /** Of the drawn flow: an implied reply has its request's. */
  get id(): string {
    return this.flow.id;
  }

  get kind(): string {
    return this.cargo.kind;
  }

  get influence(): boolean {
    return this.cargo.influence;
  }

  get implied(): boolean {
    return this.cargo.implied;
  }

  get role(): Cargo['role'] {
    return this.cargo.role;
  }

  get carries(): DataKinds {
    return this.cargo.carries;
  }

  get said(): boolean {
    return this.cargo.said;
  }

  /** See `ElementFact`. */
  get stated(): Stated | undefined {
    return this.flow.properties.size > 0 ? this.flow.properties : undefined;
  }

  /** Boundaries that any leg crosses. */
  get crosses(): readonly string[] {
    return this.crossing.ids;
  }

  get crossedKinds(): CrossedKinds {
    return this.crossing.kinds;
  }
}

/**
 * Whether content that came into an element by one leg can go on by another. Something stateless answers each caller out
 * of that caller's request alone; whatever else is drawn into or out of it belongs to every request.
 */
export function goesOnBy(into: FlowFact, out: FlowFact): boolean {
  return !(into.to.stateless && into.role === 'request' && out.role === 'reply' && into.from !== out.to);
}
