import type { Model } from '../model/model.ts';
import type { Component } from './component.ts';
import { propertyOf, type ElementFact } from './facts.ts';
import type { Hit } from './hit.ts';
import type { Query } from './query.ts';
import type { CompiledModelMatch, CompiledRule } from './rules.ts';
import { judge } from './satisfaction.ts';

/** Rules about the model as a whole: at most one hit each. Components in source order. */
export function matchModel(
  rule: CompiledRule,
  components: readonly Component[],
  model: Model,
  stateOf: (control: string) => number,
): Hit[] {
  return rule.matchers.flatMap((matcher) => {
    if (matcher.shape !== 'model') return [];
    const verdict = judge(rule.requirement, stateOf);
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

/** What one component contributes to a match; remembered with the component. */
interface Contribution {
  readonly exists: readonly ElementFact[];
  readonly existsFlow: readonly ElementFact[];
  readonly absent: boolean;
  readonly count: readonly ElementFact[];
  readonly sources: readonly ElementFact[];
  readonly shared: readonly ElementFact[];
  readonly a: readonly ElementFact[];
  readonly b: readonly ElementFact[];
}

const remembered = new WeakMap<Component, Map<CompiledModelMatch, Contribution>>();

function contributionOf(match: CompiledModelMatch, component: Component): Contribution {
  let matches = remembered.get(component);
  if (!matches) remembered.set(component, (matches = new Map()));
  let known = matches.get(match);
  if (!known) matches.set(match, (known = contribute(match, component)));
  return known;
}

function contribute(match: CompiledModelMatch, { facts, query }: Component): Contribution {
  const judged = facts.elements.filter((element) => element.judged);
  const passing = (check: ((element: ElementFact, query: Query) => boolean) | undefined): ElementFact[] =>
    check ? judged.filter((element) => check(element, query)) : [];
  const ways = (check: CompiledModelMatch['existsFlow']) =>
    check ? facts.flows.flatMap((leg) => (query.relevant(leg, check) ? query.waysEndingWith(leg, check) : [])) : [];
  return {
    exists: passing(match.exists),
    existsFlow: ways(match.existsFlow).map((way) => way.to),
    absent: match.absent !== undefined && !facts.elements.some((element) => match.absent!(element, query)),
    count: passing(match.count?.check),
    sources: ways(match.sources?.check).map((way) => way.from),
    shared: passing(match.shared?.check),
    a: passing(match.together?.a),
    b: passing(match.together?.b),
  };
}

/** The elements that make the match true (possibly none); `undefined` when it is not. */
function witnessesOf(match: CompiledModelMatch, components: readonly Component[], model: Model): ElementFact[] | undefined {
  if (match.unstated.length > 0 && match.unstated.every((name) => model.properties.has(name))) return undefined;
  const parts = components.map((component) => contributionOf(match, component));
  const all = (of: Exclude<keyof Contribution, 'absent'>): ElementFact[] => {
    const found = new Set<ElementFact>();
    for (const part of parts) for (const element of part[of]) found.add(element);
    return [...found];
  };
  if (match.absent && parts.some((part) => !part.absent)) return undefined;
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
