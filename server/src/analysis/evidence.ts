import type { Boundary, ControlStatement, Giver, Status } from '../model/model.ts';
import type { Context } from './context.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import type { Facts } from './facts.ts';
import type { Requirement } from './satisfaction.ts';

/**
 * Which controls count where. A control's state at a place is one small number; more is better, so that the evidence of
 * several places is their maximum.
 */
export const UNSTATED = 0;
const ABSENT = 1;
export const NOT_APPLICABLE = 2;
export const PLANNED = 3;
export const PARTIAL = 4;
export const IN_PLACE = 5;

const CODE: Readonly<Record<Status, number>> = {
  'in-place': IN_PLACE,
  partial: PARTIAL,
  planned: PLANNED,
  absent: ABSENT,
  'not-applicable': NOT_APPLICABLE,
};

/** Control → state, for the controls that are stated directly on one thing. */
export type Statements = ReadonlyMap<string, number>;
const NONE: Statements = new Map();
const NOBODY: readonly ElementFact[] = [];

export class Evidence {
  readonly facts: Facts;
  private readonly own = new Map<Giver, Statements>();
  private readonly system: Statements;
  /** The same for what used files bring in: their own word first. */
  private readonly systems = new Map<string, Statements>();
  /** By what the system says, and by boundary. */
  private readonly inherited = new Map<Statements, Map<string, Statements>>();
  private readonly aroundElement: Readonly<Record<'with' | 'without', (Statements | undefined)[]>>;
  private readonly guardians = new Map<string, ElementFact[]>();
  private readonly crossings = new Map<readonly string[], Statements>();
  private readonly stated = new Map<Requirement, number[]>();
  private anywhereStatements: Statements | undefined;
  private readonly promised = new Set<string>();

  constructor(facts: Facts) {
    this.facts = facts;
    this.system = statements(facts.context.controls);
    const { length } = facts.elements;
    this.aroundElement = { with: new Array<Statements | undefined>(length), without: new Array<Statements | undefined>(length) };
    for (const [namespace, controls] of facts.context.imported) {
      this.systems.set(namespace, new Map([...this.system, ...statements(controls)]));
    }
    for (const fact of facts.elements) {
      for (const id of fact.element.guards) {
        const list = this.guardians.get(id);
        if (list) list.push(fact);
        else this.guardians.set(id, [fact]);
      }
    }
  }

  /** What an element, flow or boundary states itself. */
  statedBy(giver: Giver): Statements {
    if (giver.controls.length === 0) return NONE;
    let found = this.own.get(giver);
    if (!found) this.own.set(giver, (found = statements(giver.controls)));
    return found;
  }

  /** Elements that are consulted for this element or flow. */
  guardiansOf(id: string): readonly ElementFact[] {
    return (this.guardians.size > 0 && this.guardians.get(id)) || NOBODY;
  }

  /** Claims of the boundaries around an element, inner ones first, then the system's unless left out. */
  inheritedBy(fact: ElementFact, withSystem: boolean): Statements {
    const known = withSystem ? this.aroundElement.with : this.aroundElement.without;
    return (known[fact.index] ??= this.merge(fact.element.boundaries, withSystem, fact.element.origin?.namespace));
  }

  /** Claims of the boundaries that a flow crosses. */
  crossedBy(fact: FlowFact): Statements {
    if (fact.crosses.length === 0) return NONE;
    let found = this.crossings.get(fact.crosses);
    if (!found) {
      const all = new Map<string, number>();
      for (const id of fact.crosses) raise(all, this.statedBy(this.facts.context.boundaries.get(id)!));
      this.crossings.set(fact.crosses, (found = all));
    }
    return found;
  }

  /** The state of a control on a path at this element: its own word, else what it inherits; with those consulted for it. */
  atElement(fact: ElementFact, control: string): number {
    const own = this.statedBy(fact.element).get(control);
    let state = own ?? this.inheritedBy(fact, true).get(control) ?? UNSTATED;
    for (const guardian of this.guardiansOf(fact.id)) state = Math.max(state, this.statedBy(guardian.element).get(control) ?? UNSTATED);
    return state;
  }

  /** The same of a flow: its own word, those on the way, those consulted, and the boundaries that it crosses. */
  atFlow(fact: FlowFact, control: string): number {
    return Math.max(this.onFlow(fact, control), this.crossedBy(fact).get(control) ?? UNSTATED);
  }

  /** What is stated directly for a flow: by itself, on its way, or by who is consulted. */
  onFlow(fact: FlowFact, control: string): number {
    let state = this.statedBy(fact.flow).get(control) ?? UNSTATED;
    for (const stop of fact.through) state = Math.max(state, this.statedBy(stop.element).get(control) ?? UNSTATED);
    for (const guardian of this.guardiansOf(fact.id)) state = Math.max(state, this.statedBy(guardian.element).get(control) ?? UNSTATED);
    return state;
  }

  /** The best state of a control anywhere in this component, its surroundings included. */
  anywhere(control: string): number {
    return this.collected().get(control) ?? UNSTATED;
  }

  /** Which controls of a requirement are stated anywhere at all, by their place in it: only these need to be looked for. */
  statedOf(requirement: Requirement): readonly number[] {
    let found = this.stated.get(requirement);
    if (!found) {
      found = [];
      for (let at = 0; at < requirement.controls.length; at++) if (this.anywhere(requirement.controls[at]!) !== UNSTATED) found.push(at);
      this.stated.set(requirement, found);
    }
    return found;
  }

  /** Whether the control is planned or partial somewhere in this component or around it. */
  isPromised(control: string): boolean {
    this.collected();
    return this.promised.has(control);
  }

  private collected(): Statements {
    if (this.anywhereStatements) return this.anywhereStatements;
    const all = new Map<string, number>();
    const collect = (its: Statements): void => {
      if (its.size === 0) return;
      raise(all, its);
      for (const [control, state] of its) if (state === PLANNED || state === PARTIAL) this.promised.add(control);
    };
    collect(this.system);
    // Elements in the same place share the list of what is around them.
    const around = new Set<readonly string[]>();
    for (const { element, boundaries } of this.facts.elements) {
      collect(this.statedBy(element));
      around.add(boundaries);
    }
    for (const claims of this.systems.values()) collect(claims);
    for (const id of new Set([...around].flat())) collect(this.statedBy(this.facts.context.boundaries.get(id)!));
    for (const { flow } of this.facts.flows) collect(this.statedBy(flow));
    return (this.anywhereStatements = all);
  }

  private merge(ids: readonly string[], withSystem: boolean, namespace: string | undefined): Statements {
    const system = withSystem ? (this.systems.get(namespace ?? '') ?? this.system) : NONE;
    const { boundaries } = this.facts.context;
    if (ids.length === 0) return system;
    if (ids.length === 1) return this.chain(boundaries.get(ids[0]!), system);
    const all = new Map<string, number>();
    for (const id of ids) raise(all, this.chain(boundaries.get(id), system));
    return all;
  }

  /** An inner boundary's word replaces the outer one's, and any boundary's the system's. */
  private chain(boundary: Boundary | undefined, system: Statements): Statements {
    if (!boundary) return system;
    let known = this.inherited.get(system);
    if (!known) this.inherited.set(system, (known = new Map()));
    let found = known.get(boundary.id);
    if (!found) {
      const outer = this.chain(boundary.parent === undefined ? undefined : this.facts.context.boundaries.get(boundary.parent), system);
      const own = this.statedBy(boundary);
      found = own.size === 0 ? outer : new Map([...outer, ...own]);
      known.set(boundary.id, found);
    }
    return found;
  }
}

/** The best state of a control that is stated anywhere: by the system, by a boundary, or among these claims. */
export function anywhere(context: Context, claims: Iterable<Statements>): (control: string) => number {
  let around = surroundings.get(context);
  if (!around) {
    const all = new Map(statements(context.controls));
    for (const { controls } of context.boundaries.values()) if (controls.length > 0) raise(all, statements(controls));
    surroundings.set(context, (around = all));
  }
  const all = new Map(around);
  for (const its of claims) raise(all, its);
  return (control) => all.get(control) ?? UNSTATED;
}

const surroundings = new WeakMap<Context, Statements>();

/** Control → state; of a control that is stated twice, the first counts. */
export function statements(controls: readonly ControlStatement[]): Statements {
  const all = new Map<string, number>();
  for (const { control, status, counts } of controls) if (counts && !all.has(control)) all.set(control, CODE[status]);
  return all;
}

/** Adds what is stated better than before. */
export function raise(into: Map<string, number>, from: Statements): void {
  if (from.size === 0) return;
  from.forEach((state, control) => {
    if (state > (into.get(control) ?? UNSTATED)) into.set(control, state);
  });
}
