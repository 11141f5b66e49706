import type { Box, Point } from './scene.ts';
import { BOUNDARY, boundaryWidth } from './sizes.ts';
import type { Group, Leaf, Link } from './tree.ts';

/** Finished parts of a picture: boxes and lines that move together. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
}
export interface PlacedBox extends Box {
  readonly item: Leaf | Group;
}
export interface PlacedLine {
  readonly link: Link;
  readonly points: readonly Point[];
  readonly label: Point | undefined;
}

const GAP = 30;
/** Width to height of what is packed: somewhat wider than high, as screens and pages are. */
const ASPECT = 1.7;

export function leafBlock(leaf: Leaf): Block {
  const { width, height } = leaf.size;
  return { width, height, boxes: [{ item: leaf, x: 0, y: 0, width, height }], lines: [] };
}

/** A boundary around its contents. */
export function groupBlock(group: Group, inside: Block): Block {
  const width = Math.max(boundaryWidth(group.boundary), inside.width + 2 * BOUNDARY.side);
  const height = Math.max(BOUNDARY.emptyHeight, inside.height + BOUNDARY.top + BOUNDARY.bottom);
  const moved = moveBlock(inside, BOUNDARY.side, BOUNDARY.top);
  return { width, height, boxes: [{ item: group, x: 0, y: 0, width, height }, ...moved.boxes], lines: moved.lines };
}

export function moveBlock(block: Block, dx: number, dy: number): Block {
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  return {
    ...block,
    boxes: block.boxes.map((box) => ({ ...box, ...move(box) })),
    lines: block.lines.map((line) => ({ ...line, points: line.points.map(move), label: line.label && move(line.label) })),
  };
}

/**
 * Puts blocks into rows, left to right and top to bottom, in their order. Single elements are packed first, so that a row
 * of them does not stand beside something tall.
 */
export function packBlocks(blocks: readonly Block[]): Block {
  const single = blocks.filter((block) => block.boxes.length === 1);
  const others = blocks.filter((block) => block.boxes.length !== 1);
  if (others.length === 0) return shelves(single, 0);
  if (single.length === 0) return shelves(others, 0);
  const main = shelves(others, 0);
  const rest = shelves(single, main.width > main.height ? main.width : 0);
  return shelves([main, rest], 0);
}

function shelves(blocks: readonly Block[], least: number): Block {
  const first = blocks[0];
  if (first === undefined) return { width: 0, height: 0, boxes: [], lines: [] };
  if (blocks.length === 1) return first;
  const area = blocks.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const rowWidth = Math.max(least, Math.sqrt(area * ASPECT), ...blocks.map(({ width }) => width));
  const placed: Block[] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > rowWidth) {
      y += rowHeight + GAP;
      x = 0;
      rowHeight = 0;
    }
    placed.push(moveBlock(block, x, y));
    width = Math.max(width, x + block.width);
    rowHeight = Math.max(rowHeight, block.height);
    x += block.width + GAP;
  }
  return { width, height: y + rowHeight, boxes: placed.flatMap(({ boxes }) => boxes), lines: placed.flatMap(({ lines }) => lines) };
}
