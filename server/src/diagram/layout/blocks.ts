import type { Box, Point } from '../scene.ts';
import { BOUNDARY, boundaryWidth } from '../sizes.ts';
import { widthForTitle } from '../titles.ts';
import type { Direction, Side } from './flat.ts';
import type { Group, Leaf, Link } from './tree.ts';

/** Finished parts of a picture: boxes and lines that move together. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
  /** The beginnings of flows that go on outside. */
  readonly stubs: readonly Stub[];
}
export interface PlacedBox extends Box {
  readonly item: Leaf | Group;
}
export interface PlacedLine {
  readonly link: Link;
  readonly points: readonly Point[];
  readonly label: Point | undefined;
}
export interface Stub {
  readonly link: Link;
  readonly side: Side;
  /** From the element to the border of the block; none when the engine gave no way. */
  readonly points: readonly Point[];
}

const GAP = 30;
/** Sizes of boundaries are rounded up, so that a small change inside changes nothing outside. */
const GRID = 16;
export const NOTHING: Block = { width: 0, height: 0, boxes: [], lines: [], stubs: [] };

export function leafBlock(leaf: Leaf): Block {
  const { width, height } = leaf.size;
  return { width, height, boxes: [{ item: leaf, x: 0, y: 0, width, height }], lines: [], stubs: [] };
}

/** A boundary around its contents; flows that go on outside are led to its line. */
export function groupBlock(group: Group, inside: Block, direction: Direction): Block {
  const least = Math.max(boundaryWidth(group.boundary), inside.width + 2 * BOUNDARY.side);
  const width = upToGrid(widthForTitle(group.boundary, passingTitle(inside, direction), least));
  const height = upToGrid(Math.max(BOUNDARY.emptyHeight, inside.height + BOUNDARY.top + BOUNDARY.bottom));
  const moved = moveBlock(inside, BOUNDARY.side, BOUNDARY.top);
  const stubs = moved.stubs.map(({ points, ...stub }) => {
    const end = points.at(-1);
    if (!end) return { ...stub, points };
    const last =
      direction === 'DOWN' ? { x: end.x, y: stub.side === 'after' ? height : 0 } : { x: stub.side === 'after' ? width : 0, y: end.y };
    return { ...stub, points: [...points, last] };
  });
  return { width, height, boxes: [{ item: group, x: 0, y: 0, width, height }, ...moved.boxes], lines: moved.lines, stubs };
}

/** Where flows pass beside the title, from the left side of the boundary. */
function passingTitle({ stubs }: Block, direction: Direction): readonly number[] {
  if (direction !== 'DOWN') return [];
  return stubs.flatMap(({ side, points }) => (side === 'before' && points.length > 0 ? [points.at(-1)!.x + BOUNDARY.side] : []));
}

function upToGrid(length: number): number {
  return Math.ceil(length / GRID) * GRID;
}

export function moveBlock(block: Block, dx: number, dy: number): Block {
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  return {
    ...block,
    boxes: block.boxes.map((box) => ({ ...box, ...move(box) })),
    lines: block.lines.map((line) => ({ ...line, points: line.points.map(move), label: line.label && move(line.label) })),
    stubs: block.stubs.map((stub) => ({ ...stub, points: stub.points.map(move) })),
  };
}

/** What flows connect with the outside, and beside it, out of the way of these flows, the rest. */
export function beside(open: Block, closed: Block, direction: Direction): Block {
  if (closed.boxes.length === 0) return open;
  return direction === 'DOWN' ? union(open, moveBlock(closed, open.width + GAP, 0)) : union(open, moveBlock(closed, 0, open.height + GAP));
}

/**
 * Puts blocks into rows, left to right and top to bottom, in their order. Single elements are packed first, so that a row
 * of them does not stand beside something tall.
 */
export function packBlocks(blocks: readonly Block[], aspect: number): Block {
  const single = blocks.filter((block) => block.boxes.length === 1);
  const others = blocks.filter((block) => block.boxes.length !== 1);
  if (others.length === 0) return shelves(single, 0, aspect);
  if (single.length === 0) return shelves(others, 0, aspect);
  const main = shelves(others, 0, aspect);
  const rest = shelves(single, main.width > main.height ? main.width : 0, aspect);
  return shelves([main, rest], 0, aspect);
}

function shelves(blocks: readonly Block[], least: number, aspect: number): Block {
  const [first] = blocks;
  if (first === undefined) return NOTHING;
  if (blocks.length === 1) return first;
  const area = blocks.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const rowWidth = Math.max(least, Math.sqrt(area * aspect), ...blocks.map(({ width }) => width));
  let placed = NOTHING;
  let [x, y, rowHeight] = [0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > rowWidth) {
      y += rowHeight + GAP;
      x = 0;
      rowHeight = 0;
    }
    placed = union(placed, moveBlock(block, x, y));
    rowHeight = Math.max(rowHeight, block.height);
    x += block.width + GAP;
  }
  return placed;
}

function union(a: Block, b: Block): Block {
  const right = Math.max(0, ...b.boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(0, ...b.boxes.map(({ y, height }) => y + height));
  return {
    width: Math.max(a.width, right),
    height: Math.max(a.height, bottom),
    boxes: [...a.boxes, ...b.boxes],
    lines: [...a.lines, ...b.lines],
    stubs: [...a.stubs, ...b.stubs],
  };
}
