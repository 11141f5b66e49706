import { l10n } from 'vscode';
import type { FindingState } from '../../../../server/src/analysis/finding.ts';
import type { Severity } from '../../../../server/src/catalogue/rule.ts';
import type { Grouping } from './tree.ts';

/** The words of the list, in the language of the editor. */

export function severityLabel(severity: Severity): string {
  switch (severity) {
    case 'critical':
      return l10n.t('Critical');
    case 'high':
      return l10n.t('High');
    case 'medium':
      return l10n.t('Medium');
    case 'low':
      return l10n.t('Low');
  }
}

export function stateLabel(state: FindingState): string {
  switch (state) {
    case 'open':
      return l10n.t('open');
    case 'unstated':
      return l10n.t('unstated');
    case 'partial':
      return l10n.t('partial');
    case 'planned':
      return l10n.t('planned');
    case 'accepted':
      return l10n.t('accepted');
    case 'expired':
      return l10n.t('acceptance expired');
    case 'not-applicable':
      return l10n.t('not applicable');
  }
}

export function groupingLabel(grouping: Grouping): string {
  switch (grouping) {
    case 'severity':
      return l10n.t('Severity');
    case 'element':
      return l10n.t('Element');
    case 'rule':
      return l10n.t('Rule');
    case 'principle':
      return l10n.t('Zero Trust principle');
    case 'swimLane':
      return l10n.t('Swim lane');
  }
}

/** `verify-explicitly` as people write it. A principle that is new to us is shown as it is. */
export function principleLabel(principle: string): string {
  switch (principle) {
    case 'verify-explicitly':
      return l10n.t('Verify explicitly');
    case 'least-privilege':
      return l10n.t('Use least privilege');
    case 'assume-breach':
      return l10n.t('Assume breach');
    default:
      return principle;
  }
}

/** `2 critical, 5 high`, without what is not there. */
export function countsLabel(counts: Readonly<Record<Severity, number>>): string {
  const parts = [
    counts.critical > 0 && l10n.t('{0} critical', counts.critical),
    counts.high > 0 && l10n.t('{0} high', counts.high),
    counts.medium > 0 && l10n.t('{0} medium', counts.medium),
    counts.low > 0 && l10n.t('{0} low', counts.low),
  ];
  return parts.filter((part) => part !== false).join(', ');
}
