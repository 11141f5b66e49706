import type { Giver } from '../model/model.ts';
import { hashText, hexOf } from '../syntax/hash.ts';
import type { Span } from '../syntax/tree.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import type { CompiledRule } from './rules.ts';
import type { Verdict } from './satisfaction.ts';

/** Subject of a finding about the whole model. */
export const MODEL_SUBJECT = '$model';

type Fact = ElementFact | FlowFact;

/** How a hit is shown. */
export interface HitDetails {
  /** For the placeholders of the message: facts by name, or finished text. */
  readonly names: Readonly<Record<string, Fact | string>>;
  /** Related places in order. */
  readonly places: readonly { readonly at: string; readonly message: string }[];
  /** What to highlight, in the order of the way. */
  readonly trail: readonly Fact[];
  /** Where a control may be added, best first; boundaries and the system are appended by the report. */
  readonly givers: readonly Fact[];
}

/** What of a hit is made when it is first asked for. */
interface Known {
  sources?: readonly ElementFact[];
  details?: HitDetails;
  message?: string;
  fingerprint?: string;
}

/**
 * What a matcher hands over: a rule that is not satisfied somewhere, in facts. Its words say the same wherever the text
 * has moved to; they are made when first asked for, because most hits of a large model are never shown.
 */
export class Hit {
  readonly rule: CompiledRule;
  /** `undefined` stands for the whole model. */
  readonly subject: Fact | undefined;
  readonly verdict: Verdict;
  /** The legs that it is about, in order: of a flow or a path, or of a capability the way out; of others none. */
  readonly way: readonly FlowFact[];
  private readonly begins: (hit: Hit) => readonly ElementFact[];
  private readonly explain: (hit: Hit) => HitDetails;
  /** Where it is to be mended, in its subject. See `Reported`. */
  place: Span | undefined;
  /** What was asked for already. */
  private known: Known | undefined;

  constructor(
    rule: CompiledRule,
    subject: Fact | undefined,
    verdict: Verdict,
    way: readonly FlowFact[],
    begins: (hit: Hit) => readonly ElementFact[],
    explain: (hit: Hit) => HitDetails,
  ) {
    this.rule = rule;
    this.subject = subject;
    this.verdict = verdict;
    this.way = way;
    this.begins = begins;
    this.explain = explain;
    this.place = undefined;
    this.known = undefined;
  }

  judged(verdict: Verdict): Hit {
    return new Hit(this.rule, this.subject, verdict, this.way, this.begins, this.explain);
  }

  /** The same with all that two hits on its subject begin at. */
  beginningAlsoAt(a: Hit, b: Hit): Hit {
    const both = (): readonly ElementFact[] => [...new Set([...a.sources, ...b.sources])];
    return new Hit(this.rule, this.subject, this.verdict, this.way, both, this.explain);
  }

  /** What is declared in the file of its subject; `undefined` stands for the whole model. */
  get giver(): Giver | undefined {
    return this.subject?.type === 'flow' ? this.subject.flow : this.subject?.element;
  }

  private get asked(): Known {
    return (this.known ??= {});
  }

  /** Where a path or capability begins. */
  get sources(): readonly ElementFact[] {
    return (this.asked.sources ??= this.begins(this));
  }

  /** The flow that it ends with. */
  get flow(): FlowFact | undefined {
    return this.subject?.type === 'flow' ? this.subject : this.way.at(-1);
  }

  /** The element that it ends at. */
  get sink(): ElementFact | undefined {
    if (this.way.length > 0) return this.way[this.way.length - 1]!.to;
    return this.subject?.type === 'element' ? this.subject : undefined;
  }

  get details(): HitDetails {
    return (this.asked.details ??= this.explain(this));
  }

  /** See `HitDetails`. */
  get trail(): readonly Fact[] {
    return this.subject?.type === 'flow' ? trailOf(this.way) : this.details.trail;
  }

  get message(): string {
    return (this.asked.message ??= fill(this.rule.rule.message, this.details.names));
  }

  /** Ids, sorted. */
  get sourceIds(): readonly string[] {
    return [...new Set(this.sources.map((source) => source.id))].sort();
  }

  get fingerprint(): string {
    const parts = (): string => [this.rule.rule.id, this.subject?.id ?? MODEL_SUBJECT, ...this.sourceIds].join('\u0000');
    return (this.asked.fingerprint ??= hexOf(hashText(parts())));
  }
}

/** A way with all that lies on it. */
export function trailOf(way: readonly FlowFact[]): readonly Fact[] {
  const trail: Fact[] = way.length > 0 ? [way[0]!.from] : [];
  for (const leg of way) trail.push(leg, leg.to);
  return trail;
}

/** Names as a sentence lists them: "A", "A and B", "A, B and C". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]!}`;
}

function fill(template: string, names: HitDetails['names']): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(names, name) ? names[name]! : '';
    return typeof value === 'string' ? value : titleOf(value);
  });
}

/** An element's title; of a flow its own title, else its two ends. */
function titleOf(fact: Fact): string {
  if (fact.type === 'element') return fact.element.title;
  return fact.flow.title !== fact.flow.id ? fact.flow.title : `${fact.from.element.title} → ${fact.to.element.title}`;
}
