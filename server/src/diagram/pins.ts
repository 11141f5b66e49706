import { directRoute } from './route.ts';
import type { Box, Point, Scene, SceneEdge } from './scene.ts';
import { BOUNDARY } from './sizes.ts';
import { placeTitles } from './titles.ts';
import { round } from './vnode.ts';

/** Where somebody has put an element: counted from the corner of the boundary that it was in, so that it moves along. */
export interface Pin extends Point {
  readonly in: string | undefined;
}
/** By id of the element. */
export type Pins = ReadonlyMap<string, Pin>;

const EDGE_GAP = 10;

/**
 * A scene with the pinned elements where they were put, as far as their boundary reaches; their flows go straight there.
 * A pin of an element that is not there, or now in another boundary, changes nothing.
 */
export function pinScene(scene: Scene, pins: Pins): Scene {
  if (pins.size === 0) return scene;
  const boundaries = new Map(scene.boundaries.map((box) => [box.boundary.id, box]));
  const moved = new Set<string>();
  const nodes = scene.nodes.map((box) => {
    const pin = pins.get(box.node.id);
    if (!pin || pin.in !== box.node.boundary) return box;
    moved.add(box.node.id);
    return { ...box, ...placeIn(pin, box, boundaries.get(pin.in ?? '')) };
  });
  if (moved.size === 0) return scene;
  const boxes = new Map(nodes.map((box) => [box.node.id, box]));
  const beside = new Map<string, number>();
  const edges = scene.edges.map((line): SceneEdge => {
    const { from, to } = line.edge;
    const [a, b] = [boxes.get(from), boxes.get(to)];
    if (!a || !b || (!moved.has(from) && !moved.has(to))) return line;
    // Flows between the same two run beside each other.
    const pair = [from, to].sort().join('\n');
    const nth = beside.get(pair) ?? 0;
    beside.set(pair, nth + 1);
    const points = directRoute(a, b, (nth % 2 === 0 ? nth / 2 : -(nth + 1) / 2) * EDGE_GAP);
    return { ...line, points, label: line.label && { ...line.label, ...centred(points, line.label) } };
  });
  const right = Math.max(scene.width, ...nodes.map((box) => box.x + box.width + BOUNDARY.side));
  const bottom = Math.max(scene.height, ...nodes.map((box) => box.y + box.height + BOUNDARY.bottom));
  return { ...scene, width: round(right), height: round(bottom), boundaries: placeTitles(scene.boundaries, edges), nodes, edges };
}

/** The pin of an element that is put at a point of a scene. */
export function pinAt({ nodes, boundaries }: Scene, id: string, at: Point): Pin | undefined {
  const box = nodes.find(({ node }) => node.id === id);
  if (!box) return undefined;
  const around = boundaries.find(({ boundary }) => boundary.id === box.node.boundary);
  const { x, y } = placeIn({ x: at.x - (around?.x ?? 0), y: at.y - (around?.y ?? 0) }, box, around);
  return { in: box.node.boundary, x: round(x - (around?.x ?? 0)), y: round(y - (around?.y ?? 0)) };
}

/** Inside of the boundary, below its title; without one, anywhere right of and below the corner. */
function placeIn(pin: Point, { width, height }: Box, around: Box | undefined): Point {
  if (!around) return { x: round(Math.max(0, pin.x)), y: round(Math.max(0, pin.y)) };
  const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, Math.max(least, most)));
  const x = within(pin.x, BOUNDARY.side / 2, around.width - width - BOUNDARY.side / 2);
  const y = within(pin.y, BOUNDARY.titleBaseline + 8, around.height - height - BOUNDARY.bottom / 2);
  return { x: round(around.x + x), y: round(around.y + y) };
}

/** On the middle of the way. */
function centred(points: readonly Point[], { width, height }: { readonly width: number; readonly height: number }): Point {
  const a = points[Math.floor((points.length - 1) / 2)]!;
  const b = points[Math.floor((points.length - 1) / 2) + 1]!;
  return { x: round((a.x + b.x - width) / 2), y: round((a.y + b.y - height) / 2) };
}

/** The name of the file that keeps the pins of a model, beside it. */
export function pinsFileOf(model: string): string {
  return `${model.replace(/\.ya?ml$/, '')}.layout.json`;
}

/** The text of that file: the same bytes for the same pins. */
export function writePins(pins: Pins): string {
  const entries = [...pins]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { in: boundary, x, y }]) => [id, { ...(boundary !== undefined && { in: boundary }), x, y }]);
  return `${JSON.stringify({ version: 1, pins: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

/** Reads that file, which anybody may have written: what is no pin is left out; undefined when it is no such file at all. */
export function readPins(text: string): Pins | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || value['version'] !== 1) return undefined;
  return parsePins(value['pins']);
}

const MOST_PINS = 10_000;
const FARTHEST = 1e6;

/** Pins as plain data, checked one by one. */
export function parsePins(value: unknown): Pins | undefined {
  if (!isObject(value)) return undefined;
  const pins = new Map<string, Pin>();
  for (const [id, pin] of Object.entries(value).slice(0, MOST_PINS)) {
    if (!isObject(pin) || !/^[A-Za-z][\w.-]*$/.test(id)) continue;
    const { in: boundary, x, y } = pin;
    const near = [x, y].every((it) => typeof it === 'number' && Math.abs(it) < FARTHEST);
    if (near && (boundary === undefined || typeof boundary === 'string')) pins.set(id, { in: boundary, x: Number(x), y: Number(y) });
  }
  return pins;
}

/** Ids of pins that fit nothing any more: the element is gone, or in another boundary. */
export function driftedPins(
  nodes: readonly { readonly id: string; readonly boundary: string | undefined }[],
  pins: Pins,
): readonly string[] {
  const places = new Map(nodes.map(({ id, boundary }) => [id, boundary]));
  return [...pins].filter(([id, pin]) => !places.has(id) || places.get(id) !== pin.in).map(([id]) => id);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
