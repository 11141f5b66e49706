import type { Block } from './blocks.ts';
import type { Box, Point, Scene, SceneEdge } from '../scene.ts';
import { sizeLabel, type LabelDetail } from '../sizes.ts';
import { placeTitles } from '../titles.ts';
import { round } from '../vnode.ts';

const MARGIN = 24;
const SMALLEST = { width: 240, height: 120 };
/** Beside an element that sends to itself, when the engine gave no way. */
const LOOP = 18;

/** The picture of a block: rounded numbers, a margin, a line for every flow. */
export function finishScene(title: string, block: Block, labels: LabelDetail, fallback: string | undefined): Scene {
  const place = <T extends Point>(at: T): T => ({ ...at, x: round(at.x + MARGIN), y: round(at.y + MARGIN) });
  const size = ({ width, height }: Box): { width: number; height: number } => ({ width: round(width), height: round(height) });
  const boundaries: Scene['boundaries'][number][] = [];
  const leaves = block.boxes.filter(({ item }) => item.type === 'leaf').sort((a, b) => sourceOrder(a.item, b.item));
  const groups = block.boxes.filter(({ item }) => item.type === 'group');
  const nodes: Scene['nodes'][number][] = [];
  const boxes = new Map<string, Box>();
  for (const { item, ...box } of [...groups, ...leaves]) {
    const placed: Box = { ...place(box), ...size(box) };
    boxes.set(item.key, placed);
    if (item.type === 'leaf') nodes.push({ ...placed, node: item.node, lines: item.size.lines });
    else boundaries.push({ ...placed, boundary: item.boundary });
  }
  const edges = [...block.lines]
    .sort((a, b) => sourceOrder(a.link, b.link))
    .map(({ link, points, label }): SceneEdge => {
      const routed = points.length >= 2 ? tidy(points.map(place)) : straight(boxes.get(link.from.key), boxes.get(link.to.key));
      const text = sizeLabel(link.edge, labels);
      const middle = routed[Math.floor((routed.length - 1) / 2)]!;
      const next = routed[Math.floor((routed.length - 1) / 2) + 1]!;
      const at = text && (label ? place(label) : centred(middle, next, text));
      return {
        edge: link.edge,
        points: routed,
        label: at && text ? { x: at.x, y: at.y, width: text.width, height: text.height, lines: text.lines } : undefined,
      };
    });
  const reach = extent([...boxes.values()], edges);
  return {
    title,
    width: round(Math.max(SMALLEST.width, reach.x + MARGIN)),
    height: round(Math.max(SMALLEST.height, reach.y + MARGIN)),
    boundaries: placeTitles(boundaries, edges),
    nodes,
    edges,
    ...(fallback === undefined ? {} : { fallback }),
  };
}

/** Keys are a letter and a number that counts in source order. */
function sourceOrder(a: { readonly key: string }, b: { readonly key: string }): number {
  return Number(a.key.slice(1)) - Number(b.key.slice(1));
}

function centred(a: Point, b: Point, { width, height }: { width: number; height: number }): Point {
  return { x: round((a.x + b.x - width) / 2), y: round((a.y + b.y - height) / 2) };
}

/** Without points that repeat or lie on the way between their neighbours. */
function tidy(points: readonly Point[]): readonly Point[] {
  const same = (a: number, b: number): boolean => Math.abs(a - b) < 0.02;
  const once = points.filter((point, index) => {
    const before = points[index - 1];
    return !before || !same(before.x, point.x) || !same(before.y, point.y);
  });
  const kept = once.filter((point, index) => {
    const before = once[index - 1];
    const after = once[index + 1];
    if (before === undefined || after === undefined) return true;
    const flat = same(before.x, point.x) && same(point.x, after.x);
    const level = same(before.y, point.y) && same(point.y, after.y);
    return !flat && !level;
  });
  return kept.length < 2 ? points.slice(0, 2) : kept;
}

/** A straight line between the borders of two boxes. */
function straight(from: Box | undefined, to: Box | undefined): readonly Point[] {
  if (!from || !to)
    return [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ];
  const a = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const b = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
  if (from === to) {
    const right = from.x + from.width;
    return [
      { x: right, y: round(a.y - LOOP / 2) },
      { x: round(right + LOOP), y: round(a.y - LOOP / 2) },
      { x: round(right + LOOP), y: round(a.y + LOOP / 2) },
      { x: right, y: round(a.y + LOOP / 2) },
    ];
  }
  return [leave(from, a, b), leave(to, b, a)];
}

/** Where the line from the middle of a box to a point leaves the box. */
function leave(box: Box, middle: Point, towards: Point): Point {
  const dx = towards.x - middle.x;
  const dy = towards.y - middle.y;
  const part = Math.min(dx === 0 ? 1 : box.width / 2 / Math.abs(dx), dy === 0 ? 1 : box.height / 2 / Math.abs(dy), 1);
  return { x: round(middle.x + dx * part), y: round(middle.y + dy * part) };
}

function extent(boxes: readonly Box[], edges: readonly SceneEdge[]): Point {
  let [x, y] = [0, 0];
  const see = (right: number, bottom: number): void => {
    x = Math.max(x, right);
    y = Math.max(y, bottom);
  };
  for (const box of boxes) see(box.x + box.width, box.y + box.height);
  for (const { points, label } of edges) {
    for (const point of points) see(point.x, point.y);
    if (label) see(label.x + label.width, label.y + label.height);
  }
  return { x, y };
}
