import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

export function snapshotOf(text: string, catalogue: Catalogue = readCatalogue()): Snapshot {
  return takeSnapshot(text, catalogue, TODAY);
}

/** A model that no rule has an opinion on. */
export const QUIET = 'threatmodel: 1\nriskTier: low\nintendedUse: none\n';

/** An agent that pays refunds without asking, and whatever a test adds. */
export function refunds(parts: {
  readonly top?: string;
  readonly agent?: string;
  readonly tool?: string;
  readonly flow?: string;
  readonly end?: string;
}): string {
  return [
    'threatmodel: 1',
    parts.top ?? '',
    'elements:',
    `  customer: { kind: human-user }`,
    `  agent: { kind: agent, title: Support agent, ${parts.agent ?? ''} }`,
    `  refunds: { kind: tool, sideEffects: [spend], ${parts.tool ?? ''} }`,
    'flows:',
    '  ask: { from: customer, to: agent, kind: prompt }',
    `  refund: { from: agent, to: refunds, kind: tool-call, ${parts.flow ?? ''} }`,
    parts.end ?? '',
    '',
  ].join('\n');
}
