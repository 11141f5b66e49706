import { groupBlock, leafBlock, moveBlock, packBlocks, type Block, type PlacedBox } from './blocks.ts';
import { elkInput, readElk, type Direction, type ElkItem, type ElkLike, type LayoutStyle } from './elkGraph.ts';
import type { DiagramGraph } from './graph.ts';
import type { Scene } from './scene.ts';
import { finishScene } from './finishScene.ts';
import { labelDetail } from './sizes.ts';
import { buildTree, type Item, type Link, type Tree } from './tree.ts';

/** Up to so many elements both directions are tried; layouts are cheap there and the better one shows. */
const TRY_BOTH = 40;
/** Width to height that fits a screen and a page. */
const BEST_ASPECT = 1.5;

/**
 * Lays a graph out. Never throws and never leaves anything out: when the engine fails it is asked more modestly, and in
 * the end a plain grid stands in, and says so in `fallback`. The same graph gives the same scene.
 */
export async function layoutGraph(graph: DiagramGraph, elk: ElkLike): Promise<Scene> {
  const tree = buildTree(graph);
  const labels = labelDetail(tree.edges.length);
  const size = { labels, elements: graph.nodes.length, flows: tree.edges.length };
  const finish = (block: Block, fallback?: string): Scene => finishScene(graph.title, block, labels, fallback);
  try {
    return finish(await arrangeWell(tree, elk, { ...size, direction: 'DOWN', conservative: false }));
  } catch {
    // What matters is the next attempt; a second failure tells its reason.
  }
  try {
    return finish(await arrange(tree.roots, tree.edges, elk, { ...size, direction: 'DOWN', conservative: true }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return finish(grid(tree), `Plain grid: the layout engine failed (${reason.slice(0, 200)}).`);
  }
}

async function arrangeWell(tree: Tree, elk: ElkLike, style: LayoutStyle): Promise<Block> {
  const down = await arrange(tree.roots, tree.edges, elk, style);
  const usable = distance(down) < Math.log(2);
  if (tree.edges.length === 0 || (usable && style.elements > TRY_BOTH)) return down;
  const direction: Direction = 'RIGHT';
  const right = await arrange(tree.roots, tree.edges, elk, { ...style, direction });
  return distance(right) < distance(down) ? right : down;
}

/** How far a block is from the best width to height. */
function distance({ width, height }: Block): number {
  return Math.abs(Math.log(width / Math.max(1, height) / BEST_ASPECT));
}

/**
 * Boxes that no flow connects are laid out each by itself and packed: an engine that is given all at once strings them
 * in a line.
 */
async function arrange(items: readonly Item[], links: readonly Link[], elk: ElkLike, style: LayoutStyle): Promise<Block> {
  const blocks: Block[] = [];
  for (const part of partsOf(items, links)) blocks.push(await arrangePart(part, elk, style));
  return packBlocks(blocks);
}

async function arrangePart({ items, links }: Part, elk: ElkLike, style: LayoutStyle): Promise<Block> {
  const [only] = items;
  if (only && items.length === 1) {
    if (only.type === 'group') return groupBlock(only, await arrange(only.children, links, elk, style));
    if (links.length === 0) return leafBlock(only);
  }
  const fixed = new Map<string, Block>();
  const wide: Link[] = [];
  const prepared = await prepare(items, links, wide, fixed, elk, style);
  const result = readElk(await elk.layout(elkInput(prepared, wide, style)));
  return assemble(prepared, wide, fixed, result);
}

/** Replaces what is connected with nothing outside its boundary by a finished block; `wide` gets the other flows. */
async function prepare(
  items: readonly Item[],
  links: readonly Link[],
  wide: Link[],
  fixed: Map<string, Block>,
  elk: ElkLike,
  style: LayoutStyle,
): Promise<ElkItem[]> {
  const prepared: ElkItem[] = [];
  const inner = new Map<Item, Link[]>(items.map((item) => [item, []]));
  const owners = ownersOf(items);
  for (const link of links) {
    const from = owners.get(link.from.key);
    const to = owners.get(link.to.key);
    if (from !== undefined && from === to && from.type === 'group') inner.get(from)?.push(link);
    else wide.push(link);
  }
  const touched = new Set(wide.flatMap(({ from, to }) => [from.key, to.key]));
  for (const item of items) {
    if (item.type === 'leaf') {
      prepared.push(item);
      continue;
    }
    const parts = partsOf(item.children, inner.get(item) ?? []);
    const open = parts.filter((part) => [...ownersOf(part.items).keys()].some((key) => touched.has(key)));
    const closed = parts.filter((part) => !open.includes(part));
    const children = await prepare(
      open.flatMap((part) => part.items),
      open.flatMap((part) => part.links),
      wide,
      fixed,
      elk,
      style,
    );
    if (closed.length > 0) {
      const blocks: Block[] = [];
      for (const part of closed) blocks.push(await arrangePart(part, elk, style));
      const block = packBlocks(blocks);
      const key = `f${fixed.size}`;
      fixed.set(key, block);
      children.push({ type: 'fixed', key, width: block.width, height: block.height });
    }
    prepared.push({ type: 'open', group: item, children });
  }
  return prepared;
}

function assemble(
  items: readonly ElkItem[],
  links: readonly Link[],
  fixed: ReadonlyMap<string, Block>,
  result: ReturnType<typeof readElk>,
): Block {
  const boxes: PlacedBox[] = [];
  const lines: Block['lines'][number][] = [];
  const visit = (item: ElkItem): void => {
    const box = result.boxes.get(item.type === 'open' ? item.group.key : item.key);
    if (!box) throw new Error('the engine lost a box');
    if (item.type === 'fixed') {
      const moved = moveBlock(fixed.get(item.key)!, box.x, box.y);
      boxes.push(...moved.boxes);
      lines.push(...moved.lines);
    } else if (item.type === 'leaf') {
      boxes.push({ item, ...box });
    } else {
      boxes.push({ item: item.group, ...box });
      item.children.forEach(visit);
    }
  };
  items.forEach(visit);
  for (const link of links) lines.push({ link, points: [], label: undefined, ...result.lines.get(link.key) });
  return { width: result.width, height: result.height, boxes, lines };
}

/** Everything in rows, flows as straight lines. */
function grid(tree: Tree): Block {
  const place = (item: Item): Block => (item.type === 'leaf' ? leafBlock(item) : groupBlock(item, packBlocks(item.children.map(place))));
  const block = packBlocks(tree.roots.map(place));
  return { ...block, lines: tree.edges.map((link) => ({ link, points: [], label: undefined })) };
}

interface Part {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
}

/** Boxes that flows connect, in the order of their first box. Every flow has both its ends in `items`. */
function partsOf(items: readonly Item[], links: readonly Link[]): readonly Part[] {
  const owners = ownersOf(items);
  const leader = new Map<Item, Item>(items.map((item) => [item, item]));
  const find = (item: Item): Item => {
    let at = item;
    for (let next = leader.get(at); next !== undefined && next !== at; next = leader.get(at)) at = next;
    leader.set(item, at);
    return at;
  };
  for (const { from, to } of links) {
    const a = owners.get(from.key);
    const b = owners.get(to.key);
    if (a && b) leader.set(find(b), find(a));
  }
  const parts = new Map<Item, { items: Item[]; links: Link[] }>();
  for (const item of items) {
    const part = parts.get(find(item)) ?? { items: [], links: [] };
    part.items.push(item);
    parts.set(find(item), part);
  }
  for (const link of links) {
    const owner = owners.get(link.from.key);
    if (owner) parts.get(find(owner))?.links.push(link);
  }
  return [...parts.values()];
}

/** For each element its box among `items`. */
function ownersOf(items: readonly Item[]): ReadonlyMap<string, Item> {
  const owners = new Map<string, Item>();
  const visit = (item: Item, owner: Item): void => {
    if (item.type === 'leaf') owners.set(item.key, owner);
    else for (const child of item.children) visit(child, owner);
  };
  for (const item of items) visit(item, item);
  return owners;
}
