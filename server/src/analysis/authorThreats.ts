import { SEVERITIES } from '../catalogue/rule.ts';
import type { AuthorThreat, Model } from '../model/model.ts';
import { hashText, hexOf } from '../syntax/hash.ts';
import type { Finding, FindingState } from './finding.ts';
import { MODEL_SUBJECT } from './hit.ts';

/** What stands for the rule in findings that the author has stated by hand. */
export const AUTHOR_RULE = '$author';

/** Statuses with which an author says that nothing is left to do. */
const SETTLED: ReadonlySet<string> = new Set(['mitigated', 'closed', 'resolved', 'not-applicable']);

/** The author's own threats as findings, so that they are shown and counted with the others; the message marks them. */
export function authorFindings(model: Model): Finding[] {
  return model.threats.map((threat) => {
    const subject = threat.at === '' ? MODEL_SUBJECT : threat.at;
    const severity = SEVERITIES.find((it) => it === threat.severity) ?? 'medium';
    return {
      rule: AUTHOR_RULE,
      severity,
      fullSeverity: severity,
      state: stateOf(threat),
      subject,
      message: `Stated by the author: ${threat.title}`,
      span: threat.span,
      missing: [],
      present: [],
      related: [],
      sources: [],
      trail: subject === MODEL_SUBJECT ? [] : [subject],
      givers: [],
      also: [],
      essence: threat,
      fingerprint: hexOf(hashText([AUTHOR_RULE, subject, threat.title].join('\u0000'))),
    };
  });
}

function stateOf({ status }: AuthorThreat): FindingState {
  if (status === 'accepted') return 'accepted';
  return status !== undefined && SETTLED.has(status) ? 'not-applicable' : 'open';
}
