import type { ElementCheck, FlowCheck } from './check.ts';
import type { Context } from './context.ts';
import { DataNames, type DataKinds } from './dataKinds.ts';
import type { Cargo, CrossedKinds, ElementFact, ElementSort, FlowFact, Likeness, Stated } from './fact.ts';

/**
 * Says which elements and which legs are alike, so that what a test says of one alone is asked once for all of them:
 * there are thousands of things in a large model, and few that differ in what such a test can see.
 */
export class Likenesses {
  /** What is carried and held is compared by its list, of which there is one. */
  readonly data: DataNames;
  private readonly elements: Branch<Likeness> = newBranch();
  private readonly legs: Branch<number> = newBranch();
  private count = 0;
  private readonly cargoes = new Map<DataKinds, Cargo[]>();
  private readonly crossed = new Map<string, CrossedKinds>();
  private readonly ofElements = new Map<ElementCheck, boolean[]>();
  private readonly ofLegs = new Map<FlowCheck, boolean[]>();

  constructor(context: Context) {
    this.data = new DataNames(context);
  }

  /** One for all elements that are alike. */
  element(sort: ElementSort, holds: DataKinds, isOwned: boolean, stated: Stated): Likeness {
    const branch = alongStated(along(along(along(this.elements, sort), holds), isOwned), stated);
    return (branch.end ??= { number: this.count++, sort, holds });
  }

  /** A number that legs have in common that are alike, as their ends are. */
  leg({ from, to, cargo, crossedKinds, flow }: FlowFact): number {
    const branch = along(along(along(along(this.legs, from.likeness), to.likeness), cargo), crossedKinds);
    return (alongStated(branch, flow.properties).end ??= this.count++);
  }

  /** One for all legs that are alike in it. */
  cargo(sort: CargoSort, implied: boolean, role: Cargo['role'], carries: DataKinds, said: boolean): Cargo {
    const { kind, kindNumber, influence } = sort;
    let alike = this.cargoes.get(carries);
    if (!alike) this.cargoes.set(carries, (alike = []));
    for (const it of alike) if (it.kind === kind && it.implied === implied && it.role === role && it.said === said) return it;
    const cargo: Cargo = { kind, kindNumber, influence, implied, role, carries, said };
    alike.push(cargo);
    return cargo;
  }

  /** The same list for the same kinds of boundary. */
  crossedKinds(kindNumbers: CrossedKinds): CrossedKinds {
    const key = kindNumbers.join(' ');
    const known = this.crossed.get(key);
    if (!known) this.crossed.set(key, kindNumbers);
    return known ?? kindNumbers;
  }

  /** Whether a check can hold for an element and all that are alike. */
  mayHold(check: ElementCheck, element: ElementFact): boolean {
    let answers = this.ofElements.get(check);
    if (!answers) this.ofElements.set(check, (answers = []));
    return (answers[element.likeness.number] ??= check.mayHold(element));
  }

  /** The same of a leg, see `leg`. */
  mayHoldFor(check: FlowCheck, leg: FlowFact, number: number): boolean {
    let answers = this.ofLegs.get(check);
    if (!answers) this.ofLegs.set(check, (answers = []));
    return (answers[number] ??= check.mayHoldFor(leg));
  }
}

type CargoSort = Pick<Cargo, 'kind' | 'kindNumber' | 'influence'>;

/** Equal sequences of values end at the same branch. */
interface Branch<T> {
  next: Map<unknown, Branch<T>> | undefined;
  end: T | undefined;
}

function newBranch<T>(): Branch<T> {
  return { next: undefined, end: undefined };
}

function along<T>(branch: Branch<T>, value: unknown): Branch<T> {
  branch.next ??= new Map();
  let next = branch.next.get(value);
  if (!next) branch.next.set(value, (next = newBranch()));
  return next;
}

function alongStated<T>(branch: Branch<T>, stated: Stated): Branch<T> {
  if (stated.size === 0) return branch;
  let at = branch;
  for (const [name, { values }] of stated) {
    // With their number, so that no value is taken for a name.
    at = along(along(at, name), values.length);
    for (const value of values) at = along(at, value);
  }
  return at;
}
