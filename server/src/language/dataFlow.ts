import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Element, Flow, Model } from '../model/model.ts';
import type { Span } from '../syntax/tree.ts';
import { declarationOf, nameAt } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';
import { subjectAt } from './subjectAt.ts';

/** An element as a place that data comes to and goes from. */
export interface Stop {
  readonly id: string;
  readonly title: string;
  /** In words. */
  readonly kind: string;
  readonly key: Span;
  readonly whole: Span;
}

/** A step of data from one element to the next, by one flow or several. */
export interface Hop {
  /** The other end. */
  readonly stop: Stop;
  /** `reply`: it is what comes back, which the file need not draw. */
  readonly flows: readonly { readonly id: string; readonly span: Span; readonly reply: boolean }[];
}

/** The element at an offset; of a flow, where it begins and where it ends. */
export function stopsAt(snapshot: Snapshot, offset: number): readonly Stop[] {
  const { model } = snapshot;
  const named = nameAt(snapshot, offset);
  const id = named?.space === 'drawn' ? named.id : (subjectAt(snapshot, offset) ?? '');
  const flow = model.flows.get(id);
  return (flow ? [...new Set([flow.from, flow.to])] : [id]).flatMap((end) => stopOf(snapshot, end) ?? []);
}

/** The next steps of data on its way from an element, or the last ones on its way to it. Elements that a flow passes are steps. */
export function hopsOf(snapshot: Snapshot, id: string, direction: 'in' | 'out'): readonly Hop[] {
  const { model } = snapshot;
  const hops = new Map<string, Hop['flows'][number][]>();
  const add = (flow: Flow, way: readonly string[], reply: boolean): void => {
    way.forEach((stop, index) => {
      const other = stop === id ? way[index + (direction === 'out' ? 1 : -1)] : undefined;
      if (other === undefined) return;
      const span = declarationOf(snapshot, { space: 'drawn', id: flow.id })?.key;
      const flows = hops.get(other) ?? [];
      if (!span || flows.some((known) => known.id === flow.id && known.reply === reply)) return;
      flows.push({ id: flow.id, span, reply });
      hops.set(other, flows);
    });
  };
  for (const flow of model.flows.values()) {
    if (flow.from !== id && flow.to !== id && !flow.through.includes(id)) continue;
    const way = [flow.from, ...flow.through, flow.to];
    add(flow, way, false);
    if (impliesReply(snapshot, flow)) add(flow, way.toReversed(), true);
  }
  return [...hops].flatMap(([other, flows]) => {
    const stop = stopOf(snapshot, other);
    return stop ? [{ stop, flows }] : [];
  });
}

function stopOf(snapshot: Snapshot, id: string): Stop | undefined {
  const element: Element | undefined = snapshot.model.elements.get(id);
  const declared = element && declarationOf(snapshot, { space: 'drawn', id });
  const kind = snapshot.catalogue.elementKinds.get(element?.kind ?? '')?.label ?? '';
  return element && declared && { id, title: element.title, kind, ...declared };
}

/** Whether something comes back that is not drawn as a flow of its own. */
function impliesReply({ catalogue, model }: Snapshot, flow: Flow): boolean {
  const reply = catalogue.flowKinds.get(model.kindOf(flow) ?? '')?.reply;
  return reply !== undefined && !flow.oneWay && !drawnReplies(model, catalogue).has(endsOf(reply, flow.to, flow.from));
}

/** Kinds and ends of the flows of a model that are replies. */
const repliesOf = new WeakMap<Model, ReadonlySet<string>>();

function drawnReplies(model: Model, catalogue: Catalogue): ReadonlySet<string> {
  let replies = repliesOf.get(model);
  if (!replies) {
    const kinds = new Set([...catalogue.flowKinds.values()].map(({ reply }) => reply));
    const drawn = new Set<string>();
    for (const flow of model.flows.values()) {
      const kind = model.kindOf(flow);
      if (kind !== undefined && kinds.has(kind)) drawn.add(endsOf(kind, flow.from, flow.to));
    }
    repliesOf.set(model, (replies = drawn));
  }
  return replies;
}

function endsOf(kind: string, from: string, to: string): string {
  return `${kind} ${from} ${to}`;
}
