import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ElementParts, ElementTest, FlowParts, FlowTest, Name, Reach } from '../catalogue/rule.ts';
import { NO, UNKNOWN, YES, type ElementCheck, type FlowCheck, type Leaf } from './check.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import { silence, statedProperty } from './facts.ts';
import { kindNumbers, type KindSet } from './kindSet.ts';
import type { Query, ReachQuestion } from './query.ts';

type ElementTester = (element: ElementFact, query: Query) => boolean;
type Formula = Pick<FlowCheck, 'holds' | 'holdsFor'>;

const NEVER: Formula = { holds: () => false, holdsFor: () => false };

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
    const checks = this.elementChecks(test);
    const all: ElementTester =
      checks.length === 1
        ? checks[0]!
        : (element, query) => {
            for (const check of checks) if (!check(element, query)) return false;
            return true;
          };
    return Object.assign(all.bind(undefined), { kinds: this.setOf('element', this.elementKindsOf(test)) });
  }

  flow(test: FlowTest): FlowCheck {
    if (typeof test === 'string') return this.namedFlow(test);
    const leaves: Leaf[] = [];
    const targets: ElementCheck[] = [];
    return {
      kinds: this.setOf('flow', this.kindsOf(test)),
      fromKinds: this.setOf('element', this.endKindsOf(test, 'from')),
      toKinds: this.setOf('element', this.endKindsOf(test, 'to')),
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
    let check: ElementTester = () => false;
    const remember = (element: ElementFact, query: Query): boolean => {
      const answers = query.memory(slot);
      const { index } = element;
      if (answers[index] === UNKNOWN) {
        answers[index] = NO;
        if (check(element, query)) answers[index] = YES;
      }
      return answers[index] === YES;
    };
    const remembered = Object.assign(remember, { kinds: this.setOf('element', test === undefined ? [] : this.elementKindsOf(test)) });
    this.elementNames.set(name, remembered);
    if (test !== undefined) check = this.element(test);
    return remembered;
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

  /** Cheap checks first: the first that fails ends the test. */
  private elementChecks(parts: ElementParts): ElementTester[] {
    const checks: ElementTester[] = [];
    if (parts.kind) {
      const kinds = this.kinds.element.set(parts.kind);
      checks.push((element) => kinds.has(element));
    }
    if (parts.declaredTrustAtMost !== undefined) {
      const most = parts.declaredTrustAtMost;
      checks.push((element) => {
        const stated = statedProperty(element, 'trust')?.values[0];
        return typeof stated === 'number' && stated <= most;
      });
    }
    if (parts.trustBelow !== undefined) {
      const limit = parts.trustBelow;
      checks.push((element) => {
        const stated = statedProperty(element, 'trust')?.values[0];
        return (typeof stated === 'number' ? stated : (this.catalogue.elementKinds.get(element.kind)?.trust ?? limit)) < limit;
      });
    }
    if (parts.owned !== undefined) {
      const owned = parts.owned;
      checks.push((element) => (element.element.owner !== undefined) === owned);
    }
    if (parts.holds) {
      const kinds = this.dataKinds(parts.holds);
      checks.push((element) => kinds.meets(element.holds));
    }
    for (const [name, values] of Object.entries(parts.where ?? {})) {
      const holds = this.property('element', name, values);
      checks.push(holds);
    }
    if (parts.inside) {
      const kinds = new Set(parts.inside);
      checks.push((element, query) => element.boundaries.some((id) => kinds.has(query.context.boundaries.get(id)?.kind ?? '')));
    }
    for (const test of parts.all ?? []) checks.push(this.element(test));
    if (parts.any) {
      const any = parts.any.map((test) => this.element(test));
      checks.push((element, query) => {
        for (const check of any) if (check(element, query)) return true;
        return false;
      });
    }
    if (parts.not !== undefined) {
      const not = this.element(parts.not);
      checks.push((element, query) => !not(element, query));
    }
    for (const [direction, test] of [['into', parts.receives] as const, ['out', parts.sends] as const]) {
      if (test === undefined) continue;
      const check = this.flow(test);
      checks.push((element, query) => query.someWay(element, direction, check));
    }
    for (const [direction, reach] of [['from', parts.reachedFrom] as const, ['to', parts.reaches] as const]) {
      if (reach) checks.push(this.reach(direction, reach));
    }
    return checks;
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
    const ofLeg = (check: (leg: FlowFact, query: Query) => boolean): void => {
      const at = leaves.push({ side: 'leg', check }) - 1;
      parts.push({ holds: (answer) => answer(at), holdsFor: check });
    };
    const ofEnd = (side: 'from' | 'to', end: ElementTest): ElementCheck => {
      const check = this.element(end);
      const at = leaves.push({ side, check }) - 1;
      parts.push({ holds: (answer) => answer(at), holdsFor: (leg, query) => check(leg[side], query) });
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
      });
    }
    if (test.not !== undefined) {
      const not = this.formula(test.not, leaves, []);
      parts.push({ holds: (answer) => !not.holds(answer), holdsFor: (leg, query) => !not.holdsFor(leg, query) });
    }
    return {
      holds(answer) {
        for (const it of parts) if (!it.holds(answer)) return false;
        return true;
      },
      holdsFor(leg, query) {
        for (const it of parts) if (!it.holdsFor(leg, query)) return false;
        return true;
      },
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

  /** Kinds of element that one end of a flow can have, as far as the test says in any case. */
  private endKindsOf(test: FlowTest, side: 'from' | 'to'): ReadonlySet<string> | undefined {
    if (typeof test === 'string') {
      const named = this.catalogue.predicates.flows[test];
      return named === undefined ? new Set() : this.endKindsOf(named, side);
    }
    const end = test[side];
    let kinds = end === undefined ? undefined : this.elementKindsOf(end);
    for (const inner of test.all ?? []) kinds = both(kinds, this.endKindsOf(inner, side));
    return test.any ? both(kinds, unionOf(test.any.map((inner) => this.endKindsOf(inner, side)))) : kinds;
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

function both(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  return a && b ? new Set([...a].filter((it) => b.has(it))) : (a ?? b);
}

function unionOf(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  return sets.every((it) => it !== undefined) ? new Set(sets.flatMap((it) => [...it])) : undefined;
}
