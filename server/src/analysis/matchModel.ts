import type { Model } from '../model/model.ts';
import type { Component } from './component.ts';
import { propertyOf, type ElementFact } from './facts.ts';
import type { Hit } from './hit.ts';
import type { ElementCheck, FlowCheck } from './check.ts';
import type { Query, Way } from './query.ts';
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
    const witnesses = verdict && witnessesOf(matcher.model, components, model);
    if (!witnesses) return [];
    return [
      {
        rule,
        subject: undefined,
        verdict,
        sources: [],
        source: undefined,
        sink: undefined,
        flow: undefined,
        details: () => ({
          names: { subject: model.title ?? 'This system', value: titles(witnesses) },
          places: witnesses.slice(0, 5).map((element) => ({ at: element.id, message: element.element.title })),
          trail: witnesses,
          givers: witnesses,
        }),
      },
    ];
  });
}

/** What one component contributes to a match. Most contribute nothing. */
interface Contribution {
  readonly exists: readonly ElementFact[];
  readonly existsFlow: readonly ElementFact[];
  readonly absent: readonly ElementFact[];
  readonly count: readonly ElementFact[];
  readonly sources: readonly ElementFact[];
  readonly shared: readonly ElementFact[];
  readonly a: readonly ElementFact[];
  readonly b: readonly ElementFact[];
}
export type Contributions = ReadonlyMap<CompiledModelMatch, Contribution>;

/** What each of the components that a query is about contributes to the matches of some rules. */
export function contributionsOf(rules: readonly CompiledRule[], query: Query, components: number): Contributions[] {
  const all: (Map<CompiledModelMatch, Record<keyof Contribution, ElementFact[]>> | undefined)[] = Array.from({ length: components });
  for (const { matchers } of rules) {
    for (const matcher of matchers) {
      if (matcher.shape !== 'model') continue;
      const { model } = matcher;
      const add = (part: keyof Contribution, element: ElementFact, component: number): void => {
        const its = (all[component] ??= new Map());
        let known = its.get(model);
        if (!known) its.set(model, (known = { exists: [], existsFlow: [], absent: [], count: [], sources: [], shared: [], a: [], b: [] }));
        known[part].push(element);
      };
      const elements = (part: keyof Contribution, check: ElementCheck | undefined, judged = true): void => {
        if (!check) return;
        for (const element of query.passing(check)) if (element.judged || !judged) add(part, element, element.component);
      };
      elements('exists', model.exists);
      elements('absent', model.absent, false);
      elements('count', model.count?.check);
      elements('shared', model.shared?.check);
      elements('a', model.together?.a);
      elements('b', model.together?.b);
      for (const way of waysOf(model.existsFlow, query)) add('existsFlow', way.to, way.to.component);
      for (const way of waysOf(model.sources?.check, query)) add('sources', way.from, way.from.component);
    }
  }
  return all.map((its) => its ?? NOTHING);
}

const NOTHING: Contributions = new Map();

function waysOf(check: FlowCheck | undefined, query: Query): readonly Way[] {
  if (!check) return [];
  const legs = query
    .legsFor(check)
    .flat()
    .sort((a, b) => a.index - b.index);
  return legs.flatMap((leg) => query.waysEndingWith(leg, check));
}

/** The elements that make the match true (possibly none); `undefined` when it is not. */
function witnessesOf(match: CompiledModelMatch, components: readonly Component[], model: Model): ElementFact[] | undefined {
  if (match.unstated.length > 0 && match.unstated.every((name) => model.properties.has(name))) return undefined;
  const parts: Contribution[] = [];
  for (const { contributions } of components) {
    const its = contributions.size > 0 && contributions.get(match);
    if (its) parts.push(its);
  }
  const all = (of: keyof Contribution): ElementFact[] => {
    const found = new Set<ElementFact>();
    for (const part of parts) for (const element of part[of]) found.add(element);
    return [...found];
  };
  if (match.absent && parts.some((part) => part.absent.length > 0)) return undefined;
  const needed: (readonly ElementFact[] | undefined)[] = [];
  if (match.exists) needed.push(atLeast(all('exists'), 1));
  if (match.existsFlow) needed.push(atLeast(all('existsFlow'), 1));
  if (match.count) needed.push(atLeast(all('count'), match.count.min));
  if (match.sources) needed.push(atLeast(all('sources'), match.sources.min));
  if (match.shared) needed.push(sharing(match.shared, all('shared'), components[0]?.query));
  if (match.together) needed.push(together(match.together.boundary, all('a'), all('b'), model));
  return needed.some((found) => found === undefined) ? undefined : [...new Set(needed.flatMap((found) => found ?? []))];
}

function atLeast(found: readonly ElementFact[], min: number): readonly ElementFact[] | undefined {
  return found.length >= min ? found : undefined;
}

function sharing(
  { property, min, except }: NonNullable<CompiledModelMatch['shared']>,
  elements: readonly ElementFact[],
  query: Query | undefined,
): readonly ElementFact[] | undefined {
  const groups = new Map<string, ElementFact[]>();
  for (const element of elements) {
    for (const value of (query && propertyOf(element, property, query.context.catalogue)) ?? []) {
      const key = String(value);
      if (!except.has(key)) groups.set(key, [...(groups.get(key) ?? []), element]);
    }
  }
  return [...groups.values()].find((group) => group.length >= min);
}

function together(
  kinds: ReadonlySet<string>,
  a: readonly ElementFact[],
  b: readonly ElementFact[],
  model: Model,
): readonly ElementFact[] | undefined {
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
  return names.join(', ') + (elements.length > 3 ? ` and ${elements.length - 3} more` : '');
}
