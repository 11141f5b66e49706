import { controlsIn, satisfies } from './satisfaction.ts';
import type { CatalogueProblem, SourceFile } from './sources.ts';
import { completeRule, type RuleSource } from './sources.ts';
import { checkElementTest, checkFlowTest, checkMatch, type Report } from './check-match.ts';
import { checkMappings } from './check-mappings.ts';
import { placeholdersOf, valueMayBeUnsaid } from './placeholders.ts';
import type { Rule, RuleExample, Satisfaction } from './rule.ts';
import type { Words } from './words.ts';

/** Everything that is wrong with one rule, given the words of the catalogue. */
export function checkRule(source: SourceFile<RuleSource>, words: Words): readonly CatalogueProblem[] {
  const problems: CatalogueProblem[] = [];
  const report: Report = (at, code, message, word) => problems.push({ file: source.file, at, code, message, word });
  const rule = completeRule(source.data);

  if (!words.categories.has(rule.category)) report('category', 'unknown-category', `unknown category "${rule.category}"`);
  const path = `rules/${rule.category}/${rule.id}.yaml`;
  if (source.file !== path) report('id', 'misplaced-rule', `rule "${rule.id}" of category "${rule.category}" must be in ${path}`);
  checkMatch(rule.match, 'match', words, report);
  checkConditions(rule, words, report);
  checkMessage(rule, words, report);
  checkControls(rule, words, report);
  checkMappings(rule.mappings, 'mappings', words, report);
  checkMappings({ stride: rule.stride }, '', words, report);
  for (const other of rule.foldInto) {
    if (other === rule.id) report('foldInto', 'folded-into-itself', `rule "${rule.id}" cannot be folded into itself`, other);
    else if (!words.rules.has(other)) report('foldInto', 'unknown-rule', `unknown rule "${other}"`, other);
  }
  if (rule.text.status === 'final') checkFinished(rule, report);
  return problems;
}

function checkConditions(rule: Rule, words: Words, report: Report): void {
  for (const key of ['raiseIf', 'lowerIf'] as const) {
    rule[key].forEach((condition, index) => {
      const at = `${key}[${index}]`;
      for (const part of ['subject', 'source', 'sink', 'some'] as const) {
        if (condition[part] !== undefined) checkElementTest(condition[part], `${at}.${part}`, words, report);
      }
      if (condition.flow !== undefined) checkFlowTest(condition.flow, `${at}.flow`, words, report);
      for (const control of condition.controls ?? []) {
        if (!words.controls.has(control)) report(`${at}.controls`, 'unknown-control', `unknown control "${control}"`, control);
      }
    });
  }
}

function checkMessage(rule: Rule, words: Words, report: Report): void {
  const offered = placeholdersOf(rule.match);
  for (const [, name = ''] of rule.message.matchAll(/\{([^{}]*)\}/g)) {
    if (!offered.has(name)) {
      const known = [...offered].map((word) => `{${word}}`).join(', ');
      report('message', 'unknown-placeholder', `placeholder "{${name}}" is not offered by this match (offered: ${known})`);
    } else if (name === 'value' && valueMayBeUnsaid(rule.match, words)) {
      report(
        'message',
        'empty-placeholder',
        'placeholder "{value}" may stand for nothing: the match also holds when the file does not say the property',
      );
    }
  }
}

function checkControls(rule: Rule, words: Words, report: Report): void {
  const named = controlsIn(rule.satisfiedBy);
  const known = named.filter((control) => words.controls.has(control));
  for (const control of named) {
    if (!words.controls.has(control)) report('satisfiedBy', 'unknown-control', `unknown control "${control}"`, control);
  }
  if (known.length === named.length) checkReachable(rule.satisfiedBy, 'satisfiedBy', words, report);
  for (const control of rule.suggest) {
    if (!words.controls.has(control)) report('suggest', 'unknown-control', `unknown control "${control}"`, control);
    else if (!named.includes(control))
      report('suggest', 'unfit-suggestion', `control "${control}" is suggested but is not in satisfiedBy`, control);
  }
  if (rule.suggest.length > 0 && !satisfies(rule.satisfiedBy, new Set(rule.suggest), words.controls)) {
    report('suggest', 'unfit-suggestion', `the suggested controls (${rule.suggest.join(', ')}) together do not satisfy the rule`);
  }
}

/** Each part of an expression can be satisfied at all. */
function checkReachable(expression: Satisfaction, at: string, words: Words, report: Report): void {
  if (typeof expression === 'string') return;
  if ('layered' in expression) {
    if (!satisfies(expression, new Set(expression.layered.of), words.controls)) {
      report(
        `${at}.layered`,
        'cannot-be-satisfied',
        'even all these controls together have too few different layers, or too few of them are deterministic',
      );
    }
    return;
  }
  const key = 'anyOf' in expression ? 'anyOf' : 'allOf';
  const parts = 'anyOf' in expression ? expression.anyOf : expression.allOf;
  parts.forEach((part, index) => checkReachable(part, `${at}.${key}[${index}]`, words, report));
}

const MARK = /#!\s*$/m;

function checkFinished(rule: Rule, report: Report): void {
  for (const part of ['why', 'fix', 'cost', 'accept'] as const) {
    if (rule.text[part].trim() === '') report(`text.${part}`, 'unfinished-rule', `a final rule must say its "${part}"`);
  }
  for (const kind of ['bad', 'good', 'near-miss'] as const satisfies readonly RuleExample['kind'][]) {
    if (!rule.examples.some((example) => example.kind === kind))
      report('examples', 'unfinished-rule', `a final rule must have a "${kind}" example`);
  }
  for (const key of ['examples', 'variants'] as const) {
    rule[key].forEach((example, index) => {
      const marked = MARK.test(example.model);
      const what = key.slice(0, -1);
      if (example.kind === 'bad' && !marked)
        report(`${key}[${index}]`, 'unmarked-example', `a bad ${what} must mark the line of its finding with "#!"`);
      if (example.kind !== 'bad' && marked)
        report(`${key}[${index}]`, 'marked-example', `a ${example.kind} ${what} has no finding and so no "#!"`);
    });
  }
}
