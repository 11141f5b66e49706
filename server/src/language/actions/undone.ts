import { bestGiver, type Finding } from '../../analysis/index.ts';
import { addControl, type Statement } from '../edits.ts';
import { writeScalar } from '../written.ts';
import type { Snapshot } from '../snapshot.ts';
import { withHoles, type Draft } from './action.ts';
import { inAQuarter, ownerOf } from './defaults.ts';

/** What an author may say of a missing control instead of putting it in place. */
export interface Saying {
  readonly control: string;
  readonly giver: string;
  readonly edits: readonly Draft[];
}

/** States that the first way to satisfy a finding is planned: one entry, with who sees to it and when. */
export function planControl(snapshot: Snapshot, finding: Finding, control: string): Saying | undefined {
  return say(snapshot, finding, control, (giver) => ({
    status: 'planned',
    details: [
      ['owner', writeScalar(ownerOf(snapshot, giver))],
      ['due', inAQuarter(snapshot.today)],
    ],
  }));
}

/** States that a control makes no sense where a finding misses it; the reason is left to the author. */
export function excludeControl(snapshot: Snapshot, finding: Finding, control: string): Saying | undefined {
  if (snapshot.catalogue.mandatory.has(control)) return undefined;
  return say(snapshot, finding, control, () => ({ status: 'not-applicable', details: [['reason', '""']] }));
}

function say(snapshot: Snapshot, finding: Finding, id: string, statement: (giver: string) => Statement): Saying | undefined {
  const control = snapshot.catalogue.controls.get(id);
  const giver = control && bestGiver(snapshot.model, finding, control);
  if (giver === undefined) return undefined;
  const said = statement(giver);
  const edits = addControl(snapshot.syntax, snapshot.model, giver, id, said);
  const holes = said.details.filter(([key, value]) => key !== 'owner' || value === '""');
  return edits && { control: id, giver, edits: withHoles(edits, holes) };
}
