import type { Box, Point } from '../../../server/src/diagram/scene.ts';

/** What an engine made of a graph, as far as pictures can be compared. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly leaves: ReadonlyMap<string, Box>;
  readonly boundaries: ReadonlyMap<string, Box>;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly points: readonly Point[] }[];
}

export interface Quality {
  readonly crossings: number;
  /** Lines that run across elements which are not their ends. */
  readonly through: number;
  /** Pairs of elements that lie on each other, and elements that lie in a boundary they are not in. */
  readonly overlaps: number;
  /** Thousands of pixels. */
  readonly length: number;
  /** Millions of pixels. */
  readonly area: number;
  readonly aspect: number;
}

/** Counts what a reader stumbles over. `chains`: the boundaries around each element. */
export function qualityOf({ width, height, leaves, boundaries, edges }: Drawn, chains: ReadonlyMap<string, ReadonlySet<string>>): Quality {
  const segments = edges.flatMap(({ points }, edge) => points.slice(1).map((b, at): Segment => ({ a: points[at]!, b, edge })));
  return {
    crossings: crossingsOf(segments),
    through: edges.filter(({ from, to, points }) =>
      [...leaves].some(([id, box]) => id !== from && id !== to && passes(points, shrink(box))),
    ).length,
    overlaps: overlapsOf(leaves, boundaries, chains),
    length: segments.reduce((sum, { a, b }) => sum + Math.hypot(b.x - a.x, b.y - a.y), 0) / 1000,
    area: (width * height) / 1e6,
    aspect: width / Math.max(1, height),
  };
}

interface Segment {
  readonly a: Point;
  readonly b: Point;
  readonly edge: number;
}

function crossingsOf(segments: readonly Segment[]): number {
  let count = 0;
  for (let i = 0; i < segments.length; i++) {
    for (let j = i + 1; j < segments.length; j++) {
      if (segments[i]!.edge !== segments[j]!.edge && cross(segments[i]!, segments[j]!)) count++;
    }
  }
  return count;
}

/** Whether two segments meet inside both. */
function cross({ a, b }: Segment, { a: c, b: d }: Segment): boolean {
  const side = (p: Point, q: Point, r: Point): number => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function shrink({ x, y, width, height }: Box): Box {
  return { x: x + 3, y: y + 3, width: width - 6, height: height - 6 };
}

function passes(points: readonly Point[], { x, y, width, height }: Box): boolean {
  return points.slice(1).some((b, at) => {
    const a = points[at]!;
    const outside = Math.max(a.x, b.x) < x || Math.min(a.x, b.x) > x + width || Math.max(a.y, b.y) < y || Math.min(a.y, b.y) > y + height;
    if (outside) return false;
    const within = (p: Point): boolean => p.x >= x && p.x <= x + width && p.y >= y && p.y <= y + height;
    if (within(a) || within(b) || a.x === b.x || a.y === b.y) return true;
    const corners = [
      { x, y },
      { x: x + width, y },
      { x: x + width, y: y + height },
      { x, y: y + height },
    ];
    return corners.some((corner, index) => cross({ a, b, edge: 0 }, { a: corner, b: corners[(index + 1) % 4]!, edge: 1 }));
  });
}

function overlapsOf(
  leaves: ReadonlyMap<string, Box>,
  boundaries: ReadonlyMap<string, Box>,
  chains: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  const boxes = [...leaves];
  let count = 0;
  boxes.forEach(([id, box], index) => {
    for (const [, other] of boxes.slice(index + 1)) if (overlap(box, other)) count++;
    for (const [boundary, around] of boundaries) if (!chains.get(id)?.has(boundary) && overlap(box, around)) count++;
  });
  return count;
}

function overlap(a: Box, b: Box): boolean {
  return a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 1 < b.y + b.height && b.y + 1 < a.y + a.height;
}
