import { isOpen, MODEL_SUBJECT } from '../analysis/index.ts';
import { controlsIn } from '../catalogue/satisfaction.ts';
import type { Control } from '../catalogue/vocabulary.ts';
import type { ControlStatement, Model, Status } from '../model/model.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import { consideredThreats, type Subject, type Threat } from './threats.ts';

/** Of all that a model says of a control. `unstated`: it says nothing. */
export type ControlState = Status | 'unstated';
export const CONTROL_STATES: readonly ControlState[] = ['in-place', 'partial', 'planned', 'absent', 'not-applicable', 'unstated'];

/**
 * Why a control is called for. `needed`: it is part of a way to clear a finding that is open. `covered`: rules that apply
 * name it, and they are satisfied, accepted or ask for something else. `practice`: no rule that applies names it.
 */
export type Demand = 'needed' | 'covered' | 'practice';

/** Where and how a model states a control. */
export interface Stated extends Pick<ControlStatement, 'status' | 'reason' | 'evidence' | 'owner' | 'due'> {
  /** Id of the element, flow or boundary, or `$model`. */
  readonly at: string;
  /** Absolute: the status word, else the name of the control. */
  readonly span: Span;
}

export interface ControlPosture {
  readonly control: Control;
  readonly state: ControlState;
  readonly demand: Demand;
  readonly stated: readonly Stated[];
  /** Subjects of the open findings that it is part of a way to clear, in the order of the findings. */
  readonly neededAt: readonly string[];
}

export interface Posture {
  /** The controls that are called for, in the order of the catalogue. */
  readonly controls: readonly ControlPosture[];
  readonly threats: readonly Threat[];
}

/**
 * The posture of a model: the state of each control that the architecture *calls for*. It calls for a control when
 * a rule that applies (see `Threat`) names it among what satisfies it; or when no rule of the catalogue names it, and the
 * model has an element or flow of a kind that the control is meant for; or when the model states it.
 *
 * A control's state is the best that is stated of it anywhere. It is `partial` also when it is in place at one thing and
 * an open finding about another still asks for it.
 */
export function postureOf(subject: Subject): Posture {
  const { model, catalogue, analysis } = subject;
  const threats = consideredThreats(subject);
  const asked = new Set<string>();
  for (const rule of new Set(threats.map((threat) => threat.rule))) {
    const expression = catalogue.rules.get(rule)?.satisfiedBy;
    if (expression !== undefined) for (const control of controlsIn(expression)) asked.add(control);
  }
  const named = new Set([...catalogue.rules.values()].flatMap(({ satisfiedBy }) => controlsIn(satisfiedBy)));
  const kinds = kindsIn(model);
  const stated = statements(model);
  const needed = new Map<string, Set<string>>();
  for (const finding of analysis.findings) {
    if (!isOpen(finding.state)) continue;
    for (const control of new Set(finding.missing.flat())) {
      const at = needed.get(control);
      if (at) at.add(finding.subject);
      else needed.set(control, new Set([finding.subject]));
    }
  }
  const controls: ControlPosture[] = [];
  for (const control of catalogue.controls.values()) {
    const its = stated.get(control.id) ?? [];
    const isPractice = !named.has(control.id) && isMeantFor(control, kinds);
    if (!asked.has(control.id) && !isPractice && its.length === 0) continue;
    const neededAt = [...(needed.get(control.id) ?? [])];
    const demand = neededAt.length > 0 ? 'needed' : asked.has(control.id) ? 'covered' : 'practice';
    controls.push({ control, state: stateOf(its, neededAt), demand, stated: its, neededAt });
  }
  return { controls, threats };
}

const BEST_FIRST: readonly Status[] = ['in-place', 'partial', 'planned', 'not-applicable', 'absent'];

function stateOf(stated: readonly Stated[], neededAt: readonly string[]): ControlState {
  const best = BEST_FIRST.find((status) => stated.some((it) => it.status === status));
  return best === 'in-place' && neededAt.length > 0 ? 'partial' : (best ?? 'unstated');
}

/** By control: `$model` first, then boundaries, elements and flows in source order; only where it counts. */
function statements(model: Model): ReadonlyMap<string, readonly Stated[]> {
  const all = new Map<string, Stated[]>();
  const collect = (at: string, base: number, controls: readonly ControlStatement[]): void => {
    for (const { control, status, reason, evidence, owner, due, counts, statusSpan } of controls) {
      if (!counts) continue;
      const stated: Stated = { at, status, reason, evidence, owner, due, span: absolute(base, statusSpan) };
      const known = all.get(control);
      if (known) known.push(stated);
      else all.set(control, [stated]);
    }
  };
  collect(MODEL_SUBJECT, 0, model.controls);
  for (const givers of [model.boundaries, model.elements, model.flows])
    for (const giver of givers.values()) if (giver.controls.length > 0) collect(giver.id, model.baseOf(giver), giver.controls);
  return all;
}

function kindsIn(model: Model): { readonly elements: ReadonlySet<string>; readonly flows: ReadonlySet<string | undefined> } {
  return {
    elements: new Set([...model.elements.values()].flatMap(({ kind, outOfScope }) => (outOfScope ? [] : [kind]))),
    flows: new Set([...model.flows.values()].map((flow) => model.kindOf(flow))),
  };
}

function isMeantFor({ appliesTo }: Control, { elements, flows }: ReturnType<typeof kindsIn>): boolean {
  return appliesTo.elements.some((kind) => elements.has(kind)) || appliesTo.flows.some((kind) => flows.has(kind));
}
