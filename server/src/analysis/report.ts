import type { Severity } from '../catalogue/rule.ts';
import type { Giver, Located, Model } from '../model/model.ts';
import { hashText, hexOf } from '../syntax/hash.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import type { ElementFact, FlowFact } from './facts.ts';
import { statedProperty } from './facts.ts';
import type { Finding, FindingPlace, FindingState } from './finding.ts';
import type { Hit, HitDetails } from './hit.ts';
import { step } from './severity.ts';

/** Subject of a finding about the whole model. */
export const MODEL_SUBJECT = '$model';

/** What may be said differently of a finding after it was found. */
interface Particulars {
  readonly model: Model;
  readonly state: FindingState;
  readonly also: readonly string[];
}

/** What a finding says wherever its text has moved to: made when first asked for, and kept for later versions. */
class Words {
  private readonly hit: Hit;
  private knownDetails: HitDetails | undefined;
  private knownMessage: string | undefined;
  private knownSources: readonly string[] | undefined;
  private knownFingerprint: string | undefined;

  constructor(hit: Hit) {
    this.hit = hit;
  }

  get details(): HitDetails {
    return (this.knownDetails ??= this.hit.details());
  }

  get message(): string {
    return (this.knownMessage ??= fill(this.hit.rule.rule.message, this.details.names));
  }

  get sources(): readonly string[] {
    return (this.knownSources ??= [...new Set(this.hit.sources.map((source) => source.id))].sort());
  }

  get fingerprint(): string {
    return (this.knownFingerprint ??= hexOf(
      hashText([this.hit.rule.rule.id, this.hit.subject?.id ?? MODEL_SUBJECT, ...this.sources].join('\u0000')),
    ));
  }
}

/**
 * A hit as a finding: words, exact place, severity, fingerprint. The parts that are only for showing are made when they
 * are first asked for.
 */
export class ReportedFinding implements Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly fullSeverity: Severity;
  readonly state: FindingState;
  readonly subject: string;
  readonly also: readonly string[];
  readonly hit: Hit;
  private knownSpan: Span | undefined;
  private readonly model: Model;
  private readonly place: Place;
  private readonly words: Words;

  private constructor(hit: Hit, fullSeverity: Severity, place: Place, words: Words, { model, state, also }: Particulars) {
    const promised = hit.verdict.state === 'planned' || hit.verdict.state === 'partial';
    this.hit = hit;
    this.model = model;
    this.place = place;
    this.words = words;
    this.rule = hit.rule.rule.id;
    this.fullSeverity = fullSeverity;
    this.severity = promised ? step(fullSeverity, -1) : fullSeverity;
    this.state = state;
    this.subject = hit.subject?.id ?? MODEL_SUBJECT;
    this.also = also;
  }

  static of(hit: Hit, severity: Severity, model: Model): ReportedFinding {
    return new ReportedFinding(hit, severity, placeOf(hit), new Words(hit), { model, state: hit.verdict.state, also: [] });
  }

  with(changes: { readonly state?: FindingState; readonly also?: readonly string[] }): ReportedFinding {
    return new ReportedFinding(this.hit, this.fullSeverity, this.place, this.words, {
      model: this.model,
      state: this.state,
      also: this.also,
      ...changes,
    });
  }

  /** The same finding in a later version of the model, in which its component has not changed but may have moved. */
  in(model: Model): ReportedFinding {
    return new ReportedFinding(this.hit, this.fullSeverity, this.place, this.words, { model, state: this.state, also: this.also });
  }

  /** The same finding, shown at a thing that is not its subject. */
  at(thing: Giver): ReportedFinding {
    const place = { thing, span: thing.controlsKey ?? thing.pair.key };
    return new ReportedFinding(this.hit, this.fullSeverity, place, this.words, { model: this.model, state: this.state, also: this.also });
  }

  get span(): Span {
    const { thing, span } = this.place;
    return (this.knownSpan ??= thing ? absolute(this.model.baseOf(thing), span) : systemPlace(this.model));
  }

  get message(): string {
    return this.words.message;
  }

  get missing(): readonly (readonly string[])[] {
    const { inPlace, notApplicable } = this.hit.verdict;
    return this.hit.rule.requirement.alternatives(inPlace, notApplicable);
  }

  get present(): readonly string[] {
    return this.hit.rule.requirement.controls.filter((_, at) => (this.hit.verdict.inPlace >> at) & 1);
  }

  get related(): readonly FindingPlace[] {
    return this.words.details.places.map(({ at, message }) => ({ subject: at, message, span: keySpanOf(at, this.model) }));
  }

  get sources(): readonly string[] {
    return this.words.sources;
  }

  get trail(): readonly string[] {
    return [...new Set(this.words.details.trail.map((fact) => fact.id))];
  }

  get givers(): readonly string[] {
    return giversOf(this.words.details.givers, this.model);
  }

  get fingerprint(): string {
    return this.words.fingerprint;
  }
}

function fill(template: string, names: HitDetails['names']): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(names, name) ? names[name]! : '';
    return typeof value === 'string' ? value : titleOf(value);
  });
}

/** An element's title; of a flow its own title, else its two ends. */
function titleOf(fact: ElementFact | FlowFact): string {
  if (fact.type === 'element') return fact.element.title;
  return fact.flow.title !== fact.flow.id ? fact.flow.title : `${fact.from.element.title} → ${fact.to.element.title}`;
}

/** A span of a thing, relative to where it begins; without a thing, the place of the whole model. */
interface Place {
  readonly thing: Located | undefined;
  readonly span: Span;
}

/** The line to change: the unsafe value, the control that is not enough, the `controls` key, or the subject itself. */
function placeOf(hit: Hit): Place {
  if (!hit.subject) return { thing: undefined, span: { start: 0, end: 0 } };
  const { subject } = hit;
  const thing = subject.type === 'element' ? subject.element : subject.flow;
  for (const matcher of hit.rule.matchers) {
    if (matcher.shape !== 'element' && matcher.shape !== 'flow') continue;
    for (const { name, values } of matcher.properties) {
      const stated = statedProperty(subject, name);
      if (stated?.values.some((value) => values.some((unsafe) => String(unsafe) === String(value)))) return { thing, span: stated.span };
    }
  }
  const insufficient = thing.controls.find(
    ({ control, status }) => status !== 'in-place' && hit.rule.requirement.controls.includes(control),
  );
  return { thing, span: insufficient?.statusSpan ?? thing.controlsKey ?? thing.pair.key };
}

function systemPlace(model: Model): Span {
  return model.keySpan('controls') ?? model.keySpan('threatmodel') ?? { start: 0, end: 0 };
}

function keySpanOf(id: string, model: Model): Span {
  const thing: Located | undefined = model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
  return thing ? absolute(model.baseOf(thing), thing.pair.key) : { start: 0, end: 0 };
}

/** The hit's own places, then the boundaries around its elements from the inside out, then the system. */
function giversOf(givers: HitDetails['givers'], model: Model): string[] {
  const around = givers.flatMap((fact) => (fact.type === 'element' ? fact.boundaries : []));
  const crossed = givers.flatMap((fact) => (fact.type === 'flow' ? fact.crosses : []));
  const ids = new Set([...givers.map((fact) => fact.id), ...around, ...crossed]);
  return [...ids].filter((id) => model.elements.has(id) || model.flows.has(id) || model.boundaries.has(id)).concat(MODEL_SUBJECT);
}
