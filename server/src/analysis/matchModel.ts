import { propertyOf, type ElementFact } from './facts.ts';
import type { Hit } from './hit.ts';
import type { Query } from './query.ts';
import type { CompiledModelMatch, CompiledRule } from './rules.ts';
import { judge } from './satisfaction.ts';

/** Rules about the model as a whole: at most one hit. */
export function matchModel(rule: CompiledRule, match: CompiledModelMatch, query: Query): Hit[] {
  const witnesses = witnessesOf(match, query);
  if (!witnesses) return [];
  const verdict = judge(rule.requirement, (control) => query.evidence.anywhere(control));
  if (!verdict) return [];
  const { model } = query.facts;
  return [
    {
      rule,
      subject: undefined,
      verdict,
      names: { subject: model.title ?? 'This system', value: titles(witnesses) },
      places: witnesses.slice(0, 5).map((element) => ({ at: element.id, message: element.element.title })),
      sources: [],
      trail: witnesses,
      givers: witnesses,
    },
  ];
}

/** The elements that make the match true (possibly none); `undefined` when it is not. */
function witnessesOf(match: CompiledModelMatch, query: Query): ElementFact[] | undefined {
  const { facts } = query;
  const elements = facts.elements.filter((element) => element.judged);
  const witnesses = new Set<ElementFact>();
  if (match.absent && facts.elements.some((element) => match.absent!(element, query))) return undefined;
  if (match.unstated.length > 0 && match.unstated.every((name) => facts.model.properties.has(name))) return undefined;
  if (match.exists) {
    const found = elements.filter((element) => match.exists!(element, query));
    if (found.length === 0) return undefined;
    for (const element of found) witnesses.add(element);
  }
  if (match.existsFlow) {
    const check = match.existsFlow;
    const found = facts.flows.filter((leg) => query.relevant(leg, check) && query.waysEndingWith(leg, check).length > 0);
    if (found.length === 0) return undefined;
    for (const leg of found) witnesses.add(leg.to);
  }
  if (match.count) {
    const found = elements.filter((element) => match.count!.check(element, query));
    if (found.length < match.count.min) return undefined;
    for (const element of found) witnesses.add(element);
  }
  if (match.sources) {
    const { check, min } = match.sources;
    const found = new Set(
      facts.flows.filter((leg) => query.relevant(leg, check)).flatMap((leg) => query.waysEndingWith(leg, check).map((way) => way.from)),
    );
    if (found.size < min) return undefined;
    for (const element of found) witnesses.add(element);
  }
  if (match.shared) {
    const found = sharing(match.shared, elements, query);
    if (!found) return undefined;
    for (const element of found) witnesses.add(element);
  }
  if (match.together) {
    const { boundary, a, b } = match.together;
    const pair = [...facts.model.boundaries.values()]
      .filter(({ kind }) => boundary.has(kind))
      .map(({ id }) => elements.filter((element) => element.boundaries.includes(id)))
      .map((inside) => [inside.find((element) => a(element, query)), inside.find((element) => b(element, query))] as const)
      .find(([first, second]) => first && second);
    if (!pair) return undefined;
    for (const element of pair) witnesses.add(element!);
  }
  return [...witnesses];
}

function sharing(
  { check, property, min, except }: NonNullable<CompiledModelMatch['shared']>,
  elements: readonly ElementFact[],
  query: Query,
): ElementFact[] | undefined {
  const groups = new Map<string, ElementFact[]>();
  for (const element of elements) {
    if (!check(element, query)) continue;
    for (const value of propertyOf(element, property, query.facts.catalogue) ?? []) {
      const key = String(value);
      if (!except.has(key)) groups.set(key, [...(groups.get(key) ?? []), element]);
    }
  }
  return [...groups.values()].find((group) => group.length >= min);
}

function titles(elements: readonly ElementFact[]): string {
  const names = elements.slice(0, 3).map((element) => element.element.title);
  return names.join(', ') + (elements.length > 3 ? ` and ${elements.length - 3} more` : '');
}
