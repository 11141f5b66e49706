import { MODEL_SUBJECT } from '../analysis/index.ts';
import type { ById } from '../model/byId.ts';
import type { ControlStatement, Giver, Model } from '../model/model.ts';

/** What a giver (id of an element, flow or boundary, or `$model`) states instead of what it states now. */
export type Restated = (giver: string, stated: readonly ControlStatement[]) => readonly ControlStatement[];

/**
 * The model as it would be if controls were stated differently. What stays as it is keeps its identity, so that an
 * analysis of the result, given that of `model`, looks only at what has changed.
 */
export function restate(model: Model, controlsOf: Restated): Model {
  const each = <T extends Giver>(givers: ById<T>): ById<T> =>
    givers.with((giver) => {
      const controls = controlsOf(giver.id, giver.controls);
      return controls === giver.controls ? giver : { ...giver, controls };
    });
  return {
    ...model,
    controls: controlsOf(MODEL_SUBJECT, model.controls),
    boundaries: each(model.boundaries),
    elements: each(model.elements),
    flows: each(model.flows),
  };
}

/** The model read as complete: what it does not say is not there. The model itself when it is. */
export function asComplete(model: Model): Model {
  const isDraft = (giver: { readonly completeness: string | undefined }): boolean => giver.completeness === 'draft';
  const drafts = [...model.boundaries.values(), ...model.elements.values()].some(isDraft);
  if (model.completeness === 'complete' && !drafts) return model;
  const each = <T extends Giver>(givers: ById<T>): ById<T> =>
    givers.with((giver) => (isDraft(giver) ? { ...giver, completeness: 'complete' } : giver));
  return { ...model, completeness: 'complete', boundaries: each(model.boundaries), elements: each(model.elements) };
}

/** The model in which nothing is stated, accepted or left open for later: all that its rules have an opinion on is open. */
export function bare(model: Model): Model {
  const nothing: readonly ControlStatement[] = [];
  const silent = restate(asComplete(model), (_, stated) => (stated.length === 0 ? stated : nothing));
  return { ...silent, accepted: [], threats: [] };
}

/** The model in which controls are in place at givers, besides what is stated. */
export function withControls(model: Model, added: ReadonlyMap<string, ReadonlySet<string>>): Model {
  return restate(model, (giver, stated) => {
    const more = added.get(giver);
    if (!more) return stated;
    return [...stated.filter(({ control }) => !more.has(control)), ...[...more].map(inPlace)];
  });
}

function inPlace(control: string): ControlStatement {
  const nowhere = { start: 0, end: 0 };
  const nothing = { reason: undefined, evidence: undefined, owner: undefined, due: undefined };
  return { control, status: 'in-place', ...nothing, counts: true, span: nowhere, statusSpan: nowhere };
}
