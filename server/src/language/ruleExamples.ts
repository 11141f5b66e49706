import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RuleExample } from '../catalogue/rule.ts';
import { LineIndex } from '../syntax/index.ts';
import { takeSnapshot } from './snapshot.ts';

/** Runs an example of a rule. What is wrong with it, as a clause; `undefined` when it does what it should. */
export function runExample(rule: string, { kind, model: text }: RuleExample, catalogue: Catalogue, today: string): string | undefined {
  const snapshot = takeSnapshot(text, catalogue, today);
  const lines = new LineIndex(text);
  const mistake = snapshot.model.problems.find(({ severity }) => severity === 'error' || severity === 'warning');
  if (mistake) return `line ${lines.positionAt(mistake.span.start).line + 1} of the model is wrong: ${mistake.message}`;
  const found = snapshot.findings
    .filter((finding) => finding.state !== 'not-applicable' && (finding.rule === rule || finding.also.includes(rule)))
    .map(({ span }) => lines.positionAt(span.start).line + 1);
  if (kind !== 'bad') return found.length > 0 ? `the rule must stay silent, but is raised on line ${found.join(', ')}` : undefined;
  const marked = text.split('\n').findIndex((line) => /#!\s*$/.test(line)) + 1;
  if (found.includes(marked)) return undefined;
  return `the rule must be raised on line ${marked}, but is raised ${found.length > 0 ? `on line ${found.join(', ')}` : 'nowhere'}`;
}
