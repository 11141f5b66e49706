import type { Rule } from './rule.ts';
import { controlsIn } from './satisfaction.ts';
import type { Control } from './vocabulary.ts';

/** Where a rule, and with it every finding of it, stands in the reference architecture; its principles are its own. */
export type Standing = Pick<Control, 'pillar' | 'swimLane' | 'group' | 'stages' | 'phase'>;

/**
 * A rule does not say where it stands: it stands where its primary control does. That is the control to offer first or,
 * when it suggests none, the first that satisfies it. `undefined` when there is no such control.
 */
export function standingOf(rule: Pick<Rule, 'suggest' | 'satisfiedBy'>, controls: ReadonlyMap<string, Control>): Standing | undefined {
  const control = controls.get(rule.suggest[0] ?? controlsIn(rule.satisfiedBy)[0] ?? '');
  if (control === undefined) return undefined;
  const { pillar, swimLane, group, stages, phase } = control;
  return { pillar, swimLane, group, stages, phase };
}
