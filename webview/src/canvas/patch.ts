import type { VElement, VNode } from '../../../server/src/diagram/index.ts';
import { svgNode } from '../lib/dom.ts';

/** Makes the DOM of one picture that of another, touching only what differs: nothing flickers and the focus stays. */
export function patch(dom: Element, before: VElement, after: VElement): void {
  if (before === after) return;
  patchAttributes(dom, before.attrs, after.attrs);
  patchChildren(dom, before.children, after.children);
}

function patchAttributes(dom: Element, before: VElement['attrs'], after: VElement['attrs']): void {
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) dom.removeAttribute(name);
  for (const [name, value] of Object.entries(after)) if (before[name] !== value) dom.setAttribute(name, value);
}

/** Most children are where they were: only what lies between the first and the last that are not is looked for. */
function patchChildren(parent: Element, before: readonly VNode[], after: readonly VNode[]): void {
  const isSame = (old: number, now: number): boolean => nameOf(before[old]!) === nameOf(after[now]!);
  let first = 0;
  while (first < before.length && first < after.length && isSame(first, first)) first++;
  let [oldEnd, end] = [before.length, after.length];
  while (oldEnd > first && end > first && isSame(oldEnd - 1, end - 1)) {
    oldEnd--;
    end--;
  }
  let dom = parent.firstChild;
  const next = (): ChildNode => {
    const child = dom!;
    dom = child.nextSibling;
    return child;
  };
  for (let at = 0; at < first; at++) patched(next(), before[at]!, after[at]!);
  const middle = before.slice(first, oldEnd).map((node) => ({ node, dom: next() }));
  patchMiddle(parent, middle, after.slice(first, end), dom);
  for (let at = 0; oldEnd + at < before.length; at++) patched(next(), before[oldEnd + at]!, after[end + at]!);
}

/** Children that come, go and change places, all in front of another one. */
function patchMiddle(
  parent: Element,
  before: readonly { readonly node: VNode; readonly dom: ChildNode }[],
  after: readonly VNode[],
  behind: ChildNode | null,
): void {
  const places = keysOf(before.map(({ node }) => node));
  const old = new Map(places.map((key, at) => [key, before[at]!]));
  const keys = keysOf(after);
  const kept = new Set(keys);
  for (const [key, { dom }] of old) if (!kept.has(key)) dom.remove();
  let at = before.find((_, index) => kept.has(places[index]!))?.dom ?? behind;
  after.forEach((node, index) => {
    const known = old.get(keys[index]!);
    const dom = known ? patched(known.dom, known.node, node) : svgNode(node);
    if (dom === at) at = at.nextSibling;
    else parent.insertBefore(dom, at);
  });
}

/** Nodes with the same key are of the same kind. */
function patched(dom: ChildNode, before: VNode, after: VNode): ChildNode {
  if (typeof after === 'string') {
    if (before !== after) dom.textContent = after;
  } else if (typeof before !== 'string') {
    patch(dom as Element, before, after);
  }
  return dom;
}

/** Its tag, and its id in the model where it has one. */
function nameOf(node: VNode): string {
  return typeof node === 'string' ? '#text' : `${node.tag} ${node.attrs['data-leg'] ?? node.attrs['data-id'] ?? ''}`;
}

/** Those of the same name by their place among these. */
function keysOf(nodes: readonly VNode[]): string[] {
  const seen = new Map<string, number>();
  return nodes.map((node) => {
    const name = nameOf(node);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${name} ${count}`;
  });
}
