import type { Element, Flow, Model } from '../model/model.ts';
import type { Members } from './facts.ts';

/** Which component each element and flow of a model is in, and what that was found out from. */
export interface Partition {
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
  /** Number of the component of each element; they are numbered in the order of their first elements. */
  readonly ofElement: Int32Array;
  /** The same of each flow, -1 when it begins nowhere. */
  readonly ofFlow: Int32Array;
  /** For each component, the places of its things in `elements` and `flows`. */
  readonly places: readonly { readonly elements: readonly number[]; readonly flows: readonly number[] }[];
}

/** Splits a model into its components; most edits change no connection, and then `previous` still says what is where. */
export function partition(model: Model, previous: Partition | undefined): Partition {
  const elements = [...model.elements.values()];
  const flows = [...model.flows.values()];
  const isSame = previous && sameEach(previous.elements, elements, sameGuards) && sameEach(previous.flows, flows, sameCourse);
  return isSame ? { ...previous, elements, flows } : connect(elements, flows, model);
}

export function membersOf({ elements, flows, places }: Partition, component: number): Members {
  const its = places[component]!;
  return { elements: its.elements.map((at) => elements[at]!), flows: its.flows.map((at) => flows[at]!) };
}

/** Whether two partitions have the same components, though things in them may be others. */
export function sameComponents(a: Partition, b: Partition): boolean {
  return a.places === b.places;
}

/** The components in which something is not what it was. Of partitions with the same components. */
export function changedComponents(now: Partition, before: Partition): Set<number> {
  const changed = new Set<number>();
  now.elements.forEach((element, at) => element !== before.elements[at] && changed.add(now.ofElement[at]!));
  now.flows.forEach((flow, at) => flow !== before.flows[at] && changed.add(now.ofFlow[at]!));
  changed.delete(NOWHERE);
  return changed;
}

const NOWHERE = -1;

function connect(elements: readonly Element[], flows: readonly Flow[], model: Model): Partition {
  const index = new Map<string, number>();
  elements.forEach((element, at) => index.set(element.id, at));
  const leaders = Int32Array.from(elements, (_, at) => at);
  const find = (at: number): number => {
    while (leaders[at] !== at) at = leaders[at] = leaders[leaders[at]!]!;
    return at;
  };
  const join = (a: number | undefined, b: number | undefined): void => {
    if (a === undefined || b === undefined) return;
    const [first, second] = [find(a), find(b)];
    // The first in the file leads, so that components keep the order of the file.
    leaders[Math.max(first, second)] = Math.min(first, second);
  };
  for (const flow of flows) {
    const from = index.get(flow.from);
    join(from, index.get(flow.to));
    for (const id of flow.through) join(from, index.get(id));
  }
  for (const element of elements) {
    for (const id of element.guards) join(index.get(element.id), index.get(model.flows.get(id)?.from ?? id));
  }
  const places: { elements: number[]; flows: number[] }[] = [];
  const ofElement = new Int32Array(elements.length);
  elements.forEach((_, at) => {
    const leader = find(at);
    ofElement[at] = leader === at ? places.push({ elements: [], flows: [] }) - 1 : ofElement[leader]!;
    places[ofElement[at]]!.elements.push(at);
  });
  const ofFlow = new Int32Array(flows.length).fill(NOWHERE);
  flows.forEach((flow, at) => {
    const from = index.get(flow.from);
    if (from === undefined) return;
    ofFlow[at] = ofElement[from]!;
    places[ofFlow[at]]!.flows.push(at);
  });
  return { elements, flows, ofElement, ofFlow, places };
}

function sameEach<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at] && !same(a[at]!, b[at]!)) return false;
  return true;
}

function sameGuards(a: Element, b: Element): boolean {
  return a.id === b.id && a.guards.join(' ') === b.guards.join(' ');
}

function sameCourse(a: Flow, b: Flow): boolean {
  return a.id === b.id && a.from === b.from && a.to === b.to && a.through.join(' ') === b.through.join(' ');
}
