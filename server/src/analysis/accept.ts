import type { Acceptance, Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Reported } from './report.ts';

/** Marks the findings that the author accepts, and says which acceptances have expired or match nothing. */
export function applyAcceptances(
  findings: readonly Reported[],
  model: Model,
  today: string,
): { findings: readonly Reported[]; problems: Problem[] } {
  if (model.accepted.length === 0) return { findings, problems: [] };
  const problems: Problem[] = [];
  const states = new Map<Reported, 'accepted' | 'expired'>();
  for (const acceptance of model.accepted) {
    const about = findings.filter(
      (finding) => finding.subject === acceptance.at && (finding.rule === acceptance.rule || finding.also.includes(acceptance.rule)),
    );
    const matching = about.filter((finding) => finding.rule === acceptance.rule);
    const expired = acceptance.until !== undefined && acceptance.until < today;
    if (about.length === 0) problems.push(matchesNothing(acceptance));
    else if (expired) problems.push(hasExpired(acceptance));
    for (const finding of matching) {
      const { mandatory } = finding.hit.rule;
      if (mandatory.length > 0) {
        problems.push(isRefused(acceptance, mandatory));
        continue;
      }
      const fresh = acceptance.from ? finding.sources.filter((source) => !acceptance.from!.includes(source)) : [];
      if (fresh.length > 0) problems.push(hasNewSource(acceptance, fresh));
      else if (states.get(finding) !== 'accepted') states.set(finding, expired ? 'expired' : 'accepted');
    }
  }
  return {
    findings: findings.map((finding) => {
      const state = states.get(finding);
      return state && finding.state !== 'not-applicable' ? finding.with({ state }) : finding;
    }),
    problems,
  };
}

function matchesNothing({ rule, at, span }: Acceptance): Problem {
  return {
    code: 'acceptance-matches-nothing',
    severity: 'warning',
    message: `Nothing to accept: rule ${rule} finds nothing at ${at}. Remove this entry.`,
    span,
  };
}

function isRefused({ rule, at, span }: Acceptance, mandatory: readonly string[]): Problem {
  const controls = mandatory.length === 1 ? `control ${mandatory[0] ?? ''}` : `controls ${mandatory.join(', ')}`;
  return {
    code: 'acceptance-refused',
    severity: 'error',
    message: `Not accepted: your organisation has made ${controls} mandatory, so ${rule} at ${at} must be fixed. Remove this entry.`,
    span,
  };
}

function hasExpired({ rule, at, until, span, untilSpan }: Acceptance): Problem {
  return {
    code: 'acceptance-expired',
    severity: 'warning',
    message: `The acceptance of ${rule} at ${at} ended on ${until ?? ''}: the finding is open again.`,
    span: untilSpan ?? span,
  };
}

function hasNewSource({ rule, at, span }: Acceptance, fresh: readonly string[]): Problem {
  return {
    code: 'acceptance-new-source',
    severity: 'warning',
    message: `Not accepted any more: ${rule} at ${at} can now also begin at ${fresh.join(', ')}.`,
    span,
  };
}
