import type { CapabilityLeg, ElementTest, FlowTest, Match, ModelMatch, Reach } from './rule.ts';
import type { Property } from './vocabulary.ts';
import type { Words } from './words.ts';

/** Tells of a problem. `word`: the one word that is wrong, where `at` names a list or a map that has it. */
export type Report = (at: string, code: string, message: string, word?: string) => void;

/** Every word that a match uses exists, and every value can be had. */
export function checkMatch(match: Match, at: string, words: Words, report: Report): void {
  const element = (test: ElementTest | undefined, key: string) => optionalElement(test, key, words, report);
  if ('anyOf' in match) return match.anyOf.forEach((part, index) => checkMatch(part, `${at}.anyOf[${index}]`, words, report));
  if ('element' in match) return element(match.element, `${at}.element`);
  if ('flow' in match) return checkFlowTest(match.flow, `${at}.flow`, words, report);
  if ('path' in match) {
    const { source, via, sink, sinkFlow, flows, crosses } = match.path;
    const here = `${at}.path`;
    element(source, `${here}.source`);
    knownKinds(via?.kind, 'element', `${here}.via.kind`, words, report);
    element(via?.some, `${here}.via.some`);
    if (sink === undefined && sinkFlow === undefined) report(here, 'incomplete-match', 'a path needs a sink or a sinkFlow');
    element(sink, `${here}.sink`);
    if (sinkFlow !== undefined) checkFlowTest(sinkFlow, `${here}.sinkFlow`, words, report);
    knownKinds(flows, 'flowSet', `${here}.flows`, words, report);
    knownKinds(crosses, 'boundary', `${here}.crosses`, words, report);
    return;
  }
  if ('cycle' in match) {
    element(match.cycle.at, `${at}.cycle.at`);
    element(match.cycle.some, `${at}.cycle.some`);
    knownKinds(match.cycle.flows, 'flowSet', `${at}.cycle.flows`, words, report);
    return;
  }
  if ('capability' in match) {
    const { holder, legs, distinct } = match.capability;
    element(holder, `${at}.capability.holder`);
    legs.forEach((leg, index) => checkLeg(leg, `${at}.capability.legs[${index}]`, words, report));
    if (distinct) knownProperty(distinct.property, 'element', `${at}.capability.distinct.property`, words, report);
    return;
  }
  checkModel(match.model, `${at}.model`, words, report);
}

function checkLeg(leg: CapabilityLeg, at: string, words: Words, report: Report): void {
  if (leg.reads === undefined && leg.writes === undefined) report(at, 'incomplete-match', `leg "${leg.name}" neither reads nor writes`);
  checkReach(leg.reads, `${at}.reads`, words, report);
  if (leg.writes === undefined) return;
  checkFlowTest(leg.writes.flow, `${at}.writes.flow`, words, report);
  knownKinds(leg.writes.flows, 'flowSet', `${at}.writes.flows`, words, report);
}

function checkModel(match: ModelMatch, at: string, words: Words, report: Report): void {
  optionalElement(match.exists, `${at}.exists`, words, report);
  if (match.existsFlow !== undefined) checkFlowTest(match.existsFlow, `${at}.existsFlow`, words, report);
  optionalElement(match.absent, `${at}.absent`, words, report);
  optionalElement(match.count?.element, `${at}.count.element`, words, report);
  if (match.sources) checkFlowTest(match.sources.flow, `${at}.sources.flow`, words, report);
  for (const name of match.unstated ?? []) knownProperty(name, 'system', `${at}.unstated`, words, report);
  if (match.shared) {
    optionalElement(match.shared.element, `${at}.shared.element`, words, report);
    const property = knownProperty(match.shared.property, 'element', `${at}.shared.property`, words, report);
    if (property) legalValues(property, match.shared.except ?? [], `${at}.shared.except`, report);
  }
  if (match.together) {
    knownKinds(match.together.boundary, 'boundary', `${at}.together.boundary`, words, report);
    optionalElement(match.together.a, `${at}.together.a`, words, report);
    optionalElement(match.together.b, `${at}.together.b`, words, report);
  }
}

/** Every word of a test of an element exists. */
export function checkElementTest(test: ElementTest, at: string, words: Words, report: Report): void {
  if (typeof test === 'string') return knownName(test, 'elements', at, words, report);
  knownKinds(test.kind, 'element', `${at}.kind`, words, report);
  checkWhere(test.where, test.kind, 'element', `${at}.where`, words, report);
  knownKinds(test.holds, 'data', `${at}.holds`, words, report);
  knownKinds(test.inside, 'boundary', `${at}.inside`, words, report);
  if (test.receives !== undefined) checkFlowTest(test.receives, `${at}.receives`, words, report);
  if (test.sends !== undefined) checkFlowTest(test.sends, `${at}.sends`, words, report);
  checkReach(test.reachedFrom, `${at}.reachedFrom`, words, report);
  checkReach(test.reaches, `${at}.reaches`, words, report);
  test.all?.forEach((part, index) => checkElementTest(part, `${at}.all[${index}]`, words, report));
  test.any?.forEach((part, index) => checkElementTest(part, `${at}.any[${index}]`, words, report));
  optionalElement(test.not, `${at}.not`, words, report);
}

/** Every word of a test of a flow exists. */
export function checkFlowTest(test: FlowTest, at: string, words: Words, report: Report): void {
  if (typeof test === 'string') return knownName(test, 'flows', at, words, report);
  knownKinds(test.kind, 'flow', `${at}.kind`, words, report);
  optionalElement(test.from, `${at}.from`, words, report);
  optionalElement(test.to, `${at}.to`, words, report);
  knownKinds(test.crosses, 'boundary', `${at}.crosses`, words, report);
  knownKinds(test.carries, 'data', `${at}.carries`, words, report);
  checkWhere(test.where, test.kind, 'flow', `${at}.where`, words, report);
  test.all?.forEach((part, index) => checkFlowTest(part, `${at}.all[${index}]`, words, report));
  test.any?.forEach((part, index) => checkFlowTest(part, `${at}.any[${index}]`, words, report));
  if (test.not !== undefined) checkFlowTest(test.not, `${at}.not`, words, report);
}

function optionalElement(test: ElementTest | undefined, at: string, words: Words, report: Report): void {
  if (test !== undefined) checkElementTest(test, at, words, report);
}

function checkReach(reach: Reach | undefined, at: string, words: Words, report: Report): void {
  if (reach === undefined) return;
  checkElementTest(reach.element, `${at}.element`, words, report);
  knownKinds(reach.flows, 'flowSet', `${at}.flows`, words, report);
}

type Where = Readonly<Record<string, readonly (string | number | boolean)[]>>;

function checkWhere(
  where: Where | undefined,
  kinds: readonly string[] | undefined,
  on: 'element' | 'flow',
  at: string,
  words: Words,
  report: Report,
): void {
  for (const [name, values] of Object.entries(where ?? {})) {
    const property = knownProperty(name, on, `${at}.${name}`, words, report);
    if (property === undefined) continue;
    legalValues(property, values, `${at}.${name}`, report);
    const known = on === 'element' ? words.elementKinds : words.flowKinds;
    for (const kind of kinds ?? []) {
      if (known.has(kind) && property.kinds?.includes(kind) === false)
        report(`${at}.${name}`, 'unused-property', `kind "${kind}" makes no use of property "${name}"`);
    }
  }
}

function legalValues(property: Property, values: readonly (string | number | boolean)[], at: string, report: Report): void {
  for (const value of values) {
    if (!isLegal(property, value))
      report(at, 'unknown-value', `${JSON.stringify(value)} is not a value of property "${property.name}"`, String(value));
  }
}

/** A value that an element or flow can have, stated or by silence. */
export function isLegal(property: Property, value: string | number | boolean): boolean {
  if (value === property.default || Object.values(property.defaults).includes(value)) return true;
  switch (property.type) {
    case 'choice':
    case 'choices':
      return property.values.includes(value as string);
    case 'flag':
      return typeof value === 'boolean' || value === 'unknown';
    case 'level':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 4;
    case 'text':
    case 'date':
      return typeof value === 'string';
  }
}

function knownProperty(name: string, on: Property['on'], at: string, words: Words, report: Report): Property | undefined {
  const property = words.properties[on].get(name);
  if (property === undefined)
    report(at, 'unknown-property', `unknown property "${name}" of ${on === 'system' ? 'the system' : `${an(on)} ${on}`}`, name);
  return property;
}

type KindSort = 'element' | 'flow' | 'boundary' | 'data' | 'flowSet';

function knownKinds(kinds: readonly string[] | undefined, sort: KindSort, at: string, words: Words, report: Report): void {
  for (const kind of kinds ?? []) {
    if (kind.startsWith('$')) {
      if (sort === 'flowSet') knownName(kind, 'flowKinds', at, words, report);
      else if (sort === 'data') knownName(kind, 'data', at, words, report);
      else report(at, 'misplaced-name', `a named set ("${kind}") cannot stand here: list the kinds`, kind);
      continue;
    }
    const known = {
      element: words.elementKinds,
      flow: words.flowKinds,
      flowSet: words.flowKinds,
      boundary: words.boundaryKinds,
      data: words.dataKinds,
    };
    if (!known[sort].has(kind)) report(at, 'unknown-kind', `unknown ${sort === 'flowSet' ? 'flow' : sort} kind "${kind}"`, kind);
  }
}

const SORTS = {
  elements: 'test of an element',
  flows: 'test of a flow',
  data: 'set of data kinds',
  flowKinds: 'set of flow kinds',
} as const;
type PredicateSort = keyof typeof SORTS;

function knownName(name: string, sort: PredicateSort, at: string, words: Words, report: Report): void {
  if (words.predicates[sort].has(name)) return;
  const other = (Object.keys(SORTS) as PredicateSort[]).find((key) => words.predicates[key].has(name));
  if (other) report(at, 'misplaced-name', `"${name}" is a ${SORTS[other]}; here a ${SORTS[sort]} is needed`, name);
  else report(at, 'unknown-name', `unknown name "${name}"`, name);
}

function an(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}
