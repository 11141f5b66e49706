import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import { IN_PLACE } from './evidence.ts';
import type { ElementFact } from './fact.ts';
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
  if (raiseIf.length === 0 && lowerIf.length === 0) return rule.severity;
  return step(rule.severity, (someHolds(raiseIf, hit, query) ? 1 : 0) - (someHolds(lowerIf, hit, query) ? 1 : 0));
}

function someHolds(conditions: readonly CompiledCondition[], hit: Hit, query: Query): boolean {
  for (const condition of conditions) if (holds(condition, hit, query)) return true;
  return false;
}

function holds({ subject, source, sink, some, flow, controls }: CompiledCondition, hit: Hit, query: Query): boolean {
  if (subject && !(hit.subject?.type === 'element' && subject(hit.subject, query))) return false;
  if (source && !beginningsOf(hit).some((element) => source(element, query))) return false;
  if (sink && !(hit.sink && sink(hit.sink, query))) return false;
  if (flow && !(hit.flow && query.relevant(hit.flow, flow) && flow.holdsFor(hit.flow, query))) return false;
  if (some && !hit.trail.some((fact) => fact.type === 'element' && some(fact, query))) return false;
  return controls.every((control) =>
    hit.trail.some(
      (fact) => (fact.type === 'element' ? query.evidence.atElement(fact, control) : query.evidence.atFlow(fact, control)) === IN_PLACE,
    ),
  );
}

/** Where a path or capability begins, or where a flow does. */
function beginningsOf({ subject, sources, way }: Hit): readonly ElementFact[] {
  return subject?.type === 'flow' ? [...sources, way[0]!.from] : sources;
}
