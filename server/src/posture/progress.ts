import { isOpen, type Finding } from '../analysis/index.ts';
import type { ControlState, Posture } from './posture.ts';

/** A control whose state is another one; `undefined` when it was, or is, not called for. */
export interface ControlChange {
  readonly control: string;
  readonly before: ControlState | undefined;
  readonly after: ControlState | undefined;
}

/** What has become of a model since an earlier revision of it. */
export interface Progress {
  /** In the order of the catalogue as the posture now has it, then those that are called for no longer. */
  readonly controls: readonly ControlChange[];
  /** Open then and not open now, and the other way round. A finding is the same when rule and subject are. */
  readonly closed: readonly Finding[];
  readonly opened: readonly Finding[];
}

export interface Revision {
  readonly posture: Posture;
  readonly findings: readonly Finding[];
}

export function progressBetween(before: Revision, after: Revision): Progress {
  const was = new Map(before.posture.controls.map(({ control, state }) => [control.id, state]));
  const is = new Map(after.posture.controls.map(({ control, state }) => [control.id, state]));
  const changes = [...new Set([...is.keys(), ...was.keys()])].map((control) => ({
    control,
    before: was.get(control),
    after: is.get(control),
  }));
  return {
    controls: changes.filter((change) => change.before !== change.after),
    closed: openOnlyIn(before.findings, after.findings),
    opened: openOnlyIn(after.findings, before.findings),
  };
}

function openOnlyIn(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ rule, subject }: Finding): string => `${rule} ${subject}`;
  const known = new Set(others.filter(({ state }) => isOpen(state)).map(keyOf));
  return findings.filter((finding) => isOpen(finding.state) && !known.has(keyOf(finding)));
}
