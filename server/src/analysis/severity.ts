import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import { IN_PLACE } from './evidence.ts';
import type { ElementFact } from './facts.ts';
import type { Hit } from './hit.ts';
import type { Query } from './query.ts';
import type { CompiledCondition } from './rules.ts';

const RANK = Object.fromEntries(SEVERITIES.map((severity, rank) => [severity, rank])) as Readonly<Record<Severity, number>>;

export function rankOf(severity: Severity): number {
  return RANK[severity];
}

export function step(severity: Severity, by: number): Severity {
  return SEVERITIES[Math.max(0, Math.min(SEVERITIES.length - 1, rankOf(severity) + by))]!;
}

/** The rule's severity, one step up and one step down as its conditions say. */
export function severityOf(hit: Hit, query: Query): Severity {
  const { rule, raiseIf, lowerIf } = hit.rule;
  const applies = (condition: CompiledCondition): boolean => holds(condition, hit, query);
  return step(rule.severity, (raiseIf.some(applies) ? 1 : 0) - (lowerIf.some(applies) ? 1 : 0));
}

function holds(condition: CompiledCondition, hit: Hit, query: Query): boolean {
  const subject = hit.subject?.type === 'element' ? hit.subject : undefined;
  const { flow } = hit;
  if (condition.subject && !(subject && condition.subject(subject, query))) return false;
  if (condition.source && !hit.sources.concat(hit.source ?? []).some((source) => condition.source!(source, query))) return false;
  if (condition.sink && !(hit.sink && condition.sink(hit.sink, query))) return false;
  if (condition.some && !elementsOf(hit).some((element) => condition.some!(element, query))) return false;
  if (condition.flow && !(flow && query.relevant(flow, condition.flow) && condition.flow.holdsFor(flow, query))) return false;
  return condition.controls.every((control) =>
    hit
      .details()
      .trail.some(
        (fact) => (fact.type === 'element' ? query.evidence.atElement(fact, control) : query.evidence.atFlow(fact, control)) === IN_PLACE,
      ),
  );
}

function elementsOf(hit: Hit): ElementFact[] {
  return hit.details().trail.filter((fact): fact is ElementFact => fact.type === 'element');
}
