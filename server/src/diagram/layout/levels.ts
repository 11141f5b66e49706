import { backward } from './circles.ts';
import type { Side } from './flat.ts';
import type { Group, Item, Leaf, Link, Tree } from './tree.ts';

/** What is to be laid out inside one boundary, or outside all. */
export interface Level {
  readonly children: readonly Item[];
  /** Flows between different children, or from an element to itself. */
  readonly inner: readonly InnerLink[];
  /** Flows that pass the border. */
  readonly passing: readonly PassingLink[];
}
export interface InnerLink {
  readonly link: Link;
  readonly from: Item;
  readonly to: Item;
  /** Runs against the direction of the layout. */
  readonly backward: boolean;
}
export interface PassingLink {
  readonly link: Link;
  readonly item: Item;
  readonly side: Side;
}

/**
 * Each flow belongs to the innermost boundary that both its ends are in: there it is routed between what holds the ends.
 * In every boundary further in, it passes the border: in front of it, or behind, by its direction where it belongs.
 */
export function levelsOf(tree: Tree): ReadonlyMap<Group | undefined, Level> {
  const chains = chainsOf(tree);
  const inner = new Map<Group | undefined, Omit<InnerLink, 'backward'>[]>();
  for (const link of tree.edges) {
    const from = chains.get(link.from.key)!;
    const to = chains.get(link.to.key)!;
    let depth = 0;
    while (from[depth] === to[depth] && depth < from.length - 1 && depth < to.length - 1) depth++;
    const level = depth === 0 ? undefined : (from[depth - 1] as Group);
    const list = inner.get(level) ?? [];
    inner.set(level, list);
    list.push({ link, from: from[depth]!, to: to[depth]! });
  }
  const passing = new Map<Group, PassingLink[]>();
  const pass = (link: Link, outermost: Item, end: Leaf, side: Side): void => {
    const chain = chains.get(end.key)!;
    for (let depth = chain.indexOf(outermost); depth < chain.length - 1; depth++) {
      const group = chain[depth] as Group;
      const list = passing.get(group) ?? [];
      passing.set(group, list);
      list.push({ link, item: chain[depth + 1]!, side });
    }
  };
  const levels = new Map<Group | undefined, Level>();
  const visit = (group: Group | undefined, children: readonly Item[]): void => {
    const links = directed(children, inner.get(group) ?? []);
    for (const { link, from, to, backward: turned } of links) {
      pass(link, from, link.from, turned ? 'before' : 'after');
      pass(link, to, link.to, turned ? 'after' : 'before');
    }
    levels.set(group, { children, inner: links, passing: (group && passing.get(group)) ?? [] });
    for (const child of children) if (child.type === 'group') visit(child, child.children);
  };
  visit(undefined, tree.roots);
  return levels;
}

function directed(children: readonly Item[], links: readonly Omit<InnerLink, 'backward'>[]): readonly InnerLink[] {
  const index = new Map(children.map((item, at) => [item, at]));
  const turned = backward(
    children.length,
    links.map(({ from, to }) => [index.get(from)!, index.get(to)!] as const),
  );
  return links.map((link, at) => ({ ...link, backward: turned.has(at) }));
}

/** For each element the boxes it is in from the outside in, and itself. */
function chainsOf(tree: Tree): ReadonlyMap<string, readonly Item[]> {
  const chains = new Map<string, readonly Item[]>();
  const visit = (item: Item, around: readonly Item[]): void => {
    const chain = [...around, item];
    if (item.type === 'leaf') chains.set(item.key, chain);
    else for (const child of item.children) visit(child, chain);
  };
  for (const item of tree.roots) visit(item, []);
  return chains;
}
