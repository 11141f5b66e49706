import type { Model } from '../model/model.ts';
import type { Component } from './component.ts';
import type { ElementFact } from './fact.ts';
import { propertyOf } from './facts.ts';
import { Hit, listed, type HitDetails } from './hit.ts';
import type { ElementCheck, FlowCheck } from './check.ts';
import type { CompiledModelMatch, CompiledRule } from './rules.ts';
import { everyControl, judge } from './satisfaction.ts';

/** Rules about the model as a whole: at most one hit each. Components in source order. */
export function matchModel(
  rule: CompiledRule,
  components: readonly Component[],
  model: Model,
  stateOf: (control: string) => number,
): Hit[] {
  return rule.matchers.flatMap((matcher) => {
    if (matcher.shape !== 'model') return [];
    const verdict = judge(rule.requirement, everyControl(rule.requirement), stateOf);
    if (!verdict || !isMatched(matcher.model, components, model)) return [];
    return [
      new Hit(
        rule,
        undefined,
        verdict,
        [],
        () => [],
        () => details(matcher.model, components, model),
      ),
    ];
  });
}

function details(match: CompiledModelMatch, components: readonly Component[], model: Model): HitDetails {
  const witnesses = witnessesOf(match, components, model);
  return {
    names: { subject: model.title ?? 'This system', value: titles(witnesses) },
    places: witnesses.slice(0, 5).map((element) => ({ at: element.id, message: element.element.title })),
    trail: witnesses,
    givers: witnesses,
  };
}

/** Looks no further than it must: nearly always a few components decide. */
function isMatched(match: CompiledModelMatch, components: readonly Component[], model: Model): boolean {
  const { exists, existsFlow, absent, count, sources, shared, unstated } = match;
  if (unstated.length > 0 && unstated.every((name) => model.properties.has(name))) return false;
  if (exists && !isAtLeast(1, components, (its) => judgedOf(exists, its))) return false;
  if (existsFlow && !isAtLeast(1, components, (its) => endsOfWays(existsFlow, 'to', its))) return false;
  if (count && !isAtLeast(count.min, components, (its) => judgedOf(count.check, its))) return false;
  if (sources && !isAtLeast(sources.min, components, (its) => endsOfWays(sources.check, 'from', its))) return false;
  if (absent && isAtLeast(1, components, (its) => its.query.passingIn(absent, its.number))) return false;
  if (shared && !sharing(shared, components)) return false;
  return !match.together || together(match.together, components, model) !== undefined;
}

function isAtLeast(min: number, components: readonly Component[], of: (component: Component) => readonly ElementFact[]): boolean {
  let count = 0;
  for (const component of components) if ((count += of(component).length) >= min) return true;
  return min === 0;
}

/** The elements that make a match true (possibly none). */
function witnessesOf(
  { exists, existsFlow, count, sources, shared, together: placed }: CompiledModelMatch,
  components: readonly Component[],
  model: Model,
): ElementFact[] {
  const all = (of: (component: Component) => readonly ElementFact[]): readonly ElementFact[] => components.flatMap(of);
  const parts = [
    exists && all((its) => judgedOf(exists, its)),
    existsFlow && all((its) => endsOfWays(existsFlow, 'to', its)),
    count && all((its) => judgedOf(count.check, its)),
    sources && all((its) => endsOfWays(sources.check, 'from', its)),
    shared && sharing(shared, components),
    placed && together(placed, components, model),
  ];
  return [...new Set(parts.flatMap((part) => part ?? []))];
}

function judgedOf(check: ElementCheck, { query, number }: Component): readonly ElementFact[] {
  const passing = query.passingIn(check, number);
  // Nothing at all in most components: then there is no list to make.
  return passing.length === 0 ? passing : passing.filter((element) => element.judged);
}

/** Each once. */
function endsOfWays(check: FlowCheck, side: 'from' | 'to', { query, number }: Component): readonly ElementFact[] {
  return [...new Set(query.waysIn(check, number).map((way) => (side === 'from' ? way[0]! : way.at(-1)!)[side]))];
}

/** The elements of the first value of a property that enough of them share. */
function sharing(
  { check, property, min, except }: NonNullable<CompiledModelMatch['shared']>,
  components: readonly Component[],
): readonly ElementFact[] | undefined {
  const groups = new Map<string, ElementFact[]>();
  for (const component of components) {
    for (const element of judgedOf(check, component)) {
      for (const value of propertyOf(element, property, component.query.context.catalogue) ?? []) {
        const key = String(value);
        if (except.has(key)) continue;
        const group = groups.get(key);
        if (group) group.push(element);
        else groups.set(key, [element]);
      }
    }
  }
  return [...groups.values()].find((group) => group.length >= min);
}

function together(
  { boundary: kinds, a: one, b: other }: NonNullable<CompiledModelMatch['together']>,
  components: readonly Component[],
  model: Model,
): readonly ElementFact[] | undefined {
  const a = components.flatMap((its) => judgedOf(one, its));
  const b = a.length === 0 ? a : components.flatMap((its) => judgedOf(other, its));
  if (b.length === 0) return undefined;
  for (const { id, kind } of model.boundaries.values()) {
    if (!kinds.has(kind)) continue;
    const first = a.find((element) => element.boundaries.includes(id));
    const second = first && b.find((element) => element !== first && element.boundaries.includes(id));
    if (first && second) return [first, second];
  }
  return undefined;
}

function titles(elements: readonly ElementFact[]): string {
  const names = elements.slice(0, 3).map((element) => element.element.title);
  return listed(elements.length > 3 ? [...names, `${elements.length - 3} more`] : names);
}
