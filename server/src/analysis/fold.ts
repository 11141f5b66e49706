import type { Reported } from './report.ts';
import type { CompiledRule } from './rules.ts';

/** One cause gives one finding: a finding is folded into that of a stronger rule on the same subject when its rule says so. */
export function foldFindings(findings: readonly Reported[], rules: readonly CompiledRule[]): readonly Reported[] {
  const { stronger, targets } = foldsOf(rules);
  const weaker = findings.filter(({ rule }) => stronger.has(rule));
  if (weaker.length === 0) return findings;
  const byRule = new Map<string, Map<string, Reported>>();
  for (const finding of findings) {
    if (!targets.has(finding.rule)) continue;
    const its = byRule.get(finding.rule);
    if (its) its.set(finding.subject, finding);
    else byRule.set(finding.rule, new Map([[finding.subject, finding]]));
  }
  const also = new Map<Reported, string[]>();
  const folded = new Set<Reported>();
  for (const finding of weaker) {
    const target = targetOf(finding, stronger, byRule);
    if (!target) continue;
    folded.add(finding);
    also.set(target, [...(also.get(target) ?? []), finding.rule]);
  }
  if (folded.size === 0) return findings;
  const left: Reported[] = [];
  for (const finding of findings) {
    const others = also.get(finding);
    if (!folded.has(finding)) left.push(others ? finding.with({ also: others.sort() }) : finding);
  }
  return left;
}

interface Folds {
  /** Rule → the rules that it is folded into, the preferred one first. */
  readonly stronger: ReadonlyMap<string, readonly string[]>;
  readonly targets: ReadonlySet<string>;
}

const folds = new WeakMap<readonly CompiledRule[], Folds>();

function foldsOf(rules: readonly CompiledRule[]): Folds {
  let known = folds.get(rules);
  if (!known) {
    const stronger = new Map(rules.filter(({ rule }) => rule.foldInto.length > 0).map(({ rule }) => [rule.id, rule.foldInto]));
    known = { stronger, targets: new Set([...stronger.values()].flat()) };
    folds.set(rules, known);
  }
  return known;
}

/** The end of the chain of stronger rules that have a finding here and still ask for something. */
function targetOf(
  finding: Reported,
  stronger: ReadonlyMap<string, readonly string[]>,
  byRule: ReadonlyMap<string, ReadonlyMap<string, Reported>>,
): Reported | undefined {
  const seen = new Set<string>();
  let at: Reported | undefined;
  let next = [finding];
  while (next.length > 0) {
    const rule: string = next[0]!.rule;
    if (seen.has(rule)) break;
    seen.add(rule);
    next = (stronger.get(rule) ?? [])
      .flatMap((id) => byRule.get(id)?.get(finding.subject) ?? [])
      .filter((it) => it.state !== 'not-applicable' && it !== finding);
    at = next[0] ?? at;
  }
  return at;
}
