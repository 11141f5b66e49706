import type { EvidenceProblem } from '../../posture/index.ts';
import type { Span } from '../../syntax/tree.ts';
import { addControl } from '../edits.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Action } from './action.ts';
import { nameOf } from './givers.ts';

/** What can be done about what an assessment saw, at a place: state the control that it saw, or say that it is in place. */
export function evidenceActions(snapshot: Snapshot, problems: readonly EvidenceProblem[], range: Span): readonly Action[] {
  return problems
    .filter(({ span }) => span.start <= range.end && range.start <= span.end)
    .flatMap((problem): Action[] => {
      const { omitted, suggestions = [], span } = problem;
      const base = { kind: 'quickfix', preferred: false, about: problem } as const;
      const changes = suggestions.map((text): Action => ({ ...base, title: `Change to "${text}"`, edits: () => [{ span, text }] }));
      if (!omitted) return changes;
      const title = snapshot.catalogue.controls.get(omitted.control)?.title ?? omitted.control;
      const edits = (): ReturnType<Action['edits']> => addControl(snapshot.syntax, snapshot.model, omitted.at, omitted.control);
      return [...changes, { ...base, title: `Add control "${title}" to ${nameOf(snapshot, omitted.at)}`, edits }];
    });
}
