import { isOpen, MODEL_SUBJECT, type Finding } from '../analysis/index.ts';
import { enclosing } from '../model/inside.ts';
import type { Boundary, Element, Flow, Model, Origin } from '../model/model.ts';
import type { GraphBoundary } from './graph.ts';
import { displayText } from './measure.ts';

/** What is drawn of the things that other files bring in, and the frames around them. */
export interface DrawnImports {
  readonly frames: readonly GraphBoundary[];
  has(thing: Boundary | Element | Flow): boolean;
}

/** The frame around the things of a file. No thing has an id that ends so. */
export function frameOf(origin: Origin | undefined): string | undefined {
  return origin && `${origin.namespace}.`;
}

/**
 * A shared platform may be far larger than what one application touches: only what the file's own things refer to is drawn,
 * what lies on the way of a finding, and the flows between. The frame says how much there is besides.
 */
export function drawnImports(model: Model, findings: readonly Finding[]): DrawnImports {
  const drawn = new Set<string>();
  const addFlow = ({ id, from, through, to }: Flow): void => {
    for (const it of [id, from, ...through, to]) drawn.add(it);
  };
  const add = (id: string): void => {
    const flow = model.flows.get(id);
    if (flow) addFlow(flow);
    else drawn.add(id);
  };
  for (const flow of model.flows.values()) if (!flow.origin) addFlow(flow);
  for (const { origin, guards, boundaries } of model.elements.values()) if (!origin) for (const id of [...guards, ...boundaries]) add(id);
  for (const { origin, parent } of model.boundaries.values()) if (!origin && parent !== undefined) drawn.add(parent);
  for (const { state, subject, trail } of findings) if (isOpen(state) && subject !== MODEL_SUBJECT) for (const id of trail) add(id);
  for (const { id, origin, from, through, to } of model.flows.values()) {
    if (origin && [from, ...through, to].every((it) => drawn.has(it))) drawn.add(id);
  }
  for (const id of [...drawn]) {
    const inside = model.elements.get(id)?.boundaries ?? (model.boundaries.has(id) ? [id] : []);
    for (const boundary of inside) for (const around of enclosing(boundary, model.boundaries)) drawn.add(around);
  }
  return { frames: framesOf(model, drawn), has: ({ id, origin }) => !origin || drawn.has(id) };
}

function framesOf(model: Model, drawn: ReadonlySet<string>): GraphBoundary[] {
  const counts = new Map<string, { drawn: number; all: number }>();
  for (const { id, origin } of model.elements.values()) {
    if (!origin) continue;
    const count = counts.get(origin.namespace) ?? { drawn: 0, all: 0 };
    counts.set(origin.namespace, count);
    count.all++;
    if (drawn.has(id)) count.drawn++;
  }
  const inUse = new Set(
    [...model.elements.values(), ...model.boundaries.values()].flatMap((it) => (drawn.has(it.id) ? (frameOf(it.origin) ?? []) : [])),
  );
  return model.imported
    .filter(({ namespace }) => inUse.has(`${namespace}.`))
    .map(({ namespace, file, model: used }) => {
      const { drawn: shown, all } = counts.get(namespace) ?? { drawn: 0, all: 0 };
      const name = displayText(file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1));
      const kindLabel = shown < all ? `${name}, ${all - shown} more` : name;
      return {
        id: `${namespace}.`,
        title: displayText(used.title ?? '') || namespace,
        kind: '',
        kindLabel,
        trust: 2,
        parent: undefined,
        file: true,
      };
    });
}
