import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { applyAcceptances } from './accept.ts';
import { holdBackDraft } from './draft.ts';
import { buildFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { foldFindings } from './fold.ts';
import type { Hit } from './hit.ts';
import { matchCapabilities } from './matchCapability.ts';
import { matchElements, matchFlows } from './matchLocal.ts';
import { matchModel } from './matchModel.ts';
import { matchPaths } from './matchPath.ts';
import { Query } from './query.ts';
import { reportHit } from './report.ts';
import { rulesOf, type CompiledRule } from './rules.ts';
import { rankOf } from './severity.ts';

export interface AnalysisOptions {
  /** ISO date; decides which acceptances have expired. An input, so that results are reproducible. */
  readonly today: string;
}

export interface Analysis {
  /** Most severe first, then in source order. All states; consumers filter. */
  readonly findings: readonly Finding[];
  /** What the analysis has to say of the file: acceptances that match nothing, roll-ups of a draft. Absolute spans. */
  readonly problems: readonly Problem[];
}

/** Evaluates every rule of the catalogue on a model. Pure. */
export function analyse(model: Model, catalogue: Catalogue, options: AnalysisOptions): Analysis {
  const query = new Query(buildFacts(model, catalogue));
  const rules = rulesOf(catalogue);
  const reported = rules.flatMap((rule) => oneASubject(hitsOf(rule, query)).map((hit) => ({ hit, finding: reportHit(hit, query) })));
  const draft = holdBackDraft(reported, query);
  const folded = foldFindings(draft.findings, rules);
  const accepted = applyAcceptances(folded, model, options.today);
  return { findings: [...accepted.findings].sort(bySeverityThenSource), problems: [...draft.problems, ...accepted.problems] };
}

function hitsOf(rule: CompiledRule, query: Query): Hit[] {
  return rule.matchers.flatMap((matcher): Hit[] => {
    switch (matcher.shape) {
      case 'element':
        return matchElements(rule, matcher, query);
      case 'flow':
        return matchFlows(rule, matcher, query);
      case 'path':
        return matchPaths(rule, matcher.path, query);
      case 'capability':
        return matchCapabilities(rule, matcher, query);
      case 'model':
        return matchModel(rule, matcher.model, query);
    }
  });
}

/** A rule says one thing of a subject: the worst, with the sources of all. */
function oneASubject(hits: readonly Hit[]): Hit[] {
  if (hits.length < 2) return [...hits];
  const bySubject = new Map<string, Hit>();
  for (const hit of hits) {
    const key = hit.subject?.id ?? '';
    const other = bySubject.get(key);
    if (!other) bySubject.set(key, hit);
    else {
      const worse = WORST_FIRST.indexOf(hit.verdict.state) < WORST_FIRST.indexOf(other.verdict.state) ? hit : other;
      bySubject.set(key, { ...worse, sources: [...new Set([...other.sources, ...hit.sources])] });
    }
  }
  return [...bySubject.values()];
}

const WORST_FIRST: readonly Hit['verdict']['state'][] = ['open', 'planned', 'partial', 'not-applicable'];

function bySeverityThenSource(a: Finding, b: Finding): number {
  return rankOf(b.severity) - rankOf(a.severity) || a.span.start - b.span.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
