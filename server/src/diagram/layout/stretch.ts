import { directRoute } from '../route.ts';
import type { Box, Point } from '../scene.ts';
import type { FlatEdge, FlatEnd, FlatNames, FlatProblem, FlatRoute, FlatSolution } from './flat.ts';

/** A problem that was solved. */
export interface Solved {
  readonly problem: FlatProblem;
  readonly names: FlatNames;
  readonly solution: FlatSolution;
}

/** The engine computes with fractions. */
const TOLERANCE = 0.01;

/** Beside what was there before. */
const GAP = 30;
/** With more new boxes nothing of before is worth waiting less. */
const MOST_NEW = 3;

/**
 * A solution made from that of an earlier problem of the same place: what lies behind a box that has grown makes room,
 * what is gone leaves a gap, order and ways stay. What is new stands beside all else, with flows that go straight there; a
 * flow that has come to pass the border, or to end at what is laid out itself, gets no way. `undefined` when too much is
 * new. Boxes never overlap and lines have right angles, but a layout would be tighter, and lines may share a part of their
 * way or run over boxes: good for a draft.
 */
export function stretch(before: Solved, problem: FlatProblem, names: FlatNames): FlatSolution | undefined {
  const { solution } = before;
  if (before.problem.direction !== problem.direction || solution.failure !== undefined) return undefined;
  const known = new Map(before.names.boxes.map((name, at) => [name, at]));
  const grown = problem.boxes.map((box, at) => {
    const old = known.get(names.boxes[at]!);
    return old === undefined ? undefined : { was: { ...before.problem.boxes[old]!, ...solution.boxes[old]! }, box };
  });
  const kept = grown.flatMap((it) => it ?? []);
  if (kept.length === 0 || grown.length - kept.length > MOST_NEW) return undefined;
  const dx = room(kept.map((it) => ({ end: it.was.x + it.was.width, by: it.box.width - it.was.width })));
  const dy = room(kept.map((it) => ({ end: it.was.y + it.was.height, by: it.box.height - it.was.height })));
  const move = ({ x, y }: Point): { x: number; y: number } => ({ x: x + dx(x), y: y + dy(y) });
  const down = problem.direction === 'DOWN';
  const size = move({ x: solution.width, y: solution.height });
  const boxes = grown.map((it, at): Box => {
    const { width, height } = problem.boxes[at]!;
    if (it) return { ...move(it.was), width, height };
    // Flows that pass the border do so above and below, or left and right: not beside.
    const place = down ? { x: size.x + GAP, y: 0 } : { x: 0, y: size.y + GAP };
    size.x = Math.max(size.x, place.x + width);
    size.y = Math.max(size.y, place.y + height);
    return { ...place, width, height };
  });

  /** Where a flow begins or ends now. */
  const place = (end: FlatEnd, at: Point): Point => {
    if ('border' in end) {
      const edge = problem.borders[end.border] === 'after' ? (down ? size.y : size.x) : 0;
      return down ? { x: move(at).x, y: edge } : { x: edge, y: move(at).y };
    }
    const { was: from, box } = grown[end.box]!;
    const corner = boxes[end.box]!;
    const [off, length, now] = down ? [at.x - from.x, from.width, box.width] : [at.y - from.y, from.height, box.height];
    const along = (end.port === undefined ? undefined : box.ports[end.port]?.along) ?? (now < length ? (off / length) * now : off);
    const behind = down ? at.y - from.y > from.height / 2 : at.x - from.x > from.width / 2;
    return down
      ? { x: corner.x + along, y: corner.y + (behind ? box.height : 0) }
      : { x: corner.x + (behind ? box.width : 0), y: corner.y + along };
  };

  const ways = new Map(before.problem.edges.map((edge, at) => [wayOf(edge, before.problem, before.names, at), solution.edges[at]!]));
  const edges: FlatRoute[] = [];
  for (const [at, edge] of problem.edges.entries()) {
    const route = ways.get(wayOf(edge, problem, names, at));
    const rerouted = route ? follow(edge, route, { move, place, down }) : goesFurther(edge, names) ? NO_WAY : direct(edge, boxes);
    if (!rerouted) return undefined;
    edges.push(rerouted);
  }
  return { width: size.x, height: size.y, boxes: boxes.map(({ x, y }) => ({ x, y })), edges };
}

const NO_WAY: FlatRoute = { points: [], label: undefined };

/** What makes a flow the same as before: its name, and between what it runs. */
function wayOf({ from, to }: FlatEdge, { borders }: FlatProblem, names: FlatNames, at: number): string {
  const end = (it: FlatEnd): string => ('border' in it ? `border ${borders[it.border]}` : `box ${names.boxes[it.box]}`);
  return JSON.stringify([names.edges[at], end(from), end(to)]);
}

/** A flow that is new between two elements. */
function direct({ from, to }: FlatEdge, boxes: readonly Box[]): FlatRoute {
  if (!('box' in from) || !('box' in to) || from.box === to.box) return NO_WAY;
  return { points: directRoute(boxes[from.box]!, boxes[to.box]!), label: undefined };
}

/** Whether this is a part of a flow only, the rest of which lies in other problems. */
function goesFurther({ from, to }: FlatEdge, { groups }: FlatNames): boolean {
  return [from, to].some((end) => 'border' in end || groups.has(end.box));
}

/** How far what lies at a place is moved by the boxes before it that have grown. */
function room(boxes: readonly { readonly end: number; readonly by: number }[]): (at: number) => number {
  const grown = boxes.filter(({ by }) => by > 0);
  return (at) => grown.reduce((sum, { end, by }) => (end <= at + TOLERANCE ? sum + by : sum), 0);
}

interface Moves {
  move(point: Point): Point;
  place(end: FlatEnd, old: Point): Point;
  readonly down: boolean;
}

/** The same bends at their new places; `undefined` for a line that has no right angles. */
function follow({ from, to, label }: FlatEdge, route: FlatRoute, { move, place, down }: Moves): FlatRoute | undefined {
  const old = route.points;
  if (old.length < 2) return NO_WAY;
  const points = old.map(move);
  const last = points.length - 1;
  const [start, end] = [place(from, old[0]!), place(to, old[last]!)];
  points[0] = start;
  points[last] = end;
  const across = down ? 'x' : 'y';
  if (!level(old[0]!, old[1]!, across) || !level(old[last - 1]!, old[last]!, across)) return undefined;
  if (points.length > 2) {
    points[1] = { ...points[1]!, [across]: start[across] };
    points[last - 1] = { ...points[last - 1]!, [across]: end[across] };
  } else if (!level(start, end, across)) {
    const middle = down ? (start.y + end.y) / 2 : (start.x + end.x) / 2;
    points.splice(1, 0, ...[start, end].map((it) => (down ? { x: it.x, y: middle } : { x: middle, y: it.y })));
  }
  return { points, label: route.label && label && onLine(route.label, label, old, points, { move, down }) };
}

/** A label stays on the part of the line that it was on. */
function onLine(
  label: Point,
  size: { readonly width: number; readonly height: number },
  old: readonly Point[],
  points: readonly Point[],
  { move, down }: Pick<Moves, 'move' | 'down'>,
): Point {
  const centre = { x: label.x + size.width / 2, y: label.y + size.height / 2 };
  const moved = move(centre);
  const along = down ? 'y' : 'x';
  const part = old.findIndex((point, at) => at % 2 === 0 && between(centre[along], point[along], old[at + 1]?.[along]));
  const line = points[Math.max(0, part)]!;
  const middle = down ? { x: line.x, y: moved.y } : { x: moved.x, y: line.y };
  return { x: middle.x - size.width / 2, y: middle.y - size.height / 2 };
}

function level(a: Point, b: Point, axis: 'x' | 'y'): boolean {
  return Math.abs(a[axis] - b[axis]) < TOLERANCE;
}

function between(value: number, a: number, b: number | undefined): boolean {
  return b !== undefined && value >= Math.min(a, b) && value <= Math.max(a, b);
}
