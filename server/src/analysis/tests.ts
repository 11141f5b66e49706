import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ElementParts, ElementTest, FlowParts, FlowTest, Name, Reach } from '../catalogue/rule.ts';
import { NO, UNKNOWN, YES, type ElementCheck, type FlowCheck, type Leaf } from './check.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import { silence, statedProperty } from './facts.ts';
import { kindNumbers, type KindSet } from './kindSet.ts';
import type { Query, ReachQuestion } from './query.ts';

type ElementTester = (element: ElementFact, query: Query) => boolean;
type AloneTester = (element: ElementFact) => boolean;
type Formula = Pick<FlowCheck, 'holds' | 'holdsFor' | 'mayHoldFor'> & Pick<ElementCheck, 'isAlone'>;

const never = (): boolean => false;
const always = (): boolean => true;
const NEVER: Formula = { holds: never, holdsFor: never, mayHoldFor: never, isAlone: true };

/** What all must hold of an element, cheap checks first, and what of that looks at the element alone. */
interface Parts {
  readonly checks: ElementTester[];
  readonly alone: AloneTester[];
  isAlone: boolean;
}

/** Compiles the tests of the match language, once a catalogue, to closures. */
export class TestCompiler {
  private readonly catalogue: Catalogue;
  private readonly elementNames = new Map<string, ElementCheck>();
  private readonly flowNames = new Map<string, FlowCheck>();
  private readonly kinds: ReturnType<typeof kindNumbers>;
  private readonly questions = new Map<string, ReachQuestion>();
  private readonly numbers = new Map<ElementCheck, number>();
  private names = 0;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    this.kinds = kindNumbers(catalogue);
  }

  element(test: ElementTest): ElementCheck {
    if (typeof test === 'string') return this.namedElement(test);
    const { checks, alone, isAlone } = this.elementChecks(test);
    const all: ElementTester =
      checks.length === 1
        ? checks[0]!
        : (element, query) => {
            for (let at = 0; at < checks.length; at++) if (!checks[at]!(element, query)) return false;
            return true;
          };
    const kinds = this.setOf('element', this.elementKindsOf(test));
    return Object.assign(all.bind(undefined), { kinds, mayHold: allOf(alone), isAlone });
  }

  flow(test: FlowTest): FlowCheck {
    if (typeof test === 'string') return this.namedFlow(test);
    const leaves: Leaf[] = [];
    const targets: ElementCheck[] = [];
    return {
      kinds: this.setOf('flow', this.kindsOf(test)),
      leaves,
      targets,
      ...this.formula(test, leaves, targets),
    };
  }

  /** Members of named sets among plain ones. */
  dataKinds(names: readonly string[]): KindSet {
    return this.kinds.data.set(names.flatMap((name) => this.catalogue.predicates.data[name as Name] ?? [name]));
  }

  boundaryKinds(names: readonly string[]): KindSet {
    return this.kinds.boundary.set(names);
  }

  flowKinds(names: readonly string[]): KindSet {
    return this.kinds.flow.set(this.namesOfFlowKinds(names));
  }

  private namesOfFlowKinds(names: readonly string[]): readonly string[] {
    return names.flatMap((name) => this.catalogue.predicates.flowKinds[name as Name] ?? [name]);
  }

  private setOf(of: 'element' | 'flow', names: Iterable<string> | undefined): KindSet | undefined {
    return names && this.kinds[of].set(names);
  }

  /** Remembers the answer for each element while one version of a model is analysed. */
  private namedElement(name: Name): ElementCheck {
    const known = this.elementNames.get(name);
    if (known) return known;
    const slot = this.names++;
    const test = this.catalogue.predicates.elements[name];
    let check: ElementTester = never;
    const remember = (element: ElementFact, query: Query): boolean => {
      const answers = query.memory(slot);
      const { index } = element;
      if (answers[index] === UNKNOWN) {
        answers[index] = NO;
        if (check(element, query)) answers[index] = YES;
      }
      return answers[index] === YES;
    };
    const kinds = this.setOf('element', test === undefined ? [] : this.elementKindsOf(test));
    // A set that is named in its own test is compiled before that is known.
    const remembered = Object.assign(remember, { kinds, mayHold: always as AloneTester, isAlone: false });
    this.elementNames.set(name, remembered);
    if (test === undefined) return remembered;
    const compiled = this.element(test);
    check = compiled;
    return Object.assign(remembered, { mayHold: compiled.mayHold, isAlone: compiled.isAlone });
  }

  private namedFlow(name: Name): FlowCheck {
    let known = this.flowNames.get(name);
    if (!known) {
      const test = this.catalogue.predicates.flows[name];
      known = this.flow(test ?? { kind: [] });
      this.flowNames.set(name, known);
    }
    return known;
  }

  private elementChecks(parts: ElementParts): Parts {
    const all: Parts = { checks: [], alone: [], isAlone: true };
    const ofAlone = (check: AloneTester): void => {
      all.checks.push(check);
      all.alone.push(check);
    };
    const ofOthers = (check: ElementTester, mayHold: AloneTester = always): void => {
      all.checks.push(check);
      if (mayHold !== always) all.alone.push(mayHold);
      all.isAlone = false;
    };
    const add = (check: ElementCheck): void => (check.isAlone ? ofAlone(check.mayHold) : ofOthers(check, check.mayHold));
    if (parts.kind) {
      const kinds = this.kinds.element.set(parts.kind);
      ofAlone((element) => kinds.has(element));
    }
    if (parts.declaredTrustAtMost !== undefined) {
      const most = parts.declaredTrustAtMost;
      ofAlone((element) => {
        const stated = statedProperty(element, 'trust')?.values[0];
        return typeof stated === 'number' && stated <= most;
      });
    }
    if (parts.trustBelow !== undefined) {
      const limit = parts.trustBelow;
      ofAlone((element) => {
        const stated = statedProperty(element, 'trust')?.values[0];
        return (typeof stated === 'number' ? stated : (this.catalogue.elementKinds.get(element.kind)?.trust ?? limit)) < limit;
      });
    }
    if (parts.owned !== undefined) {
      const owned = parts.owned;
      ofAlone((element) => (element.element.owner !== undefined) === owned);
    }
    if (parts.holds) {
      const kinds = this.dataKinds(parts.holds);
      ofAlone((element) => kinds.meets(element.holds));
    }
    for (const [name, values] of Object.entries(parts.where ?? {})) {
      ofAlone(this.property('element', name, values));
    }
    if (parts.inside) {
      const kinds = new Set(parts.inside);
      ofOthers((element, query) => element.boundaries.some((id) => kinds.has(query.context.boundaries.get(id)?.kind ?? '')));
    }
    for (const test of parts.all ?? []) add(this.element(test));
    if (parts.any) {
      const any = parts.any.map((test) => this.element(test));
      const mayHold: AloneTester = (element) => any.some((check) => check.mayHold(element));
      const holds: ElementTester = (element, query) => {
        for (let at = 0; at < any.length; at++) if (any[at]!(element, query)) return true;
        return false;
      };
      if (any.every((check) => check.isAlone)) ofAlone(mayHold);
      else ofOthers(holds, mayHold);
    }
    if (parts.not !== undefined) {
      const not = this.element(parts.not);
      if (not.isAlone) ofAlone((element) => !not.mayHold(element));
      else ofOthers((element, query) => !not(element, query));
    }
    for (const [direction, test] of [['into', parts.receives] as const, ['out', parts.sends] as const]) {
      if (test === undefined) continue;
      const check = this.flow(test);
      ofOthers((element, query) => query.someWay(element, direction, check));
    }
    for (const [direction, reach] of [['from', parts.reachedFrom] as const, ['to', parts.reaches] as const]) {
      if (reach) ofOthers(this.reach(direction, reach));
    }
    return all;
  }

  /** Who reaches whom: rules that ask the same have the same question, which is answered once. */
  question(direction: 'from' | 'to', { element, flows }: Reach): ReachQuestion {
    const check = this.element(element);
    const kinds = flows && this.flowKinds(flows);
    const number = this.numbers.get(check) ?? this.numbers.size;
    this.numbers.set(check, number);
    const key = `${direction} ${number} ${kinds?.names.join(' ') ?? '*'}`;
    let question = this.questions.get(key);
    if (!question) this.questions.set(key, (question = { direction, check, flows: kinds }));
    return question;
  }

  private reach(direction: 'from' | 'to', reach: Reach): ElementTester {
    const question = this.question(direction, reach);
    return (element, query) => query.reached(question)[element.index] === 1;
  }

  /** Whether a property has one of the values: as stated, else as silence is understood for the kind. */
  private property(
    on: 'element' | 'flow',
    name: string,
    values: readonly (string | number | boolean)[],
  ): (fact: ElementFact | FlowFact) => boolean {
    const wanted = new Set<unknown>(values.flatMap((value) => [value, String(value)]));
    const property = this.catalogue.properties[on].get(name);
    const silent = new Uint8Array(this.kinds[on].count);
    return (fact) => {
      const said = fact.stated?.get(name);
      if (said) {
        for (const value of said.values) if (wanted.has(value)) return true;
        return false;
      }
      const { kindNumber } = fact;
      if (silent[kindNumber] === UNKNOWN) {
        const isUnsafe = property !== undefined && silence(property, fact.kind)?.some((value) => wanted.has(value));
        silent[kindNumber] = isUnsafe ? YES : NO;
      }
      return silent[kindNumber] === YES;
    };
  }

  /** Adds its leaves to `leaves`, and to `targets` those about the target that must hold in any case. */
  private formula(test: FlowTest, leaves: Leaf[], targets: ElementCheck[]): Formula {
    if (typeof test === 'string') {
      const named = this.catalogue.predicates.flows[test];
      return named === undefined ? NEVER : this.formula(named, leaves, targets);
    }
    const parts: Formula[] = [];
    const ofLeg = (check: (leg: FlowFact) => boolean): void => {
      const at = leaves.push({ side: 'leg', check }) - 1;
      parts.push({ holds: (answer) => answer(at), holdsFor: check, mayHoldFor: check, isAlone: true });
    };
    const ofEnd = (side: 'from' | 'to', end: ElementTest): ElementCheck => {
      const check = this.element(end);
      const at = leaves.push({ side, check }) - 1;
      parts.push({
        holds: (answer) => answer(at),
        holdsFor: (leg, query) => check(leg[side], query),
        mayHoldFor: (leg) => check.mayHold(leg[side]),
        isAlone: check.isAlone,
      });
      return check;
    };
    if (test.kind) {
      const kinds = this.flowKinds(test.kind);
      ofLeg((leg) => kinds.has(leg));
    }
    if (test.crosses) {
      const kinds = this.boundaryKinds(test.crosses);
      ofLeg((leg) => kinds.meets(leg.crossedKinds));
    }
    if (test.carries) {
      const kinds = this.dataKinds(test.carries);
      ofLeg((leg) => kinds.meets(leg.carries));
    }
    if (test.carriesSaid !== undefined) {
      const said = test.carriesSaid;
      ofLeg((leg) => leg.said === said);
    }
    for (const [name, values] of Object.entries(test.where ?? {})) {
      const holds = this.property('flow', name, values);
      ofLeg(holds);
    }
    if (test.from !== undefined) ofEnd('from', test.from);
    if (test.to !== undefined) targets.push(ofEnd('to', test.to));
    for (const inner of test.all ?? []) parts.push(this.formula(inner, leaves, targets));
    if (test.any) {
      const any = test.any.map((inner) => this.formula(inner, leaves, []));
      parts.push({
        holds(answer) {
          for (const it of any) if (it.holds(answer)) return true;
          return false;
        },
        holdsFor(leg, query) {
          for (const it of any) if (it.holdsFor(leg, query)) return true;
          return false;
        },
        mayHoldFor: (leg) => any.some((it) => it.mayHoldFor(leg)),
        isAlone: any.every((it) => it.isAlone),
      });
    }
    if (test.not !== undefined) {
      const not = this.formula(test.not, leaves, []);
      parts.push({
        holds: (answer) => !not.holds(answer),
        holdsFor: (leg, query) => !not.holdsFor(leg, query),
        mayHoldFor: (leg) => !not.isAlone || !not.mayHoldFor(leg),
        isAlone: not.isAlone,
      });
    }
    return {
      holds(answer) {
        for (const it of parts) if (!it.holds(answer)) return false;
        return true;
      },
      holdsFor(leg, query) {
        for (let at = 0; at < parts.length; at++) if (!parts[at]!.holdsFor(leg, query)) return false;
        return true;
      },
      mayHoldFor: (leg) => parts.every((it) => it.mayHoldFor(leg)),
      isAlone: parts.every((it) => it.isAlone),
    };
  }

  private elementKindsOf(test: ElementTest): ReadonlySet<string> | undefined {
    if (typeof test === 'string') {
      const named = this.catalogue.predicates.elements[test];
      return named === undefined ? new Set() : this.elementKindsOf(named);
    }
    let kinds: ReadonlySet<string> | undefined = test.kind && new Set(test.kind);
    for (const inner of test.all ?? []) kinds = both(kinds, this.elementKindsOf(inner));
    return test.any ? both(kinds, unionOf(test.any.map((inner) => this.elementKindsOf(inner)))) : kinds;
  }

  private kindsOf(test: FlowTest): ReadonlySet<string> | undefined {
    if (typeof test === 'string') {
      const named = this.catalogue.predicates.flows[test];
      return named === undefined ? undefined : this.kindsOf(named);
    }
    let kinds: ReadonlySet<string> | undefined = test.kind && new Set(this.namesOfFlowKinds(test.kind));
    for (const inner of test.all ?? []) kinds = both(kinds, this.kindsOf(inner));
    return test.any ? both(kinds, unionOf(test.any.map((inner) => this.kindsOf(inner)))) : kinds;
  }
}

/** Names of the properties that a test looks at on its own subject, so that a finding can point at the unsafe one. */
export function testedProperties(
  test: ElementParts | FlowParts | Name | undefined,
): { name: string; values: readonly (string | number | boolean)[] }[] {
  if (test === undefined || typeof test === 'string') return [];
  const own = Object.entries(test.where ?? {}).map(([name, values]) => ({ name, values }));
  const inner = [...(test.all ?? []), ...(test.any ?? [])] as readonly (ElementParts | FlowParts | Name)[];
  return [...own, ...inner.flatMap(testedProperties)];
}

function allOf(checks: readonly AloneTester[]): AloneTester {
  if (checks.length === 0) return always;
  if (checks.length === 1) return checks[0]!;
  return (element) => checks.every((check) => check(element));
}

function both(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  return a && b ? new Set([...a].filter((it) => b.has(it))) : (a ?? b);
}

function unionOf(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  return sets.every((it) => it !== undefined) ? new Set(sets.flatMap((it) => [...it])) : undefined;
}
