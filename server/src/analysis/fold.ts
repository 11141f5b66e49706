import type { ReportedFinding } from './report.ts';
import type { CompiledRule } from './rules.ts';

/** One cause gives one finding: a finding is folded into that of a stronger rule on the same subject when its rule says so. */
export function foldFindings(findings: readonly ReportedFinding[], rules: readonly CompiledRule[]): readonly ReportedFinding[] {
  const stronger = new Map(rules.filter(({ rule }) => rule.foldInto.length > 0).map(({ rule }) => [rule.id, rule.foldInto]));
  if (stronger.size === 0) return findings;
  const byPlace = new Map(findings.map((finding) => [`${finding.rule} ${finding.subject}`, finding]));
  const also = new Map<ReportedFinding, string[]>();
  const folded = new Set<ReportedFinding>();
  for (const finding of findings) {
    const target = targetOf(finding, stronger, byPlace);
    if (!target) continue;
    folded.add(finding);
    also.set(target, [...(also.get(target) ?? []), finding.rule]);
  }
  return findings
    .filter((finding) => !folded.has(finding))
    .map((finding) => (also.has(finding) ? finding.with({ also: also.get(finding)!.sort() }) : finding));
}

/** The end of the chain of stronger rules that have a finding here and still ask for something. */
function targetOf(
  finding: ReportedFinding,
  stronger: ReadonlyMap<string, readonly string[]>,
  byPlace: ReadonlyMap<string, ReportedFinding>,
): ReportedFinding | undefined {
  const seen = new Set<string>();
  let at: ReportedFinding | undefined;
  let next = [finding];
  while (next.length > 0) {
    const rule: string = next[0]!.rule;
    if (seen.has(rule)) break;
    seen.add(rule);
    next = (stronger.get(rule) ?? [])
      .flatMap((id) => byPlace.get(`${id} ${finding.subject}`) ?? [])
      .filter((it) => it.state !== 'not-applicable' && it !== finding);
    at = next[0] ?? at;
  }
  return at;
}
