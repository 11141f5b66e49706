import type { Located } from '../model/model.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import type { ElementFact, FlowFact } from './facts.ts';
import { statedProperty } from './facts.ts';
import type { Finding, FindingState } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Hit } from './hit.ts';
import { severityOf, step } from './severity.ts';
import type { Query } from './query.ts';

/** Subject of a finding about the whole model. */
export const MODEL_SUBJECT = '$model';

/** Turns a hit into a finding: words, exact place, severity, fingerprint. Acceptance and folding come later. */
export function reportHit(hit: Hit, query: Query): Finding {
  const { rule, requirement } = hit.rule;
  const { verdict } = hit;
  const fullSeverity = severityOf(hit, query);
  const promised = verdict.state === 'planned' || verdict.state === 'partial';
  const subject = hit.subject?.id ?? MODEL_SUBJECT;
  const sources = [...new Set(hit.sources.map((source) => source.id))].sort();
  return {
    rule: rule.id,
    severity: promised ? step(fullSeverity, -1) : fullSeverity,
    fullSeverity,
    state: verdict.state,
    subject,
    message: fill(rule.message, hit),
    span: placeOf(hit, query),
    missing: requirement.alternatives(verdict.inPlace, verdict.notApplicable),
    present: requirement.controls.filter((_, at) => (verdict.inPlace >> at) & 1),
    related: hit.places.map(({ at, message }) => ({ subject: at, message, span: keySpanOf(at, query) })),
    sources,
    trail: [...new Set(hit.trail.map((fact) => fact.id))],
    givers: giversOf(hit, query),
    also: [],
    fingerprint: fingerprint([rule.id, subject, ...sources]),
  };
}

/** States that a reader must still act on. */
export function isOpen(state: FindingState): boolean {
  return state !== 'accepted' && state !== 'not-applicable';
}

function fill(template: string, hit: Hit): string {
  const names: Readonly<Record<string, ElementFact | FlowFact | string>> = hit.names;
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(names, name) ? names[name]! : '';
    return typeof value === 'string' ? value : titleOf(value);
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An element's title; of a flow its own title, else its two ends. */
function titleOf(fact: ElementFact | FlowFact): string {
  if (fact.type === 'element') return fact.element.title;
  return fact.flow.title !== fact.flow.id ? fact.flow.title : `${fact.from.element.title} → ${fact.to.element.title}`;
}

/** The line to change: the unsafe value, the control that is not enough, the `controls` key, or the subject itself. */
function placeOf(hit: Hit, query: Query): Span {
  const { model } = query.facts;
  if (!hit.subject) return model.keySpan('controls') ?? model.keySpan('threatmodel') ?? { start: 0, end: 0 };
  const { subject } = hit;
  const giver = subject.type === 'element' ? subject.element : subject.flow;
  const base = model.baseOf(giver);
  for (const matcher of hit.rule.matchers) {
    if (matcher.shape !== 'element' && matcher.shape !== 'flow') continue;
    for (const { name, values } of matcher.properties) {
      const stated = statedProperty(subject, name);
      if (stated?.values.some((value) => values.some((unsafe) => String(unsafe) === String(value)))) return absolute(base, stated.span);
    }
  }
  const involved = new Set(hit.rule.requirement.controls);
  const insufficient = giver.controls.find(({ control, status }) => involved.has(control) && status !== 'in-place');
  if (insufficient) return absolute(base, insufficient.statusSpan);
  return absolute(base, giver.controlsKey ?? giver.pair.key);
}

function keySpanOf(id: string, query: Query): Span {
  const { model } = query.facts;
  const thing: Located | undefined = model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
  return thing ? absolute(model.baseOf(thing), thing.pair.key) : { start: 0, end: 0 };
}

/** The hit's own places, then the boundaries around its elements from the inside out, then the system. */
function giversOf(hit: Hit, query: Query): string[] {
  const elements = hit.givers.filter((fact): fact is ElementFact => fact.type === 'element');
  const boundaries = elements.flatMap((element) => element.boundaries);
  const crossed = hit.givers.flatMap((fact) => (fact.type === 'flow' ? fact.crosses : []));
  const own = hit.givers.map((fact) => fact.id);
  const model = query.facts.model;
  return [...new Set([...own, ...boundaries, ...crossed])]
    .filter((id) => model.elements.has(id) || model.flows.has(id) || model.boundaries.has(id))
    .concat(MODEL_SUBJECT);
}
