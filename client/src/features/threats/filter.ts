import type { FindingState } from '../../../../server/src/analysis/finding.ts';
import type { Severity } from '../../../../server/src/catalogue/rule.ts';
import type { Row } from './rows.ts';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
export const STATES: readonly FindingState[] = ['open', 'unstated', 'partial', 'planned', 'expired', 'accepted', 'not-applicable'];

/** Which findings the list shows. */
export interface Filter {
  /** Every word of it is somewhere in what the list says of a finding. */
  readonly text: string;
  readonly severities: readonly Severity[];
  readonly states: readonly FindingState[];
}

/** What somebody must still act on. */
export const NO_FILTER: Filter = { text: '', severities: SEVERITIES, states: STATES.slice(0, 5) };

export function isFiltered({ text, severities, states }: Filter): boolean {
  return text.trim() !== '' || String(severities) !== String(NO_FILTER.severities) || String(states) !== String(NO_FILTER.states);
}

/** A test of rows. */
export function passes({ text, severities, states }: Filter): (row: Row) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (!severities.includes(row.severity) || !states.includes(row.state)) return false;
    return words.length === 0 || words.every((word) => textOf(row).includes(word));
  };
}

const texts = new WeakMap<Row, string>();

/** Made once for each row, because somebody who types a filter asks at every key. */
function textOf(row: Row): string {
  let text = texts.get(row);
  if (text === undefined) {
    const { message, rule, subject, subjectTitle, severity, state, about, modelTitle } = row;
    const { title, category, principles, pillar, swimLane } = about;
    text = [message, rule, title, subject, subjectTitle, severity, state, category, ...principles, pillar, swimLane, modelTitle]
      .join('\n')
      .toLowerCase();
    texts.set(row, text);
  }
  return text;
}

/** A filter that was kept from an earlier day; what is not understood of it is as if nothing had been chosen. */
export function readFilter(kept: unknown): Filter {
  const { text, severities, states } = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
  return {
    text: typeof text === 'string' ? text : NO_FILTER.text,
    severities: Array.isArray(severities) ? SEVERITIES.filter((it) => severities.includes(it)) : NO_FILTER.severities,
    states: Array.isArray(states) ? STATES.filter((it) => states.includes(it)) : NO_FILTER.states,
  };
}
