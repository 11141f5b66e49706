import type { GraphBoundary } from './graph.ts';
import { measureText } from './measure.ts';
import type { Box, Scene, SceneEdge } from './scene.ts';
import { BOUNDARY, boundaryTitle, BOUNDARY_TITLE, KIND } from './sizes.ts';
import { round } from './vnode.ts';

const CLEAR = 8;
/** Around the baseline of a title. */
const [ABOVE, BELOW] = [13, 6];

/** Whether the kind of a boundary says more than its title. */
export function showsKind({ title, kindLabel }: GraphBoundary): boolean {
  return kindLabel !== '' && kindLabel.toLowerCase() !== title.toLowerCase();
}

/** The width of a boundary at which its title and kind find places beside the flows that pass its upper border; at least `width`. */
export function widthForTitle(boundary: GraphBoundary, passing: readonly number[], width: number): number {
  if (passing.length === 0 || placesIn(boundary, passing, width).fits) return width;
  const { title, kind } = lengths(boundary);
  const { titleAt } = placesIn(boundary, passing, Infinity);
  return Math.max(width, Math.max(titleAt + title, ...passing) + CLEAR + kind + BOUNDARY.titleLeft);
}

/**
 * Titles and kinds of boundaries beside the flows that pass their border: as far to the left (the kind: to the right) as
 * no line runs over them. Where there is no such place they stand in the corner.
 */
export function placeTitles(
  boundaries: readonly (Box & { readonly boundary: GraphBoundary })[],
  edges: readonly SceneEdge[],
): Scene['boundaries'] {
  const lines = edges.flatMap(({ points }) => points.slice(1).map((to, at) => ({ from: points[at]!, to })));
  const upright = lines.filter(({ from, to }) => Math.abs(from.y - to.y) > 0.02);
  return boundaries.map(({ x, y, width, height, boundary }) => {
    const baseline = y + BOUNDARY.titleBaseline;
    const passing = upright
      .filter(({ from, to }) => Math.min(from.y, to.y) < baseline + BELOW && Math.max(from.y, to.y) > baseline - ABOVE)
      .map(({ from, to }) => from.x + ((to.x - from.x) * (baseline - from.y)) / (to.y - from.y) - x)
      .filter((at) => at > 0 && at < width);
    const box = { x, y, width, height, boundary };
    const { titleAt, kindAt } = placesIn(boundary, passing, width);
    return {
      ...box,
      ...(titleAt !== BOUNDARY.titleLeft && { titleAt: round(x + titleAt) }),
      ...(kindAt !== width - BOUNDARY.titleLeft && { kindAt: round(x + kindAt) }),
    };
  });
}

/** Where the title begins and the kind ends, counted from the left side, when lines pass at these places. */
function placesIn(
  boundary: GraphBoundary,
  passing: readonly number[],
  width: number,
): { readonly titleAt: number; readonly kindAt: number; readonly fits: boolean } {
  const [left, right] = [BOUNDARY.titleLeft, width - BOUNDARY.titleLeft];
  const isFree = (start: number, end: number): boolean =>
    end <= right && !passing.some((at) => at > start - CLEAR + 0.1 && at < end + CLEAR - 0.1);
  const inOrder = passing.toSorted((a, b) => a - b);
  const { title, kind } = lengths(boundary);
  const titleAt = [left, ...inOrder.map((at) => at + CLEAR)].find((start) => isFree(start, start + title));
  const behind = (titleAt ?? left) + title + CLEAR;
  const kindAt = [right, ...inOrder.toReversed().map((at) => at - CLEAR)].find((end) => end - kind >= behind && isFree(end - kind, end));
  return { titleAt: titleAt ?? left, kindAt: kindAt ?? right, fits: titleAt !== undefined && (kindAt !== undefined || kind === 0) };
}

function lengths(boundary: GraphBoundary): { readonly title: number; readonly kind: number } {
  return {
    title: measureText(boundaryTitle(boundary), BOUNDARY_TITLE),
    kind: showsKind(boundary) ? measureText(boundary.kindLabel, KIND) : 0,
  };
}
