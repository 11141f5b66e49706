import type { Point } from '../scene.ts';
import { sizeLabel, type LabelDetail } from '../sizes.ts';
import { beside, groupBlock, leafBlock, moveBlock, packBlocks, type Block, type PlacedLine, type Stub } from './blocks.ts';
import type { Direction, FlatEnd, FlatNames, FlatProblem, Solve } from './flat.ts';
import type { InnerLink, Level, PassingLink } from './levels.ts';
import type { Group, Item } from './tree.ts';

export interface Style {
  readonly direction: Direction;
  readonly labels: LabelDetail;
  /** Width to height that is wanted. */
  readonly aspect: number;
  readonly solve: Solve;
  readonly levels: ReadonlyMap<Group | undefined, Level>;
}

/**
 * Lays out what is in a boundary (or outside all), from the inside out: what is further in is laid out first and is then
 * a box of fixed size with fixed places for its flows. Boxes that no flow connects, here or outside, are laid out by
 * themselves and packed: an engine that is given all at once strings them in a line.
 */
export async function arrange(group: Group | undefined, style: Style): Promise<Block> {
  const { children, inner, passing } = style.levels.get(group)!;
  const blocks = new Map<Item, Block>();
  await Promise.all(children.map(async (item) => blocks.set(item, await blockOf(item, style))));
  const parts = partsOf(children, inner, passing);
  const open = parts.filter((part) => part.passing.length > 0);
  const closed = await Promise.all(parts.filter((part) => part.passing.length === 0).map((part) => arrangePart(part, blocks, style)));
  const rest = packBlocks(closed, style.aspect);
  if (open.length === 0) return rest;
  const joined: Part = {
    items: children.filter((item) => open.some((part) => part.items.includes(item))),
    inner: open.flatMap((part) => part.inner),
    passing,
  };
  return beside(await arrangePart(joined, blocks, style), rest, style.direction);
}

async function blockOf(item: Item, style: Style): Promise<Block> {
  return item.type === 'leaf' ? leafBlock(item) : groupBlock(item, await arrange(item, style), style.direction);
}

interface Part {
  readonly items: readonly Item[];
  readonly inner: readonly InnerLink[];
  readonly passing: readonly PassingLink[];
}

async function arrangePart(part: Part, blocks: ReadonlyMap<Item, Block>, style: Style): Promise<Block> {
  const { items, inner, passing } = part;
  const [only] = items;
  if (only && items.length === 1 && inner.length === 0 && passing.length === 0) return blocks.get(only)!;
  const at = new Map(items.map((item, index) => [item, index]));
  const stubs = new Map(items.map((item) => [item, new Map(blocks.get(item)!.stubs.map((stub, index) => [stub.link, { stub, index }]))]));
  const endOf = (item: Item, { link }: InnerLink | PassingLink): FlatEnd => {
    const known = stubs.get(item)!.get(link);
    return { box: at.get(item)!, ...(known && known.stub.points.length > 0 && { port: known.index }) };
  };
  const problem: FlatProblem = {
    direction: style.direction,
    boxes: items.map((item) => {
      const { width, height, stubs: ends } = blocks.get(item)!;
      return { width, height, ports: ends.map(({ side, points }) => ({ side, along: along(points.at(-1), style.direction) })) };
    }),
    edges: [
      ...inner.map((it) => {
        const [from, to] = [endOf(it.from, it), endOf(it.to, it)];
        const size = sizeLabel(it.link.edge, style.labels);
        const label = size && { width: size.width, height: size.height };
        return it.backward ? { from: to, to: from, label } : { from, to, label };
      }),
      ...passing.map((it, index) => {
        const [box, border] = [endOf(it.item, it), { border: index }];
        return { ...(it.side === 'after' ? { from: box, to: border } : { from: border, to: box }), label: undefined };
      }),
    ],
    borders: passing.map(({ side }) => side),
  };
  const solution = await style.solve(problem, namesOf(part));
  const moved = items.map((item, index) => moveBlock(blocks.get(item)!, solution.boxes[index]!.x, solution.boxes[index]!.y));
  const stubOf = (item: Item, link: InnerLink['link']): readonly Point[] | undefined =>
    moved[at.get(item)!]!.stubs.find((stub) => stub.link === link)?.points;
  const lines = inner.map((it, index): PlacedLine => {
    const { points, label } = solution.edges[index]!;
    const way = it.backward ? points.toReversed() : points;
    return { link: it.link, points: joinWay(stubOf(it.from, it.link), way, stubOf(it.to, it.link)), label };
  });
  const ends = passing.map((it, index): Stub => {
    const { points } = solution.edges[inner.length + index]!;
    const way = it.side === 'after' ? points : points.toReversed();
    return { link: it.link, side: it.side, points: joinWay(stubOf(it.item, it.link), way, undefined) };
  });
  return {
    width: solution.width,
    height: solution.height,
    boxes: moved.flatMap(({ boxes }) => boxes),
    lines: [...moved.flatMap((block) => block.lines), ...lines],
    stubs: ends,
  };
}

function namesOf({ items, inner, passing }: Part): FlatNames {
  const boxes = items.map((item) => (item.type === 'leaf' ? `element ${item.node.id}` : `boundary ${item.boundary.id}`));
  return {
    boxes,
    edges: [...inner, ...passing].map(({ link }) => link.edge.id),
    groups: new Set(items.flatMap((item, at) => (item.type === 'group' ? [at] : []))),
  };
}

function along(end: Point | undefined, direction: Direction): number {
  return end === undefined ? 0 : direction === 'DOWN' ? end.x : end.y;
}

/** The whole way of a flow; none when a part of it is missing. */
function joinWay(first: readonly Point[] | undefined, way: readonly Point[], last: readonly Point[] | undefined): readonly Point[] {
  if (way.length === 0 || first?.length === 0 || last?.length === 0) return [];
  return [...(first ?? []), ...way, ...(last?.toReversed() ?? [])];
}

/** Boxes that flows connect, in the order of their first box. */
function partsOf(items: readonly Item[], inner: readonly InnerLink[], passing: readonly PassingLink[]): readonly Part[] {
  const leader = new Map<Item, Item>(items.map((item) => [item, item]));
  const find = (item: Item): Item => {
    let at = item;
    for (let next = leader.get(at); next !== undefined && next !== at; next = leader.get(at)) at = next;
    leader.set(item, at);
    return at;
  };
  for (const { from, to } of inner) leader.set(find(to), find(from));
  const parts = new Map<Item, { items: Item[]; inner: InnerLink[]; passing: PassingLink[] }>();
  for (const item of items) {
    const part = parts.get(find(item)) ?? { items: [], inner: [], passing: [] };
    part.items.push(item);
    parts.set(find(item), part);
  }
  for (const link of inner) parts.get(find(link.from))!.inner.push(link);
  for (const link of passing) parts.get(find(link.item))!.passing.push(link);
  return [...parts.values()];
}
