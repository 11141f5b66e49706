import { missingText, presentText, type Found } from '../analysis/index.ts';
import { drawn } from './meaning.ts';
import type { Snapshot } from './snapshot.ts';

/** What an editor says of a finding, or of the lesser findings of one subject, wherever they stand in the text. */
export interface FindingWords {
  readonly message: string;
  readonly findings: readonly { readonly rule: string; readonly fingerprint: string }[];
  readonly related: readonly { readonly subject: string; readonly message: string }[];
}

/** Of the findings in one line. */
const MOST_NAMED = 6;

/** The same is said again after every edit, so it is kept for as long as somebody has the finding. */
const ofOne = new WeakMap<Found['essence'], FindingWords & Pick<Found, 'state'> & { readonly most: number }>();
const ofSeveral = new WeakMap<Found['essence'], FindingWords & { readonly essences: readonly Found['essence'][]; readonly most: number }>();

/** The same object for the same words. Related places are given as far as `most`. */
export function wordsOf(finding: Found, snapshot: Snapshot, most: number): FindingWords {
  const known = ofOne.get(finding.essence);
  if (known?.state === finding.state && known.most === most) return known;
  const { fingerprint, rule, state } = finding;
  const words = {
    message: messageOf(finding, snapshot),
    findings: [{ rule, fingerprint }],
    related: finding.related.slice(0, most).map(({ subject, message }) => ({ subject, message })),
    state,
    most,
  };
  ofOne.set(finding.essence, words);
  return words;
}

function messageOf(finding: Found, { catalogue }: Snapshot): string {
  const rule = catalogue.rules.get(finding.rule);
  const missing = missingText(finding, catalogue);
  const present = presentText(finding, catalogue);
  const principles = rule?.principles.map((principle) => principle.replaceAll('-', ' ')).join(', ') ?? '';
  const state = finding.state === 'open' ? '' : ` State: ${finding.state}.`;
  return [
    /[.!?]$/.test(finding.message) ? finding.message : `${finding.message}.`,
    present && ` In place: ${present}.`,
    missing && ` Needs ${missing}.`,
    state,
    principles && ` Principle: ${principles}.`,
  ].join('');
}

/** The same object for the same words, of which `most` are related places. `findings` are medium and low ones of one subject, the heaviest first. */
export function wordsOfSeveral(findings: readonly [Found, ...Found[]], snapshot: Snapshot, most: number): FindingWords {
  const [first] = findings;
  const known = ofSeveral.get(first.essence);
  const isSame = known?.most === most && known.essences.length === findings.length;
  if (isSame && findings.every(({ essence }, at) => essence === known.essences[at])) return known;
  const { catalogue, model } = snapshot;
  const thing = drawn(model, first.subject);
  const medium = findings.filter(({ severity }) => severity === 'medium').length;
  const counts = [medium > 0 && `${medium} medium`, medium < findings.length && `${findings.length - medium} low`].filter(
    (it) => it !== false,
  );
  const names = findings.slice(0, MOST_NAMED).map(({ rule }) => `${catalogue.rules.get(rule)?.title ?? rule} (${rule})`);
  const others = findings.length - names.length;
  if (others > 0) names.push(`${others} more`);
  const words = {
    message: `${thing ? (thing.title ?? thing.id) : 'The whole system'} has ${counts.join(' and ')} findings: ${names.join('; ')}.`,
    findings: findings.map(({ rule, fingerprint }) => ({ rule, fingerprint })),
    related: findings.slice(0, most).map(({ subject, message }) => ({ subject, message })),
    most,
    essences: findings.map(({ essence }) => essence),
  };
  ofSeveral.set(first.essence, words);
  return words;
}
