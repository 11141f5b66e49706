import { enclosing } from '../../model/inside.ts';
import { editFromDiagram } from '../diagramEdits.ts';
import type { Snapshot } from '../snapshot.ts';
import { subjectAt } from '../subjectAt.ts';
import type { Action } from './action.ts';

/** A list to choose from, not a register. */
const MOST = 12;

/** Moves of the element or boundary at an offset into other boundaries: the nearest ones first. */
export function* moves(snapshot: Snapshot, offset: number): Generator<Action> {
  const { model } = snapshot;
  const id = subjectAt(snapshot, offset) ?? '';
  const thing = model.elements.get(id) ?? model.boundaries.get(id);
  if (!thing) return;
  const here = thing.type === 'element' ? thing.boundaries[0] : thing.parent;
  const around = here === undefined ? [] : enclosing(here, model.boundaries);
  const distance = (boundary: string): number => {
    const chain = enclosing(boundary, model.boundaries);
    const common = chain.findIndex((other) => around.includes(other));
    return common < 0 ? chain.length + around.length : common + around.indexOf(chain[common]!);
  };
  const targets = [...model.boundaries.keys()]
    .filter(
      (boundary) =>
        boundary !== here && boundary !== id && !(thing.type === 'boundary' && enclosing(boundary, model.boundaries).includes(id)),
    )
    .map((boundary) => ({ boundary, far: distance(boundary) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST);
  for (const { boundary } of targets)
    yield move(snapshot, id, boundary, `Move ${id} into ${model.boundaries.get(boundary)?.title ?? boundary}`);
  if (here !== undefined) yield move(snapshot, id, undefined, `Move ${id} outside of all boundaries`);
}

function move(snapshot: Snapshot, id: string, into: string | undefined, title: string): Action {
  const edits = (): ReturnType<Action['edits']> => {
    const outcome = editFromDiagram(snapshot, { do: 'move', id, into });
    return 'edits' in outcome ? outcome.edits : undefined;
  };
  return { kind: 'refactor.move', title, preferred: false, about: undefined, edits };
}
