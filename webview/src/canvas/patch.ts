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

function patchChildren(parent: Element, before: readonly VNode[], after: readonly VNode[]): void {
  const old = new Map<string, { readonly node: VNode; readonly dom: ChildNode }>();
  const children = [...parent.childNodes];
  keysOf(before).forEach((key, index) => old.set(key, { node: before[index]!, dom: children[index]! }));
  const keys = keysOf(after);
  const kept = new Set(keys);
  for (const [key, { dom }] of old) if (!kept.has(key)) dom.remove();
  let at = parent.firstChild;
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

/** By its id in the model where it has one, else by its place among those of its tag. */
function keysOf(nodes: readonly VNode[]): string[] {
  const seen = new Map<string, number>();
  return nodes.map((node) => {
    const name = typeof node === 'string' ? '#text' : `${node.tag} ${node.attrs['data-leg'] ?? node.attrs['data-id'] ?? ''}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${name} ${count}`;
  });
}
