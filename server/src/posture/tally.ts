import type { Catalogue } from '../catalogue/catalogue.ts';
import { CONTROL_STATES, type ControlPosture, type ControlState } from './posture.ts';

/** How many controls of a part are in which state. */
export interface Tally {
  readonly total: number;
  readonly states: Readonly<Record<ControlState, number>>;
  /** Of `total`: part of a way to clear an open finding. */
  readonly needed: number;
}

/** A pillar, swim lane, group, principle or stage with its controls. */
export interface Part extends Tally {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly ControlPosture[];
}
export interface Lane extends Part {
  readonly groups: readonly Part[];
}
export interface Pillar extends Part {
  readonly lanes: readonly Lane[];
}

/** Of pillars, lanes and groups, those with a control that is called for, in the order of the catalogue. */
export function byPillar(controls: readonly ControlPosture[], catalogue: Catalogue): readonly Pillar[] {
  const order = [...catalogue.swimLanes.keys()];
  const inOrder = [...controls].sort((a, b) => order.indexOf(a.control.swimLane) - order.indexOf(b.control.swimLane));
  return partsOf(inOrder, ({ control }) => [control.pillar]).map((pillar) => ({
    ...pillar,
    lanes: partsOf(pillar.controls, ({ control }) => [control.swimLane]).map((lane) => ({
      ...lane,
      title: catalogue.swimLanes.get(lane.id)?.title ?? lane.id,
      groups: partsOf(lane.controls, ({ control }) => [control.group]),
    })),
  }));
}

/** A control counts for each of its principles. */
export function byPrinciple(controls: readonly ControlPosture[]): readonly Part[] {
  return titled(
    partsOf(controls, ({ control }) => control.principles),
    PRINCIPLES,
  );
}

/** A control counts for each stage of the life cycle that it belongs to. */
export function byStage(controls: readonly ControlPosture[], { stages }: Catalogue): readonly Part[] {
  return titled(
    partsOf(controls, ({ control }) => control.stages),
    stages,
  );
}

const PRINCIPLES: ReadonlyMap<string, string> = new Map([
  ['verify-explicitly', 'Verify explicitly'],
  ['least-privilege', 'Use least privilege'],
  ['assume-breach', 'Assume breach'],
]);

export function tally(controls: readonly ControlPosture[]): Tally {
  const states = Object.fromEntries(CONTROL_STATES.map((state) => [state, 0])) as Record<ControlState, number>;
  for (const { state } of controls) states[state]++;
  return { total: controls.length, states, needed: controls.filter(({ demand }) => demand === 'needed').length };
}

function partsOf(controls: readonly ControlPosture[], keysOf: (control: ControlPosture) => readonly string[]): Part[] {
  const parts = new Map<string, ControlPosture[]>();
  for (const control of controls) {
    for (const key of keysOf(control)) {
      const its = parts.get(key);
      if (its) its.push(control);
      else parts.set(key, [control]);
    }
  }
  return [...parts].map(([id, its]) => ({ id, title: id, controls: its, ...tally(its) }));
}

function titled(parts: readonly Part[], titles: ReadonlyMap<string, string>): readonly Part[] {
  return [...titles].flatMap(([id, title]) => parts.filter((part) => part.id === id).map((part) => ({ ...part, title })));
}
