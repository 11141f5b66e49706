import { analyse, AUTHOR_RULE, isOpen, type Analysis, type Finding, type FindingState } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Severity } from '../catalogue/rule.ts';
import { controlsIn } from '../catalogue/satisfaction.ts';
import type { Model } from '../model/model.ts';
import { asComplete, bare } from './restate.ts';

/**
 * A threat that was considered: a rule that *applies* to a subject, which means that it would have a finding there if the
 * model stated no controls. `satisfied` when the controls that it does state are enough.
 */
export interface Threat {
  readonly rule: string;
  /** Id of the element, flow or boundary, or `$model`. */
  readonly subject: string;
  readonly state: FindingState | 'satisfied';
  /** What it would be without controls. */
  readonly severity: Severity;
  /** The finding that says it, its own or the one that it is folded into; `undefined` when satisfied or held back by a draft. */
  readonly finding: Finding | undefined;
  /** For a satisfied one: the controls of its rule that are in place where they count for it. */
  readonly by: readonly string[];
}

export interface Subject {
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly analysis: Analysis;
  /** ISO date, see `AnalysisOptions`. */
  readonly today: string;
}

/** Every threat that the rules consider in a model, the author's own among them, in the order of `$model`, elements, flows. */
export function consideredThreats({ model, catalogue, analysis, today }: Subject): readonly Threat[] {
  const naked = analyse(bare(model), catalogue, { today });
  const complete = asComplete(model);
  const said = byRuleAndSubject(analysis.findings);
  // A draft holds findings back; as a complete model it would have them.
  const unsaid = complete === model ? said : byRuleAndSubject(analyse(complete, catalogue, { today }).findings);
  const inPlace = statedInPlace(model);
  const threats: Threat[] = [];
  for (const would of naked.findings) {
    for (const rule of [would.rule, ...would.also]) {
      const key = keyOf(rule, would.subject);
      const finding = said.get(key);
      const state = finding?.state ?? (unsaid.has(key) ? 'unstated' : 'satisfied');
      const severity =
        finding?.rule === rule ? finding.fullSeverity : rule === would.rule ? would.fullSeverity : severityOf(rule, catalogue);
      const by = state === 'satisfied' ? satisfying(rule, would, inPlace, catalogue) : [];
      threats.push({ rule, subject: would.subject, state, severity, finding, by });
    }
  }
  for (const finding of analysis.findings) {
    if (finding.rule !== AUTHOR_RULE) continue;
    threats.push({ rule: AUTHOR_RULE, subject: finding.subject, state: finding.state, severity: finding.severity, finding, by: [] });
  }
  const order = new Map(['$model', ...model.elements.keys(), ...model.flows.keys()].map((id, at) => [id, at]));
  const at = ({ subject }: Threat): number => order.get(subject) ?? order.size;
  return threats
    .map((threat, index) => ({ threat, index }))
    .sort((a, b) => at(a.threat) - at(b.threat) || a.index - b.index)
    .map(({ threat }) => threat);
}

/** Whether somebody must still act on it. */
export function isThreatOpen({ state }: Threat): boolean {
  return state !== 'satisfied' && isOpen(state);
}

function byRuleAndSubject(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings) for (const rule of finding.also) found.set(keyOf(rule, finding.subject), finding);
  for (const finding of findings) found.set(keyOf(finding.rule, finding.subject), finding);
  return found;
}

const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

function severityOf(rule: string, catalogue: Catalogue): Severity {
  return catalogue.rules.get(rule)?.severity ?? 'medium';
}

/** Control → the givers that state it as in place. */
function statedInPlace(model: Model): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  const collect = (giver: string, controls: Model['controls']): void => {
    for (const { control, status, counts } of controls) {
      if (status !== 'in-place' || !counts) continue;
      const known = places.get(control);
      if (known) known.add(giver);
      else places.set(control, new Set([giver]));
    }
  };
  collect('$model', model.controls);
  for (const givers of [model.boundaries, model.elements, model.flows])
    for (const { id, controls } of givers.values()) collect(id, controls);
  return places;
}

/** Those stated where the finding would ask for them; failing that (who is consulted, who is on the way), those stated anywhere. */
function satisfying(
  rule: string,
  would: Finding,
  inPlace: ReadonlyMap<string, ReadonlySet<string>>,
  catalogue: Catalogue,
): readonly string[] {
  const expression = catalogue.rules.get(rule)?.satisfiedBy;
  const stated = expression === undefined ? [] : controlsIn(expression).filter((control) => inPlace.has(control));
  if (stated.length < 2) return stated;
  const near = stated.filter((control) => would.givers.some((giver) => inPlace.get(control)?.has(giver)));
  return near.length > 0 ? near : stated;
}
