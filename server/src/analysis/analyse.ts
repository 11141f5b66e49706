import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { applyAcceptances } from './accept.ts';
import { authorFindings } from './authorThreats.ts';
import { evaluate, worst, type Component } from './component.ts';
import { changedComponents, membersOf, partition, sameMembers, type Partition } from './partition.ts';
import { contextOf, isSameForAll, standsTheSame, type Context } from './context.ts';
import { holdBackDraft, rollUps } from './draft.ts';
import type { Members } from './partition.ts';
import type { Finding, Found } from './finding.ts';
import { anywhere, statements } from './evidence.ts';
import { foldFindings } from './fold.ts';
import type { Hit } from './hit.ts';
import { ownAffairs, type AnalysisOf } from './imported.ts';
import { matchModel } from './matchModel.ts';
import { Reported } from './report.ts';
import { rulesOf } from './rules.ts';
import { everyControl, judge } from './satisfaction.ts';
import { rankOf } from './severity.ts';

export interface AnalysisOptions {
  /** ISO date; decides which acceptances have expired. An input, so that results are reproducible. */
  readonly today: string;
  /** Of the files whose things are in the model. */
  readonly analysisOf?: AnalysisOf;
}

export interface Analysis {
  /** Most severe first, then in source order. All states; consumers filter. */
  readonly found: readonly Found[];
  /** The same with their places, made when they are first asked for: most of a large model are never shown. */
  readonly findings: readonly Finding[];
  /** One of `found` with its places. */
  placed(found: Found): Finding;
  /** What the analysis has to say of the file: acceptances that match nothing, roll-ups of a draft. Absolute spans. */
  readonly problems: readonly Problem[];
  /** How many elements had to be looked at again: guarded by tests, so that an edit stays a local matter. */
  readonly work: { readonly components: number; readonly evaluated: number; readonly elements: number };
}

interface State {
  readonly context: Context;
  readonly partition: Partition;
  readonly components: readonly Component[];
  /** See `sectionsOf`. */
  readonly sections: string;
  /** About the whole model. */
  readonly ofWhole: readonly Reported[];
  /** What was found in the components and of the whole, most severe first, then in source order. */
  readonly sorted: readonly Reported[];
}

const states = new WeakMap<Analysis, State>();

/**
 * Evaluates every rule of the catalogue on a model. Pure: `previous`, the analysis of an earlier version, only saves the
 * work for components (elements that flows connect) that are what they were.
 */
export function analyse(model: Model, catalogue: Catalogue, options: AnalysisOptions, previous?: Analysis): Analysis {
  const before = previous && states.get(previous);
  const context = contextOf(model, catalogue, before?.context);
  const rules = rulesOf(catalogue);

  const split = partition(model, before?.partition);
  const kept = keptComponents(split, context, before);
  const changed = kept.flatMap((old, at) => (old ? [] : [at]));
  const fresh = evaluate(split, changed, model, context, rules);
  const components = [...kept] as Component[];
  changed.forEach((at, number) => (components[at] = fresh[number]!));
  const sections = sectionsOf(model);

  const ofOthers = model.imported.map((file) => statements(file.model.controls));
  const stateOf = anywhere(context, [...components.map(({ claims }) => claims), ...ofOthers]);
  const unjudged = components.flatMap((component) => component.unjudged).flatMap((hit) => rejudge(hit, stateOf));
  const ofModel = rules.flatMap((rule) => {
    const hits = matchModel(rule, components, model, stateOf);
    return hits.length > 1 ? [hits.reduce(worst)] : hits;
  });
  const whole = holdBackDraft(
    [...unjudged, ...ofModel].map((hit) => Reported.of(hit, hit.rule.rule.severity)),
    context,
  );
  const ofWhole = foldFindings(whole.findings, rules);
  const isOrdered = before?.partition.connections === split.connections && sections === before.sections;
  const added = inOrder([...fresh.flatMap((its) => its.findings), ...ofWhole], model);
  const sorted = merged(stillFound(before, kept, isOrdered, model), added, model);

  const own = model.imported.length > 0 ? inOrder(ownAffairs(sorted, model, options.analysisOf ?? (() => undefined)), model) : sorted;
  const accepted = applyAcceptances(own, model, options.today);
  const drafts = [...components.map(({ heldBack }) => heldBack), whole.heldBack];
  const analysis = new Analysed(model, {
    found: merged<Reported | Finding>(accepted.findings, inOrder(authorFindings(model), model), model),
    problems: [...drafts.flatMap((heldBack) => rollUps(heldBack, model, context)), ...accepted.problems],
    work: {
      components: components.length,
      evaluated: fresh.length,
      elements: fresh.reduce((sum, members) => sum + members.elements.length, 0),
    },
  });
  states.set(analysis, { context, partition: split, components, sections, ofWhole, sorted });
  return analysis;
}

class Analysed implements Analysis {
  readonly found: readonly (Reported | Finding)[];
  readonly problems: Analysis['problems'];
  readonly work: Analysis['work'];
  readonly #model: Model;
  #findings: readonly Finding[] | undefined;

  constructor(model: Model, { found, problems, work }: Pick<Analysed, 'found' | 'problems' | 'work'>) {
    this.found = found;
    this.problems = problems;
    this.work = work;
    this.#model = model;
  }

  get findings(): readonly Finding[] {
    return (this.#findings ??= this.found.map((found) => this.placed(found)));
  }

  placed(found: Found): Finding {
    return found instanceof Reported ? found.in(this.#model) : (found as Finding);
  }
}

/** For each component, what is known of it when it is what it was. */
function keptComponents(now: Partition, context: Context, before: State | undefined): readonly (Component | undefined)[] {
  if (!before || !isSameForAll(before.context, context)) return new Array<undefined>(now.connections.elements.count).fill(undefined);
  const kept = now.connections === before.partition.connections ? unchanged(now, before) : found(now, before);
  if (before.context === context) return kept;
  return kept.map((old) => (old && standsTheSame(old, old.query.context, context) ? old : undefined));
}

function unchanged(now: Partition, before: State): readonly (Component | undefined)[] {
  const changed = changedComponents(now, before.partition);
  return before.components.map((component, at) => (changed.has(at) ? undefined : component));
}

function found(now: Partition, before: State): readonly (Component | undefined)[] {
  const byFirst = new Map(before.components.map((component) => [component.elements[0]!, component]));
  return Array.from({ length: now.connections.elements.count }, (_, at) => {
    const members = membersOf(now, at);
    const old = byFirst.get(members.elements[0]!);
    return old && sameMembers(old, members) ? old : undefined;
  });
}

/** The order of the sections whose things have findings: while it and the things are the same, findings keep their order. */
function sectionsOf(model: Model): string {
  const startOf = (section: string): number => model.keySpan(section)?.start ?? -1;
  return ['use', 'elements', 'flows'].sort((a, b) => startOf(a) - startOf(b)).join(' ');
}

/** What was found before and still is, in order. It was in order before; `isOrdered` when it still must be. */
function stillFound(
  before: State | undefined,
  kept: readonly (Component | undefined)[],
  isOrdered: boolean,
  model: Model,
): readonly Reported[] {
  if (!before) return [];
  const components = new Set(kept);
  const gone = new Set(before.ofWhole);
  for (const component of before.components) if (!components.has(component)) for (const one of component.findings) gone.add(one);
  const still = before.sorted.filter((one) => !gone.has(one));
  return isOrdered ? still : inOrder(still, model);
}

/** Most severe first, then in source order. */
function inOrder<T extends Reported | Finding>(findings: readonly T[], model: Model): readonly T[] {
  let isOrdered = true;
  // A place is a look into the model: each is taken once. Numbers are sorted faster than what has to be compared, so
  // that a key says which finding it is of.
  const keys = new Float64Array(findings.length);
  for (let at = 0, before = -Infinity; at < findings.length; at++) {
    const key = keyOf(findings[at]!, model);
    isOrdered &&= before < key || (before === key && byRule(findings[at - 1]!, findings[at]!) <= 0);
    keys[at] = key * MOST_FINDINGS + at;
    before = key;
  }
  if (isOrdered) return findings;
  const sorted: T[] = [];
  const places: number[] = [];
  for (const key of keys.sort()) {
    const place = Math.floor(key / MOST_FINDINGS);
    const finding = findings[key - place * MOST_FINDINGS]!;
    let at = sorted.length;
    for (; at > 0 && places[at - 1] === place && byRule(finding, sorted[at - 1]!) < 0; at--) sorted[at] = sorted[at - 1]!;
    sorted[at] = finding;
    places.push(place);
  }
  return sorted;
}

/** Both together, and a severity, are one number: no text and no list of findings is that long. */
const LONGEST = 2 ** 28;
const MOST_FINDINGS = 2 ** 22;

function keyOf(finding: Reported | Finding, model: Model): number {
  const start = finding instanceof Reported ? finding.startIn(model) : finding.span.start;
  return (SEVERITIES.length - rankOf(finding.severity)) * LONGEST + start;
}

function byRule(a: Found, b: Found): number {
  return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0;
}

/** Two lists in order as one; of what is equal, what is in the first one comes first. */
function merged<T extends Reported | Finding>(many: readonly T[], few: readonly T[], model: Model): readonly T[] {
  if (many.length === 0 || few.length === 0) return few.length === 0 ? many : few;
  const all: T[] = [];
  let taken = 0;
  for (const one of few) {
    const place = placeAfter(many, one, taken, model);
    for (; taken < place; taken++) all.push(many[taken]!);
    all.push(one);
  }
  for (; taken < many.length; taken++) all.push(many[taken]!);
  return all;
}

/** Where the first begins, from a place on, that comes after a finding. */
function placeAfter<T extends Reported | Finding>(findings: readonly T[], one: T, from: number, model: Model): number {
  const key = keyOf(one, model);
  const isBefore = (other: T): boolean => (key - keyOf(other, model) || byRule(one, other)) < 0;
  let [low, high] = [from, from];
  // In growing steps first: it is rarely far.
  for (let step = 1; high < findings.length && !isBefore(findings[high]!); step *= 2) {
    low = high + 1;
    high += step;
  }
  high = Math.min(high, findings.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(findings[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What flows connect, directly or not, with an element: all that its findings depend on, but for what encloses it. */
export function connectedTo(analysis: Analysis, element: string): Members | undefined {
  const split = states.get(analysis)?.partition;
  const at = split?.connections.placeOf.get(element);
  return split && at !== undefined ? membersOf(split, split.connections.ofElement[at]!) : undefined;
}

/** Evidence that may be anywhere is known only when the whole model is. */
function rejudge(hit: Hit, stateOf: (control: string) => number): Hit[] {
  const verdict = judge(hit.rule.requirement, everyControl(hit.rule.requirement), stateOf);
  return verdict ? [hit.judged(verdict)] : [];
}
