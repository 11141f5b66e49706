import { analyse, bestGiver, isOpen, sortOfGiver, type Analysis, type Finding } from '../analysis/index.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { Control } from '../catalogue/vocabulary.ts';
import { withControls } from './restate.ts';
import type { Subject } from './threats.ts';
import type { Work } from './work.ts';

export type Phase = Control['phase'];
export const PHASES: readonly Phase[] = ['first', 'then', 'next'];

/** What an open finding of a severity counts for: each step is twice the one below. */
export const RISK: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 4, critical: 8 };

/** The catalogue has no cost of a control: what is adopted later takes more. */
export const EFFORT: Readonly<Record<Phase, number>> = { first: 1, then: 2, next: 3 };

export interface Placed {
  readonly control: string;
  /** Id of the element, flow or boundary, or `$model`. */
  readonly at: string;
}

/** What some controls, in place where they are asked for, really remove: the model with them has been analysed. */
export interface Step {
  readonly phase: Phase;
  readonly placed: readonly Placed[];
  /** Findings that are open without it and not with it. */
  readonly clears: readonly Finding[];
  /** Sum of `RISK` of what it clears, less what it opens. */
  readonly risk: number;
  /** Sum of `EFFORT` of its controls. */
  readonly effort: number;
}

export interface Roadmap {
  /** In the order to be taken: each is what it is once those before it are done. Phase by phase, most risk per effort first. */
  readonly steps: readonly Step[];
  /** Findings that are still open after the last step, because no control clears them, or because the road is cut there. */
  readonly left: number;
  /** The road goes on: a larger model is looked at less far ahead. */
  readonly isCut: boolean;
  /** One control at one place, by itself: those that clear most findings, best first. */
  readonly single: readonly Step[];
}

/** Analysing the whole model so many elements at a time is what a person will wait for. */
const MOST_LOOKED_AT = 8_000;
const MOST_STEPS = 40;
const FEWEST_STEPS = 3;
const SINGLES_TRIED = 20;
const SINGLES_SHOWN = 5;

/**
 * What to do about the open findings of a model, in order. Deterministic; `most`: how many elements may be looked at, again and
 * again. Stops after each analysis of the model.
 */
export function* roadmapOf(subject: Subject, most = MOST_LOOKED_AT): Work<Roadmap> {
  const elements = Math.max(1, subject.model.elements.size);
  const budget = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.floor(most / elements)));
  const walked = yield* new Road(subject, budget).walk();
  return { ...walked, single: yield* singles(subject, Math.min(SINGLES_TRIED, budget)) };
}

/** A model with more and more controls, and what is still open in it. */
class Road {
  private readonly subject: Subject;
  private readonly added = new Map<string, Set<string>>();
  private readonly futile = new Set<string>();
  private readonly keys = new Map<readonly string[], string>();
  private standing: Standing;
  private tries: number;

  constructor(subject: Subject, budget: number) {
    this.subject = subject;
    this.standing = standingOf(subject.analysis);
    this.tries = budget;
  }

  *walk(): Work<Omit<Roadmap, 'single'>> {
    const steps: Step[] = [];
    let isCut = false;
    for (const phase of PHASES) {
      for (let unit = this.best(phase); unit && !isCut; unit = this.best(phase)) {
        if (this.tries-- <= 0) isCut = true;
        else {
          const step = this.take(unit, phase);
          if (step) steps.push(step);
          yield;
        }
      }
    }
    return { steps, left: this.standing.open.size, isCut };
  }

  /** The set of controls, none of a later phase, that promises to remove most risk for its effort. */
  private best(phase: Phase): Unit | undefined {
    const { catalogue } = this.subject;
    const units = new Map<string, Unit>();
    for (const finding of this.standing.open.values()) {
      for (const set of finding.missing) {
        const key = this.keyOf(set);
        if (this.futile.has(key)) continue;
        let unit = units.get(key);
        if (!unit) {
          const controls = set.flatMap((id) => catalogue.controls.get(id) ?? []);
          if (controls.length < set.length || controls.some((control) => PHASES.indexOf(control.phase) > PHASES.indexOf(phase))) continue;
          units.set(key, (unit = { key, controls, findings: [], risk: 0, effort: effortOf(controls) }));
        }
        unit.findings.push(finding);
        unit.risk += RISK[finding.fullSeverity];
      }
    }
    let best: Unit | undefined;
    for (const unit of units.values()) if (!best || isBetter(unit, best)) best = unit;
    return best;
  }

  /** Findings of one rule share their sets. */
  private keyOf(set: readonly string[]): string {
    let key = this.keys.get(set);
    if (key === undefined) this.keys.set(set, (key = [...set].sort().join(' ')));
    return key;
  }

  /** Puts the controls in place; `undefined` when that turns out to remove nothing. */
  private take({ key, controls, findings, effort }: Unit, phase: Phase): Step | undefined {
    const { model, catalogue, today } = this.subject;
    const placed: Placed[] = [];
    const trial = new Map([...this.added].map(([giver, its]) => [giver, new Set(its)]));
    for (const control of controls) {
      for (const finding of findings) {
        const at = bestGiver(model, finding, control);
        if (at === undefined || trial.get(at)?.has(control.id)) continue;
        trial.set(at, (trial.get(at) ?? new Set()).add(control.id));
        placed.push({ control: control.id, at });
      }
    }
    const after = standingOf(analyse(withControls(model, trial), catalogue, { today }, this.standing.analysis));
    const { clears, risk } = difference(this.standing, after);
    if (clears.length === 0 || risk <= 0) {
      this.futile.add(key);
      return undefined;
    }
    this.added.clear();
    for (const [giver, its] of trial) this.added.set(giver, its);
    this.standing = after;
    return { phase, placed, clears, risk, effort };
  }
}

interface Unit {
  readonly key: string;
  readonly controls: readonly Control[];
  readonly findings: Finding[];
  risk: number;
  readonly effort: number;
}

function isBetter(a: Unit, b: Unit): boolean {
  const [mine, theirs] = [a.risk / a.effort, b.risk / b.effort];
  if (mine !== theirs) return mine > theirs;
  if (a.findings.length !== b.findings.length) return a.findings.length > b.findings.length;
  return a.key < b.key;
}

/** One control at one place: the promising ones are tried, each by itself; of each control the best place. */
function* singles({ model, catalogue, analysis, today }: Subject, most: number): Work<readonly Step[]> {
  const promises = new Map<string, { readonly placed: Placed; readonly control: Control; count: number; risk: number }>();
  const before = standingOf(analysis);
  for (const finding of before.open.values()) {
    for (const set of finding.missing) {
      const control = set.length === 1 ? catalogue.controls.get(set[0] ?? '') : undefined;
      if (!control) continue;
      for (const at of finding.givers) {
        const sort = sortOfGiver(model, at);
        if (sort === undefined || !control.givenBy.includes(sort)) continue;
        const key = `${control.id} ${at}`;
        const promise = promises.get(key) ?? { placed: { control: control.id, at }, control, count: 0, risk: 0 };
        promise.count++;
        promise.risk += RISK[finding.fullSeverity];
        promises.set(key, promise);
      }
    }
  }
  // Equally promising ones keep the order of the findings, so the most severe come first, each nearest the sink.
  const promising = [...promises.values()].sort((a, b) => b.count - a.count || b.risk - a.risk).slice(0, most);
  const tried: Step[] = [];
  for (const { placed, control } of promising) {
    const after = analyse(withControls(model, new Map([[placed.at, new Set([placed.control])]])), catalogue, { today }, analysis);
    const { clears, risk } = difference(before, standingOf(after));
    if (clears.length > 0 && risk > 0) tried.push({ phase: control.phase, placed: [placed], effort: EFFORT[control.phase], clears, risk });
    yield;
  }
  tried.sort((a, b) => b.clears.length - a.clears.length || b.risk - a.risk);
  const controls = tried.map(({ placed }) => placed[0]?.control);
  return tried.filter((_, at) => controls.indexOf(controls[at]) === at).slice(0, SINGLES_SHOWN);
}

/** An analysis with what is open in it, by rule and subject. */
interface Standing {
  readonly analysis: Analysis;
  readonly open: ReadonlyMap<string, Finding>;
}

function standingOf(analysis: Analysis): Standing {
  const open = new Map<string, Finding>();
  for (const finding of analysis.findings) if (isOpen(finding.state)) open.set(`${finding.rule} ${finding.subject}`, finding);
  return { analysis, open };
}

/** What is open before and not after, and how much risk that is. A finding is the same when rule and subject are. */
function difference(before: Standing, after: Standing): Pick<Step, 'clears' | 'risk'> {
  const onlyIn = (one: Standing, other: Standing): readonly Finding[] =>
    [...one.open].flatMap(([key, finding]) => (other.open.has(key) ? [] : [finding]));
  const clears = onlyIn(before, after);
  const sum = (findings: readonly Finding[]): number => findings.reduce((total, { fullSeverity }) => total + RISK[fullSeverity], 0);
  return { clears, risk: sum(clears) - sum(onlyIn(after, before)) };
}

function effortOf(controls: readonly Control[]): number {
  return controls.reduce((sum, { phase }) => sum + EFFORT[phase], 0);
}
