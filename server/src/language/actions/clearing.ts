import type { Finding } from '../../analysis/index.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import type { Snapshot } from '../snapshot.ts';
import { addedControls } from './addControls.ts';
import type { Alternative } from './alternative.ts';
import { mediatedControls } from './mediators.ts';
import { statements } from './statements.ts';
import { sizeOfTrial, tryOut } from './trial.ts';

/** What clears a finding: tried out, so it does. */
export interface Clearing {
  /** In words: `Add control "Human approval" to flow refund`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one to choose when there is a choice. */
  readonly preferred: boolean;
}

const MOST_OFFERED = 5;
const ENOUGH = 3;
const MOST_TRIED = 8;
/** Elements that all trials for one finding may look at, beyond the first trial. */
const WORK = 2000;

/**
 * What clears a finding, the preferred way first. Each has been tried out: the edited text no longer has the finding, and
 * no other as severe that was not there. Only where there is no such way, one is given that adds some and says so.
 */
export function clearingsOf(snapshot: Snapshot, finding: Finding): readonly Clearing[] {
  let known = remembered.get(finding);
  if (!known) remembered.set(finding, (known = [...work(snapshot, finding)]));
  return known;
}

// A finding is of one version of the text.
const remembered = new WeakMap<Finding, readonly Clearing[]>();

function* work(snapshot: Snapshot, finding: Finding): Generator<Clearing> {
  const affordable = Math.max(1, Math.min(MOST_TRIED, Math.floor(WORK / sizeOfTrial(snapshot, finding))));
  let [tried, offered] = [0, 0];
  let costly: Clearing | undefined;
  for (const { title, edits, controls } of alternatives(snapshot, finding)) {
    // A choice between several controls needs no other ways beside it.
    if (!controls && offered >= ENOUGH) break;
    if (offered >= MOST_OFFERED || (offered > 0 && tried >= affordable)) break;
    tried++;
    const { clears, adds } = tryOut(snapshot, finding, edits, controls);
    if (!clears) continue;
    if (adds.length === 0) {
      yield { title, edits, preferred: controls && offered === 0 };
      offered++;
    } else {
      const rules = [...new Set(adds.map(({ rule }) => `"${snapshot.catalogue.rules.get(rule)?.title ?? rule}"`))];
      costly ??= { title: `${title} (which raises ${rules.join(' and ')})`, edits, preferred: false };
    }
  }
  if (offered === 0 && costly) yield costly;
}

function* alternatives(snapshot: Snapshot, finding: Finding): Generator<Alternative> {
  yield* addedControls(snapshot, finding);
  yield* statements(snapshot, finding);
  yield* mediatedControls(snapshot, finding);
}
