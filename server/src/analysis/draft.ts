import type { Completeness } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute } from '../syntax/tree.ts';
import type { ElementFact } from './facts.ts';
import type { Finding } from './finding.ts';
import type { Hit } from './hit.ts';
import type { Query } from './query.ts';

/**
 * Unsaid is not absent: in a draft, a finding that rests on silence alone is held back and counted in one message for
 * its element, except for critical paths and capabilities, which are shown as `unstated`.
 */
export function holdBackDraft(
  reported: readonly { hit: Hit; finding: Finding }[],
  query: Query,
): { findings: Finding[]; problems: Problem[] } {
  const findings: Finding[] = [];
  const held = new Map<ElementFact | undefined, Finding[]>();
  for (const { hit, finding } of reported) {
    if (hit.verdict.explicit || finding.state === 'not-applicable' || completenessOf(hit, query) === 'complete') findings.push(finding);
    else if (finding.fullSeverity === 'critical' && isFarReaching(hit)) findings.push({ ...finding, state: 'unstated' });
    else {
      const element = elementOf(hit);
      held.set(element, [...(held.get(element) ?? []), finding]);
    }
  }
  return { findings, problems: [...held].map(([element, its]) => rollUp(element, its, query)) };
}

function isFarReaching({ rule }: Hit): boolean {
  return rule.matchers.some(({ shape }) => shape === 'path' || shape === 'capability');
}

/** The innermost word on how to read silence: of the subject, then of the boundaries around it, then of the model. */
function completenessOf(hit: Hit, query: Query): Completeness {
  const { model } = query.facts;
  const element = elementOf(hit);
  if (!element) return model.completeness;
  const stated = [element.element, ...element.boundaries.map((id) => model.boundaries.get(id))].find(
    (it) => it?.completeness !== undefined,
  );
  return stated?.completeness ?? model.completeness;
}

/** The element that a flow's finding is counted at: the one that is reached. */
function elementOf(hit: Hit): ElementFact | undefined {
  return hit.subject?.type === 'flow' ? hit.subject.to : hit.subject;
}

function rollUp(element: ElementFact | undefined, held: readonly Finding[], query: Query): Problem {
  const { model, catalogue } = query.facts;
  const wanted = [...new Set(held.flatMap((finding) => finding.missing[0] ?? []))];
  const names = wanted.slice(0, 5).map((id) => catalogue.controls.get(id)?.title ?? id);
  const more = wanted.length > names.length ? ` and ${wanted.length - names.length} more` : '';
  const what = element ? element.element.title : 'the system';
  return {
    code: 'unstated-controls',
    severity: 'info',
    message: `Draft: ${held.length === 1 ? '1 finding rests' : `${held.length} findings rest`} on controls of ${what} that are not stated yet: ${names.join(', ')}${more}.`,
    span: element
      ? absolute(model.baseOf(element.element), element.element.pair.key)
      : (model.keySpan('completeness') ?? model.keySpan('threatmodel') ?? { start: 0, end: 0 }),
  };
}
