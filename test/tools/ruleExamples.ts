import { readSources } from '../../server/catalogue/build.ts';
import type { RuleExample } from '../../server/src/catalogue/rule.ts';

const sources = await readSources().then(
  (it) => it.rules,
  (error: Error) => error,
);

/** The examples of every finished rule, in the order of the files. Throws with every problem of the sources. */
export function readRuleExamples(): { rule: string; examples: readonly RuleExample[] }[] {
  if (sources instanceof Error) throw sources;
  return sources.filter(({ data }) => data.text.status === 'final').map(({ data }) => ({ rule: data.id, examples: data.examples ?? [] }));
}
