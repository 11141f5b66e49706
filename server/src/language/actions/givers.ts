import { MODEL_SUBJECT, type Finding } from '../../analysis/index.ts';
import type { Control, GivenBy } from '../../catalogue/vocabulary.ts';
import { appliesTo } from '../candidates.ts';
import type { Snapshot } from '../snapshot.ts';

/** Whether a giver has a control already, only not in place. */
export function isStated({ model }: Snapshot, giver: string, control: string): boolean {
  const thing = giver === MODEL_SUBJECT ? model : (model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver));
  return thing?.controls.some((statement) => statement.control === control) ?? false;
}

/** Where a control that a finding misses is best given. */
export function giverFor(snapshot: Snapshot, finding: Finding, control: Control): string | undefined {
  return giversFor(snapshot, finding, control)[0];
}

/** Where a control that a finding misses may be given, nearest first: the places that it is meant for, else the nearest other one. */
export function giversFor(snapshot: Snapshot, finding: Finding, control: Control): readonly string[] {
  const allowed = [...new Set([...finding.givers, MODEL_SUBJECT])].filter((giver) => {
    const sort = sortOf(snapshot, giver);
    return sort !== undefined && control.givenBy.includes(sort);
  });
  const isMeant = (giver: string): boolean => appliesTo(control, sortOf(snapshot, giver) ?? 'system', kindOf(snapshot, giver));
  const meant = allowed.filter(isMeant);
  return meant.length > 0 ? meant : allowed.slice(0, 1);
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
