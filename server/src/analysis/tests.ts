import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ElementParts, ElementTest, FlowParts, FlowTest, Name, Reach } from '../catalogue/rule.ts';
import type { ElementCheck, FlowCheck, Leaf } from './check.ts';
import { propertyOf, statedProperty, type ElementFact, type FlowFact } from './facts.ts';

/** Compiles the tests of the match language, once a catalogue, to closures. */
export class TestCompiler {
  private readonly catalogue: Catalogue;
  private readonly elementNames = new Map<string, ElementCheck>();
  private readonly flowNames = new Map<string, FlowCheck>();
  private names = 0;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  element(test: ElementTest): ElementCheck {
    if (typeof test === 'string') return this.namedElement(test);
    const checks = this.elementChecks(test);
    if (checks.length === 1) return checks[0]!;
    return (element, query) => {
      for (const check of checks) if (!check(element, query)) return false;
      return true;
    };
  }

  flow(test: FlowTest): FlowCheck {
    if (typeof test === 'string') return this.namedFlow(test);
    const leaves: Leaf[] = [];
    const targets: ElementCheck[] = [];
    const holds = this.formula(test, leaves, targets);
    return { kinds: this.kindsOf(test), leaves, targets, holds };
  }

  /** Members of named sets among plain ones. */
  dataKinds(names: readonly string[]): ReadonlySet<string> {
    return new Set(names.flatMap((name) => this.catalogue.predicates.data[name as Name] ?? [name]));
  }

  flowKinds(names: readonly string[]): ReadonlySet<string> {
    return new Set(names.flatMap((name) => this.catalogue.predicates.flowKinds[name as Name] ?? [name]));
  }

  /** Remembers the answer for each element while one version of a model is analysed. */
  private namedElement(name: Name): ElementCheck {
    const known = this.elementNames.get(name);
    if (known) return known;
    const slot = this.names++;
    let check: ElementCheck = () => false;
    const remembered: ElementCheck = (element, query) => query.remember(slot, element, () => check(element, query));
    this.elementNames.set(name, remembered);
    const test = this.catalogue.predicates.elements[name];
    if (test !== undefined) check = this.element(test);
    return remembered;
  }

  private namedFlow(name: Name): FlowCheck {
    let known = this.flowNames.get(name);
    if (!known) {
      const test = this.catalogue.predicates.flows[name];
      known = test === undefined ? { kinds: new Set(), leaves: [], targets: [], holds: () => false } : this.flow(test);
      this.flowNames.set(name, known);
    }
    return known;
  }

  /** Cheap checks first: the first that fails ends the test. */
  private elementChecks(parts: ElementParts): ElementCheck[] {
    const checks: ElementCheck[] = [];
    if (parts.kind) {
      const kinds = new Set(parts.kind);
      checks.push((element) => kinds.has(element.kind));
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
      checks.push((element) => intersects(element.holds, kinds));
    }
    for (const [name, values] of Object.entries(parts.where ?? {})) checks.push(this.property(name, values));
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

  private reach(direction: 'from' | 'to', reach: Reach): ElementCheck {
    const question = { direction, check: this.element(reach.element), flows: reach.flows && this.flowKinds(reach.flows) };
    return (element, query) => query.reached(question)[element.index] === 1;
  }

  private property(name: string, values: readonly (string | number | boolean)[]): (fact: ElementFact | FlowFact) => boolean {
    const wanted = new Set<unknown>(values.flatMap((value) => [value, String(value)]));
    return (fact) => {
      const its = propertyOf(fact, name, this.catalogue);
      if (its === undefined) return false;
      for (const value of its) if (wanted.has(value)) return true;
      return false;
    };
  }

  /** Adds its leaves to `leaves`, and to `targets` those about the target that must hold in any case. */
  private formula(test: FlowTest, leaves: Leaf[], targets: ElementCheck[]): FlowCheck['holds'] {
    if (typeof test === 'string') {
      const named = this.catalogue.predicates.flows[test];
      return named === undefined ? () => false : this.formula(named, leaves, targets);
    }
    const parts: FlowCheck['holds'][] = [];
    const leaf = (it: Leaf): void => {
      const at = leaves.push(it) - 1;
      parts.push((answer) => answer(at));
    };
    if (test.kind) {
      const kinds = this.flowKinds(test.kind);
      leaf({ side: 'leg', check: (leg) => kinds.has(leg.kind) });
    }
    if (test.crosses) {
      const kinds = new Set(test.crosses);
      leaf({ side: 'leg', check: (leg) => intersects(leg.crossedKinds, kinds) });
    }
    if (test.carries) {
      const kinds = this.dataKinds(test.carries);
      leaf({ side: 'leg', check: (leg) => intersects(leg.carries, kinds) });
    }
    if (test.carriesSaid !== undefined) {
      const said = test.carriesSaid;
      leaf({ side: 'leg', check: (leg) => leg.said === said });
    }
    for (const [name, values] of Object.entries(test.where ?? {})) leaf({ side: 'leg', check: this.property(name, values) });
    if (test.from !== undefined) leaf({ side: 'from', check: this.element(test.from) });
    if (test.to !== undefined) {
      const check = this.element(test.to);
      targets.push(check);
      leaf({ side: 'to', check });
    }
    for (const inner of test.all ?? []) parts.push(this.formula(inner, leaves, targets));
    if (test.any) {
      const any = test.any.map((inner) => this.formula(inner, leaves, []));
      parts.push((answer) => {
        for (const holds of any) if (holds(answer)) return true;
        return false;
      });
    }
    if (test.not !== undefined) {
      const not = this.formula(test.not, leaves, []);
      parts.push((answer) => !not(answer));
    }
    return (answer) => {
      for (const holds of parts) if (!holds(answer)) return false;
      return true;
    };
  }

  private kindsOf(test: FlowTest): ReadonlySet<string> | undefined {
    if (typeof test === 'string') {
      const named = this.catalogue.predicates.flows[test];
      return named === undefined ? undefined : this.kindsOf(named);
    }
    let kinds = test.kind && this.flowKinds(test.kind);
    for (const inner of test.all ?? []) kinds = both(kinds, this.kindsOf(inner));
    if (test.any) {
      const each = test.any.map((inner) => this.kindsOf(inner));
      if (each.every((it) => it !== undefined)) kinds = both(kinds, new Set(each.flatMap((it) => [...it])));
    }
    return kinds;
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

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const it of few) if (many.has(it)) return true;
  return false;
}

function both(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  return a && b ? new Set([...a].filter((it) => b.has(it))) : (a ?? b);
}
