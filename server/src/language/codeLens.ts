import { isOpen } from '../analysis/index.ts';
import type { Severity } from '../catalogue/rule.ts';
import { crossedBetween, insideOf } from '../model/inside.ts';
import type { Giver, Model } from '../model/model.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A line above a boundary, element or flow that says what there is to know of it; its words are made by `lensTitle`. */
export interface Lens {
  readonly id: string;
  /** The key it stands above. */
  readonly span: Span;
}

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Of everything this file declares that has open findings, or data that comes or goes. A flow has only findings. */
export function lensesOf(snapshot: Snapshot): readonly Lens[] {
  const { model } = snapshot;
  const flows = flowsOf(model);
  const subjects = new Set(snapshot.analysis.found.filter(({ state }) => isOpen(state)).map(({ subject }) => subject));
  const lenses: Lens[] = [];
  const add = (things: Iterable<Giver>): void => {
    for (const thing of things) {
      if (thing.origin || !(subjects.has(thing.id) || flows.has(thing.id))) continue;
      lenses.push({ id: thing.id, span: absolute(model.baseOf(thing), thing.pair.key) });
    }
  };
  add(model.boundaries.values());
  add(model.elements.values());
  add(model.flows.values());
  return lenses;
}

/** Like `2 high · 1 medium | 3 flows in, 2 out`; empty when there is nothing to say. */
export function lensTitle(snapshot: Snapshot, id: string): string {
  const counts = new Map<Severity, number>();
  for (const { severity, state, subject } of snapshot.analysis.found) {
    if (subject === id && isOpen(state)) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  }
  const found = SEVERITIES.flatMap((severity) => (counts.has(severity) ? [`${counts.get(severity)} ${severity}`] : [])).join(' · ');
  const flows = flowsOf(snapshot.model).get(id);
  const moved = flows && `${flows.into} ${flows.into === 1 ? 'flow' : 'flows'} in, ${flows.out} out`;
  return [found, moved].filter((part) => part !== undefined && part !== '').join(' | ');
}

interface Flows {
  into: number;
  out: number;
}

const counted = new WeakMap<Model, ReadonlyMap<string, Flows>>();

/** How many drawn flows come into and go out of each element and boundary that has any. */
function flowsOf(model: Model): ReadonlyMap<string, Flows> {
  let flows = counted.get(model);
  if (!flows) counted.set(model, (flows = countFlows(model)));
  return flows;
}

function countFlows(model: Model): ReadonlyMap<string, Flows> {
  const counts = new Map<string, Flows>();
  const of = (id: string): Flows => {
    let flows = counts.get(id);
    if (!flows) counts.set(id, (flows = { into: 0, out: 0 }));
    return flows;
  };
  // Most elements are in one boundary and in the same ones as others.
  const known = new Map<string, ReadonlySet<string>>();
  const around = (id: string): ReadonlySet<string> => {
    const boundaries = model.elements.get(id)?.boundaries ?? [];
    const name = boundaries.length === 1 ? (boundaries[0] ?? '') : boundaries.join(' ');
    let inside = known.get(name);
    if (!inside) known.set(name, (inside = insideOf(id, model)));
    return inside;
  };
  for (const { from, through, to } of model.flows.values()) {
    of(from).out++;
    of(to).into++;
    for (const stop of new Set(through)) {
      of(stop).into++;
      of(stop).out++;
    }
    const source = around(from);
    const target = around(to);
    if (source === target) continue;
    for (const boundary of crossedBetween(source, target)) {
      if (source.has(boundary)) of(boundary).out++;
      else of(boundary).into++;
    }
  }
  return counts;
}
