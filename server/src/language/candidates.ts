import { isOpen, MODEL_SUBJECT } from '../analysis/index.ts';
import { flowKindsBetween } from '../model/kinds.ts';
import type { Element } from '../model/model.ts';
import { controls } from './controlCandidates.ts';
import { STATUS_TEXTS, type Container, type Expected, type FormatKey } from './format.ts';
import { kindTableOf, type Meaning } from './meaning.ts';
import type { Place } from './place.ts';
import type { Snapshot } from './snapshot.ts';

/** A name that may be written at a place. */
export interface Candidate {
  readonly name: string;
  readonly sort: 'kind' | 'thing' | 'control' | 'value' | 'rule';
  /** One line beside the name. */
  readonly detail: string;
  /** What its documentation is about. */
  readonly about: Meaning | undefined;
  /** Lower ones come first. */
  readonly rank: number;
}

/** The names that a value of the format may be, best first within a rank. */
export function candidatesFor(key: FormatKey, container: Container, place: Place, snapshot: Snapshot): readonly Candidate[] {
  if (key.expects === 'kind') return kinds(container, place, snapshot);
  if (key.expects === 'control') return controls(place.path.slice(0, -1), snapshot);
  return NAMES[key.expects]?.(snapshot, place) ?? [];
}

function kinds(container: Container, place: Place, { catalogue, model }: Snapshot): readonly Candidate[] {
  const table = kindTableOf(container);
  if (!table) return [];
  const from = model.elements.get(place.entries.get('from') ?? '')?.kind;
  const to = model.elements.get(place.entries.get('to') ?? '')?.kind;
  const natural = new Set(table === 'flowKinds' && from && to ? flowKindsBetween(catalogue, from, to) : []);
  return [...catalogue[table].values()].map(({ id, label }) => ({
    name: id,
    sort: 'kind',
    detail: label,
    about: { type: 'kind', table, id },
    rank: natural.has(id) ? 0 : 1,
  }));
}

type Names = (snapshot: Snapshot, place: Place) => readonly Candidate[];

const NAMES: Readonly<Partial<Record<Expected, Names>>> = {
  boundary: ({ model, catalogue }, place) =>
    [...model.boundaries.values()]
      .filter(({ id }) => place.path[0] !== 'boundaries' || place.path[1] !== id)
      .map(({ id, title, kind }) => thing('boundary', id, label(title, id, catalogue.boundaryKinds.get(kind)?.label))),
  element: ends,
  mediator: (snapshot) =>
    elements(snapshot).map((candidate) => {
      const kind = snapshot.model.elements.get(candidate.name)?.kind ?? '';
      return { ...candidate, rank: snapshot.catalogue.elementKinds.get(kind)?.mediator ? 0 : 1 };
    }),
  guarded: (snapshot, place) => [...flows(snapshot), ...elements(snapshot).filter(({ name }) => name !== place.path[1])],
  subject: (snapshot, place) => {
    const found = new Set(snapshot.analysis.found.filter(({ rule }) => rule === place.entries.get('rule')).map(({ subject }) => subject));
    const boundaries = NAMES.boundary?.(snapshot, place) ?? [];
    const system: Candidate = { name: MODEL_SUBJECT, sort: 'thing', detail: 'The whole system', about: { type: 'system' }, rank: 1 };
    const all = [...flows(snapshot), ...elements(snapshot), ...boundaries, system];
    return all.map((candidate) => ({ ...candidate, rank: found.has(candidate.name) ? 0 : 1 }));
  },
  data: ({ model, catalogue }) => [
    ...[...model.data.values()].map(({ id, title, kind }) => thing('data', id, label(title, id, catalogue.dataKinds.get(kind)?.label))),
    ...[...catalogue.dataKinds.values()].map(({ id, label: text }): Candidate => ({
      name: id,
      sort: 'kind',
      detail: text,
      about: { type: 'kind', table: 'dataKinds', id },
      rank: 2,
    })),
  ],
  rule: (snapshot) => {
    const open = new Set(snapshot.analysis.found.filter(({ state }) => isOpen(state)).map(({ rule }) => rule));
    return [...snapshot.catalogue.rules.values()].map(({ id, title }) => ({
      name: id,
      sort: 'rule',
      detail: title,
      about: { type: 'rule', id },
      rank: open.has(id) ? 0 : 1,
    }));
  },
  status: () =>
    [...STATUS_TEXTS].map(([id, text], index) => ({ name: id, sort: 'value', detail: text, about: { type: 'status', id }, rank: index })),
  flag: () => words('true', 'false'),
  completeness: () => words('complete', 'draft'),
  decision: () => words('approved', 'changes-requested'),
  severity: () => words('critical', 'high', 'medium', 'low'),
  version: () => words('1'),
};

function elements({ model, catalogue }: Snapshot, rankOf?: (element: Element) => number): readonly Candidate[] {
  return [...model.elements.values()].map((element) => {
    const { id, title, kind } = element;
    return thing('element', id, label(title, id, catalogue.elementKinds.get(kind)?.label), rankOf?.(element));
  });
}

/** Elements at which a flow may begin or end: what a kind of flow is natural with first, and what is in the same boundary. */
function ends(snapshot: Snapshot, { path, entries }: Place): readonly Candidate[] {
  const { model, catalogue } = snapshot;
  const field = path.at(-1);
  const other = model.elements.get(entries.get(field === 'from' ? 'to' : 'from') ?? '');
  if (!other || (field !== 'from' && field !== 'to')) return elements(snapshot);
  const around = new Set(other.boundaries);
  const natural = new Map<string, boolean>();
  const isNatural = (kind: string): boolean => {
    const [from, to] = field === 'from' ? [kind, other.kind] : [other.kind, kind];
    let known = natural.get(kind);
    if (known === undefined) natural.set(kind, (known = flowKindsBetween(catalogue, from, to).length > 0));
    return known;
  };
  const ranked = elements(snapshot, ({ boundaries, kind }) => {
    const isNear = boundaries.some((boundary) => around.has(boundary));
    return (isNatural(kind) ? 0 : 2) + (isNear ? 0 : 1);
  });
  return ranked.filter(({ name }) => name !== other.id);
}

function flows({ model }: Snapshot): readonly Candidate[] {
  return [...model.flows.values()].map(({ id, from, to }) => thing('flow', id, `${from} → ${to}`));
}

function thing(type: 'element' | 'flow' | 'boundary' | 'data', id: string, detail: string, rank = 1): Candidate {
  return { name: id, sort: 'thing', detail, about: { type, id, declared: false }, rank };
}

function label(title: string, id: string, kind: string | undefined): string {
  return [title === id ? undefined : title, kind].filter((part) => part !== undefined).join(', ');
}

/** Words in an order that says something. */
export function words(...names: readonly string[]): readonly Candidate[] {
  return names.map((name, rank) => ({ name, sort: 'value', detail: '', about: undefined, rank }));
}
