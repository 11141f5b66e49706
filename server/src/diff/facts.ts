import type { ControlStatement, Giver, Model, PropertyValue } from '../model/index.ts';

/** What a thing says, by name; what it does not say is left out. */
export type Facts = ReadonlyMap<string, string>;

/** A thing of a model as it is compared: formatting, order and places in the file do not matter. */
export interface Stated {
  readonly id: string;
  readonly title: string;
  readonly facts: Facts;
}

/** The system itself: one thing, so that nothing is added or removed. */
export function systemOf(model: Model): readonly Stated[] {
  const { title, description, owner, completeness, assumptions, properties } = model;
  const facts = factsOf({ title, description, owner, completeness, assumptions: sorted(assumptions), ...written(properties) });
  return [{ id: '$model', title: 'The whole system', facts }];
}

export function boundariesOf(model: Model): readonly Stated[] {
  return own(model.boundaries).map((it) => ({ ...named(it), facts: factsOf({ ...about(it), kind: it.kind, in: it.parent }) }));
}

export function dataOf(model: Model): readonly Stated[] {
  return own(model.data).map((it) => ({ ...named(it), facts: factsOf({ ...about(it), kind: it.kind }) }));
}

export function elementsOf(model: Model): readonly Stated[] {
  return own(model.elements).map((it) => {
    const { kind, owner, boundaries, holds, guards, outOfScope } = it;
    const [home, ...others] = boundaries;
    const facts = factsOf({
      ...{ ...about(it), kind, owner: owner === model.owner ? undefined : owner, in: home },
      ...{ 'also in': sorted(others), holds: sorted(holds), guards: sorted(guards) },
      ...{ 'out of scope': outOfScope && (outOfScope.reason ?? 'yes'), ...written(it.properties) },
    });
    return { ...named(it), facts };
  });
}

export function flowsOf(model: Model): readonly Stated[] {
  return own(model.flows).map((it) => {
    const { from, to, through, carries, returns, oneWay } = it;
    const facts = factsOf({
      ...{ ...about(it), kind: model.kindOf(it), from, to, through: through.join(' → ') },
      ...{
        carries: sorted(carries),
        returns: returns && sorted(returns),
        'one way': oneWay ? 'yes' : undefined,
        ...written(it.properties),
      },
    });
    return { ...named(it), facts };
  });
}

/** One thing a control and giver; `titleOf` gives the name of a control. */
export function controlsOf(model: Model, titleOf: (control: string) => string): readonly Stated[] {
  const givers: readonly Giver[] = [...own(model.boundaries), ...own(model.elements), ...own(model.flows)];
  const stated = (statements: readonly ControlStatement[], giver: string, at: string): readonly Stated[] =>
    statements.map(({ control, status, reason, evidence, owner, due }) => {
      return { id: `${giver} ${control}`, title: `${titleOf(control)} ${at}`, facts: factsOf({ status, reason, evidence, owner, due }) };
    });
  return [
    ...stated(model.controls, '$model', 'of the whole system'),
    ...givers.flatMap((it) => stated(it.controls, it.id, `of ${it.title}`)),
  ];
}

export function acceptancesOf(model: Model): readonly Stated[] {
  return model.accepted.map(({ rule, at, from, owner, reason, until }) => {
    const facts = factsOf({ owner, reason, until, from: from && sorted(from) });
    return { id: `${at} ${rule}`, title: `${rule} at ${at === '$model' ? 'the whole system' : at}`, facts };
  });
}

/** What other files bring in is their own affair. */
function own<T extends { readonly origin: unknown }>(things: ReadonlyMap<string, T>): readonly T[] {
  return [...things.values()].filter(({ origin }) => origin === undefined);
}

function named({ id, title }: { readonly id: string; readonly title: string }): { readonly id: string; readonly title: string } {
  return { id, title };
}

type Said = Readonly<Record<string, string | undefined>>;

function about(it: {
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
}) {
  return { title: it.title === it.id ? undefined : it.title, description: it.description, tags: sorted(it.tags) };
}

function written(properties: ReadonlyMap<string, PropertyValue>): Said {
  return Object.fromEntries([...properties].map(([name, { values }]) => [name, sorted(values.map(String))]));
}

function sorted(texts: readonly string[]): string {
  return [...texts].sort().join(', ');
}

function factsOf(said: Said): Facts {
  return new Map(Object.entries(said).flatMap(([name, text]) => (text === undefined || text === '' ? [] : [[name, text] as const])));
}
