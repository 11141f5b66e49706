import type { Finding } from '../../analysis/index.ts';
import type { Snapshot } from '../snapshot.ts';
import { acceptFinding } from './accept.ts';
import type { Draft } from './action.ts';
import { clearingsOf } from './clearing.ts';
import { nameOf } from './givers.ts';
import { excludeControl, planControl } from './undone.ts';

/** One thing that an author can do about a finding. */
export interface WayOut {
  readonly kind: 'fix' | 'plan' | 'not-applicable' | 'accept';
  readonly title: string;
  /** The one to choose when there is a choice. */
  readonly preferred: boolean;
  readonly edits: readonly Draft[];
}

/** What an author can do about a finding: clear it, plan to, say that a control does not apply, accept it. In this order. */
export function* waysOut(snapshot: Snapshot, finding: Finding): Generator<WayOut> {
  for (const { title, preferred, edits } of clearingsOf(snapshot, finding)) yield { kind: 'fix', title, preferred, edits };
  const control = finding.missing[0]?.[0];
  const title = `"${snapshot.catalogue.controls.get(control ?? '')?.title ?? ''}"`;
  const plan = control !== undefined && planControl(snapshot, finding, control);
  if (plan) yield { kind: 'plan', title: `Plan ${title} for ${nameOf(snapshot, plan.giver)}`, preferred: false, edits: plan.edits };
  const exclusion = control !== undefined && excludeControl(snapshot, finding, control);
  if (exclusion) {
    const place = nameOf(snapshot, exclusion.giver);
    yield { kind: 'not-applicable', title: `Say why ${title} does not apply to ${place}`, preferred: false, edits: exclusion.edits };
  }
  const accepted = acceptFinding(snapshot, finding);
  if (accepted) {
    const rule = snapshot.catalogue.rules.get(finding.rule)?.title ?? finding.rule;
    yield { kind: 'accept', title: `Accept "${rule}" at ${nameOf(snapshot, finding.subject)}`, preferred: false, edits: accepted };
  }
}
