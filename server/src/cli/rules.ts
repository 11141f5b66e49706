import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES, type Rule } from '../catalogue/rule.ts';
import { controlsIn } from '../catalogue/satisfaction.ts';
import { jsonText, visible } from '../report/index.ts';
import { UsageError } from './arguments.ts';
import type { RulesCall } from './calls/rules.ts';
import type { Installation, Output } from './surroundings.ts';
import { Packs } from './packs.ts';

/** `threatwright rules`: the rules that hold in the working folder, the organisation's own among them. */
export function listRules(call: RulesCall, installation: Installation, output: Output): number {
  const packs = new Packs(installation);
  const catalogue = packs.around('.')?.catalogue ?? installation.catalogue();
  for (const { path } of packs.reports()) output.error(`threatwright: ${path} has problems: threatwright rules test says more.\n`);
  const rules = select(call, catalogue);
  output.write(call.format === 'json' ? jsonText(rules.map((rule) => ruleJson(rule, catalogue))) : table(rules, catalogue, output.columns));
  return 0;
}

function select(call: RulesCall, catalogue: Catalogue): readonly Rule[] {
  const all = [...catalogue.rules.values()];
  const by = (option: string, value: string | undefined, wordsOf: (rule: Rule) => readonly string[]) => {
    if (value === undefined) return () => true;
    const known = new Set(all.flatMap(wordsOf));
    if (!known.has(value)) throw new UsageError(`No rule has ${option} "${value}".${some(known)}`);
    return (rule: Rule) => wordsOf(rule).includes(value);
  };
  const tests = [
    by('--category', call.category, ({ category }) => [category]),
    by('--severity', call.severity, ({ severity }) => [severity]),
    by('--principle', call.principle, ({ principles }) => principles),
    by('--control', call.control && catalogue.alias('controls', call.control), ({ satisfiedBy }) => controlsIn(satisfiedBy)),
    by('--taxonomy', call.taxonomy, taxonomyWords),
  ];
  return all.filter((rule) => tests.every((test) => test(rule))).sort(bySeverity);
}

/** A taxonomy, or one id in it: `owasp-mcp` or `owasp-mcp:MCP01`. */
function taxonomyWords({ mappings, stride }: Rule): readonly string[] {
  const all = stride.length > 0 ? { ...mappings, stride } : mappings;
  return Object.entries(all).flatMap(([name, ids]) => [name, ...ids.map((id) => `${name}:${id}`)]);
}

/** The words to choose from, where a person can read them all. */
function some(words: ReadonlySet<string>): string {
  const short = [...words].filter((word) => !word.includes(':')).sort();
  return short.length <= 40 ? ` There are: ${short.join(', ')}.` : '';
}

function bySeverity(a: Rule, b: Rule): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || (a.id < b.id ? -1 : 1);
}

/** One line a rule; two where a terminal is too narrow for that. */
function table(rules: readonly Rule[], { off }: Catalogue, columns = Infinity): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  const rows = rules.map(({ id, severity, title }) => {
    const reason = off.get(id);
    return { start: severity.padEnd(8), id, title: visible(`${title}${reason === undefined ? '' : ` (off: ${reason})`}`) };
  });
  const oneLine = rows.map(({ start, id, title }) => `${start}  ${id.padEnd(width)}  ${title}`);
  const fits = oneLine.every((line) => line.length <= columns);
  const lines = fits ? oneLine : rows.flatMap(({ start, id, title }) => [`${start}  ${id}`, `${' '.repeat(start.length)}  ${title}`]);
  return [...lines, `${rules.length} rule${rules.length === 1 ? '' : 's'}`, ''].join('\n');
}

function ruleJson(rule: Rule, { off }: Catalogue): object {
  const { id, title, category, severity, principles, stride, mappings } = rule;
  return { id, title, category, severity, principles, stride, controls: controlsIn(rule.satisfiedBy), mappings, off: off.get(id) ?? null };
}
