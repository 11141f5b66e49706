import { MODEL_SUBJECT, type Finding } from '../../analysis/index.ts';
import type { Control, GivenBy } from '../../catalogue/vocabulary.ts';
import { appliesTo } from '../candidates.ts';
import type { Snapshot } from '../snapshot.ts';

/** Whether a giver has a control already, only not in place. */
export function isStated({ model }: Snapshot, giver: string, control: string): boolean {
  const thing = giver === MODEL_SUBJECT ? model : (model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver));
  return thing?.controls.some((statement) => statement.control === control) ?? false;
}

/** The first giver of this file that may give the control and that it is meant for; else the first that may give it. */
export function giverFor(snapshot: Snapshot, finding: Finding, control: Control): string | undefined {
  const allowed = [...finding.givers, MODEL_SUBJECT].filter((giver) => {
    const sort = sortOf(snapshot, giver);
    return sort !== undefined && control.givenBy.includes(sort) && !isElsewhere(snapshot, giver);
  });
  return allowed.find((giver) => appliesTo(control, sortOf(snapshot, giver) ?? 'system', kindOf(snapshot, giver))) ?? allowed[0];
}

/** Declared in a file that this one uses, so that nothing can be added to it here. */
export function isElsewhere({ model }: Snapshot, id: string): boolean {
  return (model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id))?.origin !== undefined;
}

function sortOf({ model }: Snapshot, giver: string): GivenBy | undefined {
  if (giver === MODEL_SUBJECT) return 'system';
  return (model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver))?.type;
}

function kindOf({ model }: Snapshot, giver: string): string | undefined {
  const flow = model.flows.get(giver);
  return flow ? model.kindOf(flow) : model.elements.get(giver)?.kind;
}

export function nameOf(snapshot: Snapshot, giver: string): string {
  return giver === MODEL_SUBJECT ? 'the whole system' : `${sortOf(snapshot, giver) ?? ''} ${giver}`;
}
