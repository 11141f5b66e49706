import type { DiagramGraph } from './graph.ts';
import type { Scene } from './scene.ts';

/*
 * What is made anew at every edit is mostly what it was: here it becomes the same objects again, so that whoever draws it
 * touches only what differs and compares nothing but identities.
 */

/** A graph in which each thing that is equal to one of before is that one; the one of before when all are. */
export function keepGraph(before: DiagramGraph | undefined, after: DiagramGraph): DiagramGraph {
  if (!before) return after;
  const boundaries = keepThings(before.boundaries, after.boundaries, ({ id }) => id);
  const nodes = keepThings(before.nodes, after.nodes, ({ id }) => id);
  const edges = keepThings(before.edges, after.edges, ({ id }) => id);
  const data = keepThings(before.data, after.data, ({ id }) => id);
  const kept = { ...after, boundaries, nodes, edges, data };
  return sameValues(before, kept) ? before : kept;
}

/** The same for what is laid out. */
export function keepScene(before: Scene | undefined, after: Scene): Scene {
  if (!before) return after;
  const boundaries = keepThings(before.boundaries, after.boundaries, ({ boundary }) => boundary.id);
  const nodes = keepThings(before.nodes, after.nodes, ({ node }) => node.id);
  const edges = keepThings(before.edges, after.edges, ({ edge }) => edge.id);
  const kept = { ...after, boundaries, nodes, edges };
  return sameValues(before, kept) ? before : kept;
}

function keepThings<T>(before: readonly T[], after: readonly T[], idOf: (thing: T) => string): readonly T[] {
  if (before === after) return before;
  const known = new Map(before.map((thing) => [idOf(thing), thing]));
  const kept = after.map((thing) => {
    const old = known.get(idOf(thing));
    return old !== undefined && isEqual(old, thing) ? old : thing;
  });
  return kept.length === before.length && kept.every((thing, at) => thing === before[at]) ? before : kept;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => isEqual(item, b[at]));
  return isRecord(a) && isRecord(b) && !Array.isArray(b) && sameKeys(a, b) && Object.keys(a).every((key) => isEqual(a[key], b[key]));
}

function sameValues(a: object, b: object): boolean {
  return isRecord(a) && isRecord(b) && sameKeys(a, b) && Object.keys(a).every((key) => a[key] === b[key]);
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
