import { BOUNDARY, boundaryWidth, sizeLabel, type LabelDetail } from '../sizes.ts';
import type { Direction } from './flat.ts';
import type { Level } from './levels.ts';
import type { Group, Item } from './tree.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const BETWEEN_ROWS = 60;
const BESIDE = 40;
/** When it matters little, downwards: labels are wide and low, so that lines are shorter. */
const RELUCTANCE = 0.4;

/** The direction in which a picture comes nearer to the wanted width to height, by a rough idea of its size. */
export function directionFor(levels: ReadonlyMap<Group | undefined, Level>, labels: LabelDetail, aspect: number): Direction {
  const off = (direction: Direction): number => {
    const { width, height } = sizeOf(undefined, { levels, labels, direction });
    return Math.abs(Math.log(Math.max(1, width) / Math.max(1, height) / aspect));
  };
  return off('RIGHT') + RELUCTANCE < off('DOWN') ? 'RIGHT' : 'DOWN';
}

interface Sketch {
  readonly levels: ReadonlyMap<Group | undefined, Level>;
  readonly labels: LabelDetail;
  readonly direction: Direction;
}

/** Rows by the longest way to each box; the largest row and the sum of the rows are about the size. */
function sizeOf(group: Group | undefined, sketch: Sketch): Size {
  const { children, inner } = sketch.levels.get(group)!;
  const down = sketch.direction === 'DOWN';
  const rows = rowsOf(children, inner);
  const connected = new Set(inner.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const row: { across: number; along: number }[] = [];
  let loose = 0;
  for (const item of children) {
    const { width, height } = item.type === 'leaf' ? item.size : sizeOf(item, sketch);
    if (!connected.has(item)) {
      loose += (width + BESIDE) * (height + BESIDE);
      continue;
    }
    const at = (row[rows.get(item)!] ??= { across: 0, along: 0 });
    at.across += BESIDE + (down ? width : height);
    at.along = Math.max(at.along, down ? height : width);
  }
  const label = inner.reduce((most, { link }) => {
    const size = sizeLabel(link.edge, sketch.labels);
    return Math.max(most, size ? (down ? size.height : size.width) : 0);
  }, 0);
  const across = row.reduce((most, it) => Math.max(most, it.across), 0);
  const along = row.reduce((sum, it) => sum + it.along + BETWEEN_ROWS + label, 0);
  const side = Math.sqrt(loose);
  const inside = down ? { width: across + side, height: Math.max(along, side) } : { width: Math.max(along, side), height: across + side };
  return group ? boundarySize(group, inside) : inside;
}

function boundarySize({ boundary }: Group, { width, height }: Size): Size {
  return { width: Math.max(boundaryWidth(boundary), width + 2 * BOUNDARY.side), height: height + BOUNDARY.top + BOUNDARY.bottom };
}

function rowsOf(children: readonly Item[], inner: Level['inner']): ReadonlyMap<Item, number> {
  const next = new Map<Item, Item[]>();
  const waiting = new Map<Item, number>();
  for (const it of inner) {
    if (it.from === it.to) continue;
    const [from, to] = it.backward ? [it.to, it.from] : [it.from, it.to];
    next.set(from, [...(next.get(from) ?? []), to]);
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  const rows = new Map<Item, number>(children.map((item) => [item, 0]));
  const ready = children.filter((item) => !waiting.has(item));
  for (const item of ready) {
    for (const to of next.get(item) ?? []) {
      rows.set(to, Math.max(rows.get(to)!, rows.get(item)! + 1));
      const left = waiting.get(to)! - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return rows;
}
