import { readSources } from '../../server/catalogue/build.ts';
import type { RuleExample, Severity } from '../../server/src/catalogue/rule.ts';

const sources = await readSources().then(
  (it) => it.rules,
  (error: Error) => error,
);

export interface RuleExamples {
  readonly rule: string;
  readonly severity: Severity;
  readonly examples: readonly RuleExample[];
  readonly variants: readonly RuleExample[];
}

/** The examples and variants of every finished rule, in the order of the files. Throws with every problem of the sources. */
export function readRuleExamples(): RuleExamples[] {
  if (sources instanceof Error) throw sources;
  const finished = sources.filter(({ data }) => data.text.status === 'final');
  return finished.map(({ data: { id, severity, examples = [], variants = [] } }) => ({ rule: id, severity, examples, variants }));
}
