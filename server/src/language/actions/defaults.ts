import type { Snapshot } from '../snapshot.ts';

/** Long enough to act, short enough that somebody looks again. */
const DAYS = 90;

/** The day in a quarter of a year, as ISO date: until when something is accepted or planned unless the author says otherwise. */
export function inAQuarter(today: string): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + DAYS)).toISOString().slice(0, 10);
}

/** Who answers for a thing: its own owner, for a flow that of the element that sends, else that of the model; or nobody. */
export function ownerOf({ model }: Snapshot, id: string): string {
  const element = model.elements.get(id) ?? model.elements.get(model.flows.get(id)?.from ?? '');
  return element?.owner ?? model.owner ?? '';
}
