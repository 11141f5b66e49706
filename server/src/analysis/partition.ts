import type { ById } from '../model/byId.ts';
import type { Element, Flow, Model } from '../model/model.ts';
import { Groups, NOWHERE } from './groups.ts';

/** Elements that flows or guards connect, in source order: no rule but those about the whole model sees beyond. */
export interface Members {
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
}

/** Which component each element and flow of a model is in, and what that was found out from. */
export interface Partition {
  readonly elements: ById<Element>;
  readonly flows: ById<Flow>;
  readonly connections: Connections;
}

/** What is connected with what, by places in the lists of a partition. Kept while no connection changes. */
export interface Connections {
  readonly placeOf: ReadonlyMap<string, number>;
  /** The two ends of each flow; `NOWHERE` when there is no such element. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Number of the component of each element; they are numbered in the order of their first elements. */
  readonly ofElement: Int32Array;
  /** The same of each flow, `NOWHERE` when it begins nowhere. */
  readonly ofFlow: Int32Array;
  readonly elements: Groups;
  readonly flows: Groups;
  /** Of each element, its number in its component. */
  readonly numberOf: Int32Array;
}

/** Splits a model into its components; most edits change no connection, and then `previous` still says what is where. */
export function partition(model: Model, previous: Partition | undefined): Partition {
  const { elements, flows } = model;
  const isSame = previous && sameEach(previous.elements, elements, sameGuards) && sameEach(previous.flows, flows, sameCourse);
  return { elements, flows, connections: isSame ? previous.connections : connect(elements.list, flows.list, model) };
}

export function membersOf({ elements, flows, connections }: Partition, component: number): Members {
  return { elements: connections.elements.pick(component, elements.list), flows: connections.flows.pick(component, flows.list) };
}

/** The components in which something is not what it was. Of partitions with the same connections. */
export function changedComponents(now: Partition, before: Partition): Set<number> {
  const changed = new Set<number>();
  const { ofElement, ofFlow } = now.connections;
  for (const at of now.elements.differingFrom(before.elements)) {
    if (now.elements.list[at] !== before.elements.list[at]) changed.add(ofElement[at]!);
  }
  for (const at of now.flows.differingFrom(before.flows)) if (now.flows.list[at] !== before.flows.list[at]) changed.add(ofFlow[at]!);
  changed.delete(NOWHERE);
  return changed;
}

function connect(elements: readonly Element[], flows: readonly Flow[], model: Model): Connections {
  const placeOf = new Map<string, number>();
  for (let at = 0; at < elements.length; at++) placeOf.set(elements[at]!.id, at);
  const leaders = Int32Array.from(elements.keys());
  const find = (at: number): number => {
    while (leaders[at] !== at) at = leaders[at] = leaders[leaders[at]!]!;
    return at;
  };
  const join = (a: number, b: number): void => {
    if (a === NOWHERE || b === NOWHERE) return;
    const first = find(a);
    const second = find(b);
    // The first in the file leads, so that components keep the order of the file.
    leaders[Math.max(first, second)] = Math.min(first, second);
  };
  const place = (id: string): number => placeOf.get(id) ?? NOWHERE;
  const from = new Int32Array(flows.length);
  const to = new Int32Array(flows.length);
  for (let at = 0; at < flows.length; at++) {
    const flow = flows[at]!;
    from[at] = place(flow.from);
    to[at] = place(flow.to);
    join(from[at]!, to[at]!);
    for (const id of flow.through) join(from[at]!, place(id));
  }
  for (const element of elements) {
    for (const id of element.guards) join(place(element.id), place(model.flows.get(id)?.from ?? id));
  }
  const ofElement = new Int32Array(elements.length);
  const numberOf = new Int32Array(elements.length);
  const sizes: number[] = [];
  for (let at = 0; at < elements.length; at++) {
    const leader = find(at);
    ofElement[at] = leader === at ? sizes.push(0) - 1 : ofElement[leader]!;
    numberOf[at] = sizes[ofElement[at]!]!++;
  }
  const ofFlow = from.map((at) => (at === NOWHERE ? NOWHERE : ofElement[at]!));
  const groups = { elements: new Groups(ofElement, sizes.length), flows: new Groups(ofFlow, sizes.length) };
  return { placeOf, from, to, ofElement, ofFlow, ...groups, numberOf };
}

function sameEach<T extends { readonly id: string }>(before: ById<T>, now: ById<T>, same: (a: T, b: T) => boolean): boolean {
  if (before.size !== now.size) return false;
  for (const at of now.differingFrom(before)) {
    const [a, b] = [before.list[at]!, now.list[at]!];
    if (a !== b && !same(a, b)) return false;
  }
  return true;
}

function sameGuards(a: Element, b: Element): boolean {
  return a.id === b.id && sameList(a.guards, b.guards);
}

function sameCourse(a: Flow, b: Flow): boolean {
  return a.id === b.id && a.from === b.from && a.to === b.to && sameList(a.through, b.through);
}

/** Whether a component is what it was: the same things, unchanged. */
export function sameMembers(a: Members, b: Members): boolean {
  return sameList(a.elements, b.elements) && sameList(a.flows, b.flows);
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
