import type { Acceptance, Element, Flow } from '../model/model.ts';
import { isAside } from '../model/system.ts';
import { absolute, type PlacedPair, type Section, type Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A line of an outline. Spans are absolute. */
export interface OutlineItem {
  readonly sort: 'boundary' | 'element' | 'flow' | 'data' | 'acceptance' | 'section';
  /** An id, what it connects, or what is accepted. */
  readonly name: string;
  /** Its kind. */
  readonly detail: string;
  /** What people call it, when that is not its id. */
  readonly title: string | undefined;
  readonly key: Span;
  readonly whole: Span;
  /** Drawn, but not judged. */
  readonly faded: boolean;
  readonly children: readonly OutlineItem[];
}

/**
 * What a model has, as its author thinks of it: boundaries with what is inside them, then data, flows and acceptances.
 * What cannot be read as what it should be is there all the same, by its id. What other files bring in is not.
 */
export function outlineOf(snapshot: Snapshot): readonly OutlineItem[] {
  const { model, syntax } = snapshot;
  const roots: OutlineItem[] = [];
  const inside = new Map<string, OutlineItem[]>();
  const into = (boundary: string | undefined): OutlineItem[] => (boundary === undefined ? undefined : inside.get(boundary)) ?? roots;
  const declared = (name: string): PlacedPair[] =>
    syntax.sections.filter(({ pair }) => pair.key.text === name).flatMap(({ items }) => items?.filter((item) => !isAside(item)) ?? []);

  const boundaries = declared('boundaries').map((placed) => {
    const boundary = model.boundaries.get(placed.pair.key.text);
    const children: OutlineItem[] = [];
    if (boundary && !inside.has(boundary.id)) inside.set(boundary.id, children);
    return { parent: boundary?.parent, item: itemOf('boundary', placed, boundary, children) };
  });
  for (const { item, parent } of boundaries) into(parent).push(item);
  for (const placed of declared('elements')) {
    const element = model.elements.get(placed.pair.key.text);
    into(element?.boundaries[0]).push(itemOf('element', placed, element));
  }
  const more: Readonly<Record<string, () => readonly OutlineItem[]>> = {
    data: () => declared('data').map((placed) => itemOf('data', placed, model.data.get(placed.pair.key.text))),
    flows: () => declared('flows').map((placed) => flowItem(placed, snapshot)),
    accepted: () => model.accepted.map(acceptanceItem),
  };
  const sections = syntax.sections.flatMap((section) => {
    const { text } = section.pair.key;
    const children = Object.hasOwn(more, text) ? (more[text]?.() ?? []) : [];
    return children.length > 0 ? [sectionItem(section, children)] : [];
  });
  return [...roots, ...sections];
}

type Known = { readonly id: string; readonly title: string; readonly kind?: string } & Partial<Pick<Element, 'outOfScope'>>;

function itemOf(
  sort: OutlineItem['sort'],
  { base, pair }: PlacedPair,
  thing: Known | undefined,
  children: readonly OutlineItem[] = [],
): OutlineItem {
  const id = pair.key.text;
  return {
    sort,
    name: id,
    detail: thing?.kind ?? '',
    title: thing && thing.title !== id ? thing.title : undefined,
    key: absolute(base, pair.key),
    whole: absolute(base, pair),
    faded: thing?.outOfScope !== undefined,
    children,
  };
}

function flowItem(placed: PlacedPair, { model }: Snapshot): OutlineItem {
  const flow: Flow | undefined = model.flows.get(placed.pair.key.text);
  const item = itemOf('flow', placed, flow);
  return flow ? { ...item, name: `${item.name}: ${flow.from} → ${flow.to}`, detail: model.kindOf(flow) ?? '' } : item;
}

function acceptanceItem({ at, rule, span, until }: Acceptance): OutlineItem {
  const detail = until === undefined ? '' : `until ${until}`;
  return { sort: 'acceptance', name: `${rule} at ${at}`, detail, title: undefined, key: span, whole: span, faded: false, children: [] };
}

function sectionItem({ base, pair }: Section, children: readonly OutlineItem[]): OutlineItem {
  const key = absolute(base, pair.key);
  const end = children.reduce((last, { whole }) => Math.max(last, whole.end), base + pair.end);
  return {
    sort: 'section',
    name: pair.key.text,
    detail: String(children.length),
    title: undefined,
    key,
    whole: { start: key.start, end },
    faded: false,
    children,
  };
}
