import type { Severity } from '../catalogue/rule.ts';
import type { Giver, Located, Model } from '../model/model.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import { statedProperty } from './facts.ts';
import type { Finding, FindingPlace, FindingState, Found } from './finding.ts';
import { MODEL_SUBJECT, type Hit, type HitDetails } from './hit.ts';
import { step } from './severity.ts';

/** How a finding is shown when not as its hit alone says. */
interface Shown {
  readonly fullSeverity: Severity;
  readonly state: FindingState;
  readonly also: readonly string[];
  /** At another thing than the subject. */
  readonly thing: Giver | undefined;
}

/** A hit as it is reported. Versions share it for as long as its component is what it was, though it may move. */
export class Reported implements Found {
  readonly hit: Hit;
  protected readonly shown: Shown | undefined;
  readonly severity: Severity;
  readonly state: FindingState;

  protected constructor(hit: Hit, shown: Shown | undefined) {
    const { state } = hit.verdict;
    this.hit = hit;
    this.shown = shown;
    this.state = shown ? shown.state : state;
    this.severity = state === 'planned' || state === 'partial' ? step(this.fullSeverity, -1) : this.fullSeverity;
  }

  static of(hit: Hit, severity: Severity): Reported {
    const { verdict, rule } = hit;
    if (severity === rule.rule.severity) return new Reported(hit, undefined);
    return new Reported(hit, { fullSeverity: severity, state: verdict.state, also: NOTHING_ELSE, thing: undefined });
  }

  with(change: Partial<Shown>): Reported {
    const { fullSeverity, state, also } = this;
    return new Reported(this.hit, { fullSeverity, state, also, thing: this.shown?.thing, ...change });
  }

  /** With its places in a version of the model. */
  in(model: Model): Finding {
    return new ReportedFinding(this.hit, this.shown, model);
  }

  get fullSeverity(): Severity {
    return this.shown ? this.shown.fullSeverity : this.hit.rule.rule.severity;
  }

  get also(): readonly string[] {
    return this.shown ? this.shown.also : NOTHING_ELSE;
  }

  get rule(): string {
    return this.hit.rule.rule.id;
  }

  get subject(): string {
    return this.hit.subject?.id ?? MODEL_SUBJECT;
  }

  /** Where its span begins in a version of the model. */
  startIn(model: Model): number {
    const thing = this.shown?.thing ?? this.hit.giver;
    return thing ? model.baseOf(thing) + this.placeIn(thing).start : systemPlace(model).start;
  }

  protected spanIn(model: Model): Span {
    const thing = this.shown?.thing ?? this.hit.giver;
    return thing ? absolute(model.baseOf(thing), this.placeIn(thing)) : systemPlace(model);
  }

  /** The line to change, relative to where the thing that it is shown at begins. */
  private placeIn(thing: Giver): Span {
    return thing === this.hit.giver ? (this.hit.place ??= placeOf(thing, this.hit)) : subjectPlace(thing);
  }

  get message(): string {
    return this.hit.message;
  }

  get missing(): readonly (readonly string[])[] {
    const { inPlace, notApplicable } = this.hit.verdict;
    return this.hit.rule.requirement.alternatives(inPlace, notApplicable);
  }

  get present(): readonly string[] {
    return this.hit.rule.requirement.controls.filter((_, at) => (this.hit.verdict.inPlace >> at) & 1);
  }

  get related(): Found['related'] {
    return this.hit.details.places.map(({ at, message }) => ({ subject: at, message }));
  }

  get sources(): readonly string[] {
    return this.hit.sourceIds;
  }

  get trail(): readonly string[] {
    return [...new Set(this.hit.details.trail.map((fact) => fact.id))];
  }

  get essence(): Hit {
    return this.hit;
  }

  get fingerprint(): string {
    return this.hit.fingerprint;
  }
}

/** With the places of one version, which has findings of its own: they are small, and made when somebody asks for them. */
class ReportedFinding extends Reported implements Finding {
  private readonly model: Model;

  constructor(hit: Hit, shown: Shown | undefined, model: Model) {
    super(hit, shown);
    this.model = model;
  }

  get span(): Span {
    return this.spanIn(this.model);
  }

  override get related(): readonly FindingPlace[] {
    return this.hit.details.places.map((place) => relatedPlace(place, this.model));
  }

  get givers(): readonly string[] {
    return giversOf(this.hit.details.givers, this.model);
  }
}

/** Where it is in the text is looked up when it is asked for: people who read findings in a terminal see only the words. */
function relatedPlace({ at, message }: HitDetails['places'][number], model: Model): FindingPlace {
  return {
    subject: at,
    message,
    get span() {
      return keySpanOf(at, model);
    },
  };
}

const NOTHING_ELSE: readonly string[] = [];

const BEGINNING: Span = { start: 0, end: 0 };

/** The unsafe value, the control that is not enough, the `controls` key, or the thing itself. */
function placeOf(thing: Giver, { rule, subject }: Hit): Span {
  if (subject?.stated) {
    for (const matcher of rule.matchers) {
      if (matcher.shape !== 'element' && matcher.shape !== 'flow') continue;
      for (const { name, values } of matcher.properties) {
        const stated = statedProperty(subject, name);
        if (stated?.values.some((value) => values.some((unsafe) => String(unsafe) === String(value)))) return stated.span;
      }
    }
  }
  if (thing.controls.length === 0) return subjectPlace(thing);
  const insufficient = thing.controls.find(({ control, status }) => status !== 'in-place' && rule.requirement.controls.includes(control));
  return insufficient?.statusSpan ?? subjectPlace(thing);
}

function subjectPlace({ controlsKey, pair }: Giver): Span {
  return controlsKey ?? pair.key;
}

function systemPlace(model: Model): Span {
  return model.keySpan('controls') ?? model.keySpan('threatmodel') ?? BEGINNING;
}

function keySpanOf(id: string, model: Model): Span {
  const thing: Located | undefined = model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
  return thing ? absolute(model.baseOf(thing), thing.pair.key) : BEGINNING;
}

/** The hit's own places, then the boundaries around its elements from the inside out, then the system. */
function giversOf(givers: HitDetails['givers'], model: Model): string[] {
  const around = givers.flatMap((fact) => (fact.type === 'element' ? fact.boundaries : []));
  const crossed = givers.flatMap((fact) => (fact.type === 'flow' ? fact.crosses : []));
  const ids = new Set([...givers.map((fact) => fact.id), ...around, ...crossed]);
  return [...ids].filter((id) => model.elements.has(id) || model.flows.has(id) || model.boundaries.has(id)).concat(MODEL_SUBJECT);
}
