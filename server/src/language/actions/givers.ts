import { MODEL_SUBJECT, sortOfGiver } from '../../analysis/index.ts';
import type { Snapshot } from '../snapshot.ts';

/** Whether a giver has a control already, only not in place. */
export function isStated({ model }: Snapshot, giver: string, control: string): boolean {
  const thing = giver === MODEL_SUBJECT ? model : (model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver));
  return thing?.controls.some((statement) => statement.control === control) ?? false;
}

export function nameOf({ model }: Snapshot, giver: string): string {
  return giver === MODEL_SUBJECT ? 'the whole system' : `${sortOfGiver(model, giver) ?? ''} ${giver}`;
}
