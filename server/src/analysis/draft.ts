import type { Completeness, Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute } from '../syntax/tree.ts';
import type { Context } from './context.ts';
import type { ElementFact } from './fact.ts';
import type { Hit } from './hit.ts';
import type { Reported } from './report.ts';

/** Findings that a draft does not show, by the element that they are counted at; `undefined` stands for the system. */
export type HeldBack = ReadonlyMap<ElementFact | undefined, readonly Reported[]>;

/**
 * Unsaid is not absent: in a draft, a finding that rests on silence alone is held back and counted in one message for
 * its element, except for critical paths and capabilities, which are shown as `unstated`.
 */
export function holdBackDraft(reported: readonly Reported[], context: Context): { findings: readonly Reported[]; heldBack: HeldBack } {
  const findings: Reported[] = [];
  let heldBack: Map<ElementFact | undefined, Reported[]> | undefined;
  const around = new Map<readonly string[], Completeness>();
  for (const finding of reported) {
    const { hit } = finding;
    if (hit.verdict.explicit || finding.state === 'not-applicable' || completenessOf(hit, context, around) === 'complete')
      findings.push(finding);
    else if (finding.fullSeverity === 'critical' && isFarReaching(hit)) findings.push(finding.with({ state: 'unstated' }));
    else {
      heldBack ??= new Map();
      const element = elementOf(hit);
      const others = heldBack.get(element);
      if (others) others.push(finding);
      else heldBack.set(element, [finding]);
    }
  }
  return { findings, heldBack: heldBack ?? NOTHING };
}

const NOTHING: HeldBack = new Map();

/** One message an element. */
export function rollUps(heldBack: HeldBack, model: Model, context: Context): Problem[] {
  if (heldBack.size === 0) return [];
  return [...heldBack].flatMap(([element, all]) => {
    // What a used file holds back it says itself.
    const held = all.filter(({ hit: { giver } }) => !giver?.origin);
    if (held.length === 0) return [];
    const wanted = [...new Set(held.flatMap((finding) => finding.missing[0] ?? []))];
    const names = wanted.slice(0, 5).map((id) => context.catalogue.controls.get(id)?.title ?? id);
    const more = wanted.length > names.length ? ` and ${wanted.length - names.length} more` : '';
    const what = element ? element.element.title : 'the system';
    const count = held.length === 1 ? '1 finding rests' : `${held.length} findings rest`;
    return {
      code: 'unstated-controls',
      severity: 'info',
      message: `Draft: ${count} on controls of ${what} that are not stated yet: ${names.join(', ')}${more}.`,
      span: element
        ? absolute(model.baseOf(element.element), element.element.pair.key)
        : (model.keySpan('completeness') ?? model.keySpan('threatmodel') ?? { start: 0, end: 0 }),
    };
  });
}

/** A path, which has a beginning, or a capability. A rule may look for paths and for single flows. */
function isFarReaching({ rule, sources }: Hit): boolean {
  return rule.matchers.some(({ shape }) => shape === 'capability' || (shape === 'path' && sources.length > 0));
}

/**
 * The innermost word on how to read silence: of the element, then of the boundaries around it, then of the model. `around`
 * remembers that of boundaries.
 */
function completenessOf(hit: Hit, context: Context, around: Map<readonly string[], Completeness>): Completeness {
  const element = elementOf(hit);
  if (!element) return context.completeness;
  const { boundaries } = element;
  const own = element.element.completeness ?? around.get(boundaries);
  if (own) return own;
  const stated = boundaries.map((id) => context.boundaries.get(id)?.completeness).find((word) => word !== undefined);
  around.set(boundaries, stated ?? context.completeness);
  return stated ?? context.completeness;
}

/** The element that a flow's finding is counted at: the one that is reached. */
function elementOf(hit: Hit): ElementFact | undefined {
  return hit.subject?.type === 'flow' ? hit.subject.to : hit.subject;
}
