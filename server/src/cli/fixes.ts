import { isOpen } from '../analysis/index.ts';
import { clearingsOf } from '../language/actions/clearing.ts';
import { sizeOfTrial } from '../language/actions/trial.ts';
import type { Snapshot } from '../language/snapshot.ts';
import type { Fix } from '../report/index.ts';

/** Elements that a trial may look at. */
const LARGEST_TRIAL = 300;

/** The editor's preferred fix of the first open findings, which are the most severe, by their fingerprints. */
export function preferredFixes(snapshot: Snapshot, most: number): ReadonlyMap<string, Fix> {
  const fixes = new Map<string, Fix>();
  const tried = snapshot.findings.filter(({ state }) => isOpen(state)).slice(0, most);
  for (const finding of tried) {
    if (sizeOfTrial(snapshot, finding) > LARGEST_TRIAL) continue;
    const [best] = clearingsOf(snapshot, finding);
    if (best?.preferred) fixes.set(finding.fingerprint, best);
  }
  return fixes;
}
