import { bestGiver, giversFor, type Finding } from '../../analysis/index.ts';
import type { Control } from '../../catalogue/vocabulary.ts';
import { applyEdits, differenceOf, type TextEdit } from '../../syntax/textEdit.ts';
import { addControl } from '../edits.ts';
import { takeSnapshot, type Snapshot } from '../snapshot.ts';
import type { Alternative } from './alternative.ts';
import { cutAround } from './cutting.ts';
import { isStated, nameOf } from './givers.ts';

/** What encloses a thing can be deeply nested, and a system has many flows. */
const MOST_OTHER_PLACES = 2;

/** Ways to add what a finding misses: each set at the nearest places, then single controls at the other places for them. */
export function* addedControls(snapshot: Snapshot, finding: Finding): Generator<Alternative> {
  for (const set of finding.missing) {
    const added = addSet(snapshot, finding, set);
    if (added) yield added;
  }
  for (const set of finding.missing) {
    const control = snapshot.catalogue.controls.get(set[0] ?? '');
    if (!control || set.length > 1) continue;
    for (const giver of giversFor(snapshot.model, finding, control).slice(1, 1 + MOST_OTHER_PLACES)) {
      const added = addAt(snapshot, new Map([[giver, [control]]]));
      if (added) yield added;
    }
  }
}

/** Adds every control of a set, each at the nearest giver that may give it. */
function addSet(snapshot: Snapshot, finding: Finding, set: readonly string[]): Alternative | undefined {
  const byGiver = new Map<string, Control[]>();
  for (const id of set) {
    const control = snapshot.catalogue.controls.get(id);
    const giver = control && bestGiver(snapshot.model, finding, control);
    if (!control || giver === undefined) return undefined;
    byGiver.set(giver, [...(byGiver.get(giver) ?? []), control]);
  }
  return addAt(snapshot, byGiver);
}

function addAt(snapshot: Snapshot, byGiver: ReadonlyMap<string, readonly Control[]>): Alternative | undefined {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  const raised: string[] = [];
  for (const [giver, controls] of byGiver) {
    const more = addTo(snapshot, giver, controls);
    if (!more) return undefined;
    edits.push(...more);
    const stated = controls.every(({ id }) => isStated(snapshot, giver, id));
    const names = controls.map(({ title }) => `"${title}"`).join(' and ');
    if (stated) raised.push(`${names} of ${nameOf(snapshot, giver)}`);
    else added.push(`${names} to ${nameOf(snapshot, giver)}`);
  }
  if (edits.length === 0) return undefined;
  const several = [...byGiver.values()].flat().length > 1;
  const parts = [
    added.length > 0 && `add control${several ? 's' : ''} ${added.join(' and ')}`,
    raised.length > 0 && `put ${raised.join(' and ')} in place`,
  ];
  const title = parts.filter((part) => part !== false).join(' and ');
  return { title: title.charAt(0).toUpperCase() + title.slice(1), edits, controls: true };
}

/** Adds controls to one giver. After the first the text has changed, so several become one edit. */
function addTo(snapshot: Snapshot, giver: string, controls: readonly Control[]): readonly TextEdit[] | undefined {
  const [first] = controls;
  if (controls.length === 1 && first) return addControl(snapshot.syntax, snapshot.model, giver, first.id);
  const cutting = cutAround(snapshot, giver);
  const before = cutting.snapshot;
  let at = before;
  for (const { id } of controls) {
    const edits = addControl(at.syntax, at.model, giver, id);
    if (!edits) return undefined;
    at = takeSnapshot(applyEdits(at.text, edits), snapshot.catalogue, snapshot.today, at);
  }
  const edit = cutting.lift(differenceOf(before.text, at.text));
  return edit && [edit];
}
