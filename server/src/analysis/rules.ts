import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CapabilityMatch, CycleMatch, FlowTest, Match, ModelMatch, PathMatch, Rule, SeverityCondition } from '../catalogue/rule.ts';
import { controlsIn, satisfies } from '../catalogue/satisfaction.ts';
import { compileRequirement, type Requirement } from './satisfaction.ts';
import type { ElementCheck, FlowCheck } from './check.ts';
import { kindNumbers, type KindSet } from './kindSet.ts';
import type { ReachQuestion } from './query.ts';
import { TestCompiler, testedProperties } from './tests.ts';

/** The rules of a catalogue as closures, compiled once and kept with the catalogue. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly requirement: Requirement;
  readonly matchers: readonly Matcher[];
  readonly raiseIf: readonly CompiledCondition[];
  readonly lowerIf: readonly CompiledCondition[];
  /** Controls that the organisation demands and without which nothing satisfies it: then it cannot be accepted. */
  readonly mandatory: readonly string[];
}

export type Matcher =
  | { readonly shape: 'element'; readonly check: ElementCheck; readonly properties: TestedProperties }
  | { readonly shape: 'flow'; readonly check: FlowCheck; readonly properties: TestedProperties }
  | { readonly shape: 'path'; readonly path: CompiledPath }
  | {
      readonly shape: 'capability';
      readonly holder: ElementCheck;
      readonly legs: readonly CompiledLeg[];
      readonly distinct: CapabilityMatch['distinct'];
    }
  | { readonly shape: 'model'; readonly model: CompiledModelMatch };

export type TestedProperties = ReturnType<typeof testedProperties>;

export interface CompiledPath {
  readonly source: ElementCheck;
  readonly viaKinds: KindSet | undefined;
  readonly some: ElementCheck | undefined;
  readonly min: number;
  readonly sink: ElementCheck | undefined;
  readonly sinkFlow: FlowCheck | undefined;
  readonly flows: KindSet;
  /** Kinds of boundary. */
  readonly crosses: KindSet | undefined;
  /** The path comes back to where it began. */
  readonly cycle: boolean;
}

export interface CompiledLeg {
  readonly name: string;
  readonly label: string;
  readonly reads: ReachQuestion | undefined;
  readonly writes: { readonly check: FlowCheck; readonly flows: KindSet } | undefined;
}

export interface CompiledModelMatch {
  readonly exists: ElementCheck | undefined;
  readonly existsFlow: FlowCheck | undefined;
  readonly absent: ElementCheck | undefined;
  readonly count: { readonly check: ElementCheck; readonly min: number } | undefined;
  readonly sources: { readonly check: FlowCheck; readonly min: number } | undefined;
  readonly unstated: readonly string[];
  readonly shared:
    { readonly check: ElementCheck; readonly property: string; readonly min: number; readonly except: ReadonlySet<string> } | undefined;
  readonly together: { readonly boundary: ReadonlySet<string>; readonly a: ElementCheck; readonly b: ElementCheck } | undefined;
}

export interface CompiledCondition {
  readonly subject: ElementCheck | undefined;
  readonly source: ElementCheck | undefined;
  readonly sink: ElementCheck | undefined;
  readonly some: ElementCheck | undefined;
  readonly flow: FlowCheck | undefined;
  readonly controls: readonly string[];
}

const compiled = new WeakMap<Catalogue, readonly CompiledRule[]>();

export function rulesOf(catalogue: Catalogue): readonly CompiledRule[] {
  let rules = compiled.get(catalogue);
  if (!rules) {
    const compiler = new RuleCompiler(catalogue);
    rules = [...catalogue.rules.values()].filter(({ id }) => !catalogue.off.has(id)).map((rule) => compiler.compile(rule));
    compiled.set(catalogue, rules);
  }
  return rules;
}

class RuleCompiler {
  private readonly catalogue: Catalogue;
  private readonly tests: TestCompiler;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    this.tests = new TestCompiler(catalogue);
  }

  compile(rule: Rule): CompiledRule {
    return {
      rule,
      requirement: compileRequirement(rule.satisfiedBy, rule.suggest, this.catalogue),
      matchers: this.matchers(rule.match),
      raiseIf: rule.raiseIf.map((condition) => this.condition(condition)),
      lowerIf: rule.lowerIf.map((condition) => this.condition(condition)),
      mandatory: this.mandatory(rule),
    };
  }

  private mandatory({ satisfiedBy }: Rule): readonly string[] {
    const { controls, mandatory } = this.catalogue;
    const demanded = controlsIn(satisfiedBy).filter((control) => mandatory.has(control));
    const others = controlsIn(satisfiedBy).filter((control) => !mandatory.has(control));
    return demanded.length > 0 && !satisfies(satisfiedBy, new Set(others), controls) ? demanded : [];
  }

  private matchers(match: Match): Matcher[] {
    if ('anyOf' in match) return match.anyOf.flatMap((part) => this.matchers(part));
    if ('element' in match) {
      const test = typeof match.element === 'string' ? this.catalogue.predicates.elements[match.element] : match.element;
      return [{ shape: 'element', check: this.tests.element(match.element), properties: testedProperties(test) }];
    }
    if ('flow' in match) {
      const test = typeof match.flow === 'string' ? this.catalogue.predicates.flows[match.flow] : match.flow;
      return [{ shape: 'flow', check: this.ownFlow(match.flow), properties: testedProperties(test) }];
    }
    if ('path' in match) return [{ shape: 'path', path: this.path(match.path) }];
    if ('cycle' in match) return [{ shape: 'path', path: this.cycle(match.cycle) }];
    if ('capability' in match) {
      const { holder, legs, distinct } = match.capability;
      return [{ shape: 'capability', holder: this.tests.element(holder), legs: legs.map((leg) => this.leg(leg)), distinct }];
    }
    return [{ shape: 'model', model: this.model(match.model) }];
  }

  /** A check that no other rule shares, because the ways it has seen are remembered with this rule's evidence. */
  private ownFlow(test: FlowTest): FlowCheck {
    return { ...this.tests.flow(test) };
  }

  private path({ source, via, sink, sinkFlow, flows, crosses }: PathMatch): CompiledPath {
    return {
      source: this.tests.element(source),
      viaKinds: via?.kind && kindNumbers(this.catalogue).element.set(via.kind),
      some: this.elementOf(via?.some),
      min: Math.min(via?.min ?? 0, 3),
      sink: this.elementOf(sink),
      sinkFlow: this.flowOf(sinkFlow),
      flows: this.tests.flowKinds(flows),
      crosses: crosses && this.tests.boundaryKinds(crosses),
      cycle: false,
    };
  }

  private cycle({ at, some, flows }: CycleMatch): CompiledPath {
    return { ...this.path({ source: at, via: { some }, flows }), cycle: true };
  }

  private leg({ name, label, reads, writes }: CapabilityMatch['legs'][number]): CompiledLeg {
    return {
      name,
      label,
      reads: reads && this.tests.question('from', reads),
      writes: writes && { check: this.tests.flow(writes.flow), flows: this.tests.flowKinds(writes.flows) },
    };
  }

  private model({ exists, existsFlow, absent, count, sources, unstated, shared, together }: ModelMatch): CompiledModelMatch {
    return {
      exists: this.elementOf(exists),
      existsFlow: this.flowOf(existsFlow),
      absent: this.elementOf(absent),
      count: count && { check: this.tests.element(count.element), min: count.min },
      sources: sources && { check: this.tests.flow(sources.flow), min: sources.min },
      unstated: unstated ?? [],
      shared: shared && {
        check: this.tests.element(shared.element),
        property: shared.property,
        min: shared.min,
        except: new Set(shared.except),
      },
      together: together && { boundary: new Set(together.boundary), a: this.tests.element(together.a), b: this.tests.element(together.b) },
    };
  }

  private condition({ subject, source, sink, some, flow, controls }: SeverityCondition): CompiledCondition {
    return {
      subject: this.elementOf(subject),
      source: this.elementOf(source),
      sink: this.elementOf(sink),
      some: this.elementOf(some),
      flow: this.flowOf(flow),
      controls: controls ?? [],
    };
  }

  private elementOf(test: Parameters<TestCompiler['element']>[0] | undefined): ElementCheck | undefined {
    return test === undefined ? undefined : this.tests.element(test);
  }

  private flowOf(test: FlowTest | undefined): FlowCheck | undefined {
    return test === undefined ? undefined : this.tests.flow(test);
  }
}
