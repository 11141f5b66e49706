import type { Box, Point, Scene } from '../../../server/src/diagram/index.ts';

/** Walking through the picture by keyboard. Everything here is a pure function of the scene. */

export type Way = 'left' | 'right' | 'up' | 'down';
export type Thing = { readonly type: 'boundary' | 'node' | 'flow'; readonly id: string; readonly box: Box };

/** Everything that can be selected, in reading order: boundaries, elements, flows, each once. */
export function thingsOf(scene: Scene): readonly Thing[] {
  const things: Thing[] = scene.boundaries.map(({ boundary, ...box }) => ({ type: 'boundary', id: boundary.id, box }));
  things.push(...scene.nodes.map(({ node, ...box }): Thing => ({ type: 'node', id: node.id, box })));
  const flows = new Map<string, Point[]>();
  for (const { edge, points } of scene.edges) flows.set(edge.flow, [...(flows.get(edge.flow) ?? []), ...points]);
  things.push(...[...flows].map(([id, points]): Thing => ({ type: 'flow', id, box: boxAround(points) })));
  return things;
}

/** The nearest thing in a direction: what lies ahead counts more than what lies aside. */
export function neighbour(things: readonly Thing[], from: Thing, way: Way): Thing | undefined {
  const start = centre(from.box);
  let best: Thing | undefined;
  let least = Infinity;
  for (const thing of things) {
    if (thing.type !== from.type || thing.id === from.id) continue;
    const { x, y } = centre(thing.box);
    const [dx, dy] = [x - start.x, y - start.y];
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[way];
    const aside = Math.abs(way === 'left' || way === 'right' ? dy : dx);
    if (ahead <= 1) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [thing, cost];
  }
  return best;
}

const ARROWS: ReadonlyMap<string, Way> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/** Where a key leads from a thing; undefined when it is no key for walking or leads nowhere. */
export function walk(key: string, scene: Scene, things: ReadonlyMap<string, Thing>, from: Thing): Thing | undefined {
  const way = ARROWS.get(key);
  if (way) return neighbour([...things.values()], from, way);
  if (key === ']' || key === '[') return alongFlow(scene, things, from, key === ']');
  if (key === 'Home') return [...things.values()].find(({ type }) => type === from.type);
  return key === 'End' ? [...things.values()].findLast(({ type }) => type === from.type) : undefined;
}

/** Along the flows: from an element to a flow that leaves (or enters) it, from a flow to its end (or beginning). */
function alongFlow(scene: Scene, things: ReadonlyMap<string, Thing>, from: Thing, onward: boolean): Thing | undefined {
  if (from.type === 'flow') {
    const legs = scene.edges.filter(({ edge }) => edge.flow === from.id);
    return things.get((onward ? legs.at(-1)?.edge.to : legs[0]?.edge.from) ?? '');
  }
  return things.get(scene.edges.find(({ edge }) => (onward ? edge.from : edge.to) === from.id)?.edge.flow ?? '');
}

function boxAround(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return points.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function centre(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
