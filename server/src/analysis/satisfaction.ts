import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Satisfaction } from '../catalogue/rule.ts';
import { controlsIn } from '../catalogue/satisfaction.ts';
import { IN_PLACE, NOT_APPLICABLE, PARTIAL, PLANNED, UNSTATED } from './evidence.ts';

/** A satisfaction expression over the controls that it names; a set of them is a bit mask. */
export interface Requirement {
  readonly controls: readonly string[];
  isMet(mask: number): boolean;
  /** Minimal sets of controls that would meet it from here, preferred first; without those that do not apply. */
  alternatives(inPlace: number, notApplicable: number): readonly (readonly string[])[];
}

/** The bits of a mask are the numbers of a 32-bit integer. */
const MOST_CONTROLS = 31;
/** Alternatives are for people to choose from; a long list helps nobody. */
const MOST_ALTERNATIVES = 8;
const MOST_COMBINATIONS = 64;

type Meets = (mask: number) => boolean;

export function compileRequirement(satisfaction: Satisfaction, suggest: readonly string[], catalogue: Catalogue): Requirement {
  const controls = controlsIn(satisfaction).slice(0, MOST_CONTROLS);
  const bit = new Map(controls.map((control, at) => [control, 1 << at]));
  const isMet = compile(satisfaction, bit, catalogue);
  const preference = [...new Set([...suggest, ...controls])];
  const rank = (set: readonly string[]): number => set.reduce((sum, control) => sum + preference.indexOf(control), 0);
  const known = new Map<string, readonly (readonly string[])[]>();
  return {
    controls,
    isMet,
    alternatives(inPlace, notApplicable) {
      const key = `${inPlace} ${notApplicable}`;
      const remembered = known.get(key);
      if (remembered) return remembered;
      const sets = combinations(
        satisfaction,
        preference,
        (control) => {
          const its = bit.get(control) ?? 0;
          return inPlace & its ? 'given' : notApplicable & its ? 'excluded' : 'open';
        },
        catalogue,
      );
      const minimal = sets
        .map((set) => shrink(set, (rest) => isMet(inPlace | maskOf(rest, bit))))
        .filter((set): set is string[] => set !== undefined);
      const unique = new Map(minimal.map((set) => [[...set].sort().join(' '), set]));
      const suggested = new Set(suggest);
      const asSuggested = (set: readonly string[]): number => (set.every((control) => suggested.has(control)) ? 0 : 1);
      const best = [...unique.values()]
        .sort((a, b) => asSuggested(a) - asSuggested(b) || a.length - b.length || rank(a) - rank(b))
        .slice(0, MOST_ALTERNATIVES);
      known.set(key, best);
      return best;
    },
  };
}

export type Verdict = {
  readonly state: 'open' | 'planned' | 'partial' | 'not-applicable';
  readonly inPlace: number;
  readonly notApplicable: number;
  readonly explicit: boolean;
};

/**
 * Judges a requirement by the state of its controls (as in evidence.ts); `undefined` when it is met. Only those at
 * `stated` are asked for, the others are taken for unstated. `explicit`: the file says of some control that it is
 * absent, planned or partial.
 */
export function judge(requirement: Requirement, stated: readonly number[], stateOf: (control: string) => number): Verdict | undefined {
  let inPlace = 0;
  let partial = 0;
  let promised = 0;
  let notApplicable = 0;
  let explicit = false;
  for (let number = 0; number < stated.length; number++) {
    const at = stated[number]!;
    const state = stateOf(requirement.controls[at]!);
    if (state === UNSTATED) continue;
    if (state === IN_PLACE) inPlace |= 1 << at;
    else if (state === NOT_APPLICABLE) notApplicable |= 1 << at;
    else explicit = true;
    if (state >= PARTIAL) partial |= 1 << at;
    if (state >= PLANNED) promised |= 1 << at;
  }
  if (promised === 0 && notApplicable === 0 && !explicit) return requirement.isMet(0) ? undefined : SILENCE;
  if (requirement.isMet(inPlace)) return undefined;
  if (requirement.isMet(partial)) return { state: 'partial', inPlace, notApplicable, explicit };
  if (requirement.isMet(promised)) return { state: 'planned', inPlace, notApplicable, explicit };
  const everything = 2 ** requirement.controls.length - 1;
  const state = notApplicable !== 0 && !requirement.isMet(everything & ~notApplicable) ? 'not-applicable' : 'open';
  return { state, inPlace, notApplicable, explicit };
}

/** The verdict when nothing is said. */
const SILENCE: Verdict = { state: 'open', inPlace: 0, notApplicable: 0, explicit: false };

/** Every control of a requirement, see `judge`. */
export function everyControl({ controls }: Requirement): readonly number[] {
  return controls.map((_, at) => at);
}

function compile(satisfaction: Satisfaction, bit: ReadonlyMap<string, number>, catalogue: Catalogue): Meets {
  if (typeof satisfaction === 'string') {
    const its = bit.get(satisfaction) ?? 0;
    return (mask) => (mask & its) !== 0;
  }
  if ('anyOf' in satisfaction) {
    const single = satisfaction.anyOf.filter((part) => typeof part === 'string');
    const any = maskOf(single, bit);
    const others = satisfaction.anyOf.filter((part) => typeof part !== 'string').map((part) => compile(part, bit, catalogue));
    if (others.length === 0) return (mask) => (mask & any) !== 0;
    return (mask) => {
      if ((mask & any) !== 0) return true;
      for (const part of others) if (part(mask)) return true;
      return false;
    };
  }
  if ('allOf' in satisfaction) {
    const parts = satisfaction.allOf.map((part) => compile(part, bit, catalogue));
    return (mask) => {
      for (const part of parts) if (!part(mask)) return false;
      return true;
    };
  }
  const { layers, deterministic, of } = satisfaction.layered;
  const byLayer = new Map<string, number>();
  let firm = 0;
  for (const id of of) {
    const control = catalogue.controls.get(id);
    if (!control) continue;
    byLayer.set(control.layer, (byLayer.get(control.layer) ?? 0) | (bit.get(id) ?? 0));
    if (control.nature === 'deterministic') firm |= bit.get(id) ?? 0;
  }
  const masks = [...byLayer.values()];
  return (mask) => {
    if (mask === 0) return layers === 0;
    let met = 0;
    for (const layer of masks) if ((mask & layer) !== 0) met++;
    return met >= layers && bits(mask & firm) >= deterministic;
  };
}

type Standing = (control: string) => 'given' | 'open' | 'excluded';

/** Sets of open controls that together would meet the expression; not necessarily minimal. */
function combinations(satisfaction: Satisfaction, preference: readonly string[], standing: Standing, catalogue: Catalogue): string[][] {
  if (typeof satisfaction === 'string') {
    const its = standing(satisfaction);
    return its === 'given' ? [[]] : its === 'open' ? [[satisfaction]] : [];
  }
  if ('anyOf' in satisfaction) return satisfaction.anyOf.flatMap((part) => combinations(part, preference, standing, catalogue));
  if ('allOf' in satisfaction) {
    return satisfaction.allOf.reduce<string[][]>(
      (sets, part) => {
        const more = combinations(part, preference, standing, catalogue).sort((a, b) => best(a, preference) - best(b, preference));
        return sets.flatMap((set) => more.map((extra) => [...set, ...extra])).slice(0, MOST_COMBINATIONS);
      },
      [[]],
    );
  }
  return layerCombinations(satisfaction.layered, preference, standing, catalogue);
}

/** One open control a layer, in every choice of layers: as many as are needed on top of those given. */
function layerCombinations(
  { layers, deterministic, of }: { layers: number; deterministic: number; of: readonly string[] },
  preference: readonly string[],
  standing: Standing,
  catalogue: Catalogue,
): string[][] {
  const given = of.filter((id) => standing(id) === 'given');
  const layerOf = (id: string): string => catalogue.controls.get(id)?.layer ?? id;
  const isFirm = (id: string): boolean => catalogue.controls.get(id)?.nature === 'deterministic';
  const open = of.filter((id) => standing(id) === 'open').sort((a, b) => preference.indexOf(a) - preference.indexOf(b));
  const sets: string[][] = [];
  const extend = (set: string[], from: number): void => {
    if (sets.length >= MOST_COMBINATIONS) return;
    const all = [...given, ...set];
    if (new Set(all.map(layerOf)).size >= layers && all.filter(isFirm).length >= deterministic) {
      sets.push(set);
      return;
    }
    if (set.length > layers) return;
    for (let at = from; at < open.length; at++) extend([...set, open[at]!], at + 1);
  };
  extend([], 0);
  return sets;
}

const best = (set: readonly string[], preference: readonly string[]): number =>
  Math.min(preference.length, ...set.map((id) => preference.indexOf(id)));

/** The set without the members that are not needed; `undefined` when even the whole is not enough. */
function shrink(set: readonly string[], enough: (rest: readonly string[]) => boolean): string[] | undefined {
  let rest = [...set];
  if (!enough(rest)) return undefined;
  for (const control of [...rest].reverse()) {
    const without = rest.filter((other) => other !== control);
    if (enough(without)) rest = without;
  }
  return rest;
}

function maskOf(controls: readonly string[], bit: ReadonlyMap<string, number>): number {
  return controls.reduce((mask, control) => mask | (bit.get(control) ?? 0), 0);
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
