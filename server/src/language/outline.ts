import type { Acceptance, Element, Flow } from '../model/model.ts';
import { isAside } from '../model/system.ts';
import { absolute, type PlacedPair, type Section, type Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A line of an outline. Spans are absolute. */
export interface OutlineItem {
  readonly sort: 'boundary' | 'element' | 'flow' | 'data' | 'acceptance' | 'section';
  /** An id, what it connects, or what is accepted. */
  readonly name: string;
  /** Its kind, and the boundary that it is in. */
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
 * What a file has, section by section in the order of the text: an item lies within the one that it belongs to, because editors
 * find the way to a place through these ranges. What an element or a boundary is in, is in its detail. What cannot be read as what it
 * should be is there all the same, by its id. What other files bring in is not.
 */
export function outlineOf(snapshot: Snapshot): readonly OutlineItem[] {
  const { model } = snapshot;
  const itemsOf: Readonly<Record<string, (placed: PlacedPair) => OutlineItem>> = {
    boundaries: (placed) => {
      const boundary = model.boundaries.get(placed.pair.key.text);
      return itemOf('boundary', placed, boundary, boundary?.parent);
    },
    elements: (placed) => {
      const element = model.elements.get(placed.pair.key.text);
      return itemOf('element', placed, element, element?.boundaries.join(', '));
    },
    data: (placed) => itemOf('data', placed, model.data.get(placed.pair.key.text)),
    flows: (placed) => flowItem(placed, snapshot),
  };
  return snapshot.syntax.sections.flatMap((section) => {
    const { text } = section.pair.key;
    const item = Object.hasOwn(itemsOf, text) ? itemsOf[text] : undefined;
    const children = item ? (section.items ?? []).filter((placed) => !isAside(placed)).map(item) : acceptancesIn(section, snapshot);
    return children.length > 0 ? [sectionItem(section, children)] : [];
  });
}

function acceptancesIn({ base, pair }: Section, { model }: Snapshot): readonly OutlineItem[] {
  if (pair.key.text !== 'accepted') return [];
  const inside = model.accepted.filter(({ span }) => base + pair.start <= span.start && span.end <= base + pair.end);
  return inside.map(acceptanceItem);
}

type Known = { readonly id: string; readonly title: string; readonly kind?: string } & Partial<Pick<Element, 'outOfScope'>>;

function itemOf(sort: OutlineItem['sort'], { base, pair }: PlacedPair, thing: Known | undefined, inside = ''): OutlineItem {
  const id = pair.key.text;
  return {
    sort,
    name: id,
    detail: [thing?.kind ?? '', inside].filter((part) => part !== '').join(' · '),
    title: thing && thing.title !== id ? thing.title : undefined,
    key: absolute(base, pair.key),
    whole: absolute(base, pair),
    faded: thing?.outOfScope !== undefined,
    children: [],
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
