import { bestGiver, isOpen, type Finding } from '../analysis/index.ts';
import type { TextEdit } from '../syntax/index.ts';
import { addControl } from './edits.ts';
import type { Snapshot } from './snapshot.ts';

/** Where a control is best stated, and the edits that do it. */
export interface BestPlace {
  /** Id of an element, flow or boundary, or `$model`. */
  readonly at: string;
  readonly edits: readonly TextEdit[];
}

/**
 * States a control where most open findings ask for it: each of them has a place nearest to it; of equal ones that of the
 * most severe finding. `undefined` when no open finding asks for it, or nothing can be added there.
 */
export function addAtBestPlace(snapshot: Snapshot, id: string): BestPlace | undefined {
  const control = snapshot.catalogue.controls.get(id);
  if (!control) return undefined;
  const places = new Map<string, number>();
  const asks = ({ state, missing }: Finding): boolean => isOpen(state) && missing.some((set) => set.includes(id));
  for (const finding of snapshot.findings.filter(asks)) {
    const at = bestGiver(snapshot.model, finding, control);
    if (at !== undefined) places.set(at, (places.get(at) ?? 0) + 1);
  }
  for (const [at] of [...places].sort(([, a], [, b]) => b - a)) {
    const edits = addControl(snapshot.syntax, snapshot.model, at, id);
    if (edits && edits.length > 0) return { at, edits };
  }
  return undefined;
}
