import type { Box, Point } from './scene.ts';
import { round } from './vnode.ts';

/** A way between two boxes with right angles, from border to border, whatever lies on it; `aside` keeps parallel ones apart. */
export function directRoute(a: Box, b: Box, aside = 0): readonly Point[] {
  const middle = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const [from, to] = [middle(a), middle(b)];
  const down = b.y >= a.y + a.height;
  const up = b.y + b.height <= a.y;
  const points: Point[] = [];
  if (down || up) {
    const [start, end] = down ? [a.y + a.height, b.y] : [a.y, b.y + b.height];
    const bend = (start + end) / 2 + aside;
    points.push({ x: from.x + aside, y: start }, { x: from.x + aside, y: bend }, { x: to.x + aside, y: bend }, { x: to.x + aside, y: end });
  } else {
    const right = to.x >= from.x;
    const [start, end] = right ? [a.x + a.width, b.x] : [a.x, b.x + b.width];
    const bend = (start + end) / 2 + aside;
    points.push({ x: start, y: from.y + aside }, { x: bend, y: from.y + aside }, { x: bend, y: to.y + aside }, { x: end, y: to.y + aside });
  }
  // Without a bend where there is none.
  const level = points[0]!.x === points[3]!.x || points[0]!.y === points[3]!.y;
  return (level ? [points[0]!, points[3]!] : points).map(({ x, y }) => ({ x: round(x), y: round(y) }));
}
