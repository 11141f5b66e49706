import type { Control, GivenBy } from '../catalogue/vocabulary.ts';
import { covers } from '../model/kinds.ts';
import type { Model } from '../model/model.ts';
import type { Finding } from './finding.ts';
import { MODEL_SUBJECT } from './hit.ts';

/** Where a control is best stated so that a finding goes. */
export function bestGiver(model: Model, finding: Finding, control: Control): string | undefined {
  return giversFor(model, finding, control)[0];
}

/** Where in this file a control may be stated so that a finding goes, nearest first: places that it is meant for, else the first other one. */
export function giversFor(model: Model, finding: Finding, control: Control): readonly string[] {
  const allowed = finding.givers.filter((giver) => {
    const sort = sortOfGiver(model, giver);
    return sort !== undefined && control.givenBy.includes(sort) && !isElsewhere(model, giver);
  });
  const meant = allowed.filter((giver) => appliesTo(control, sortOfGiver(model, giver) ?? 'system', kindOfGiver(model, giver)));
  return meant.length > 0 ? meant : allowed.slice(0, 1);
}

/** What a giver is: a thing of the model, or the system. */
export function sortOfGiver(model: Model, giver: string): GivenBy | undefined {
  if (giver === MODEL_SUBJECT) return 'system';
  return (model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver))?.type;
}

/** Declared in a file that this one uses, so that nothing can be added to it here. */
export function isElsewhere(model: Model, id: string): boolean {
  return (model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id))?.origin !== undefined;
}

/** Whether a control is meant for givers of this sort and kind. */
export function appliesTo(control: Control, giver: GivenBy, kind: string | undefined): boolean {
  const { elements, flows } = control.appliesTo;
  if (giver === 'element') return kind !== undefined && covers(elements, kind, undefined);
  if (giver === 'flow') return kind !== undefined && covers(flows, kind, undefined);
  return true;
}

function kindOfGiver(model: Model, giver: string): string | undefined {
  const flow = model.flows.get(giver);
  return flow ? model.kindOf(flow) : model.elements.get(giver)?.kind;
}
