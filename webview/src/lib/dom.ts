import { SVG_NAMESPACE, type VNode } from '../../../server/src/diagram/index.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with attributes and children. Text stays text, whatever it says; attributes that are undefined are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The DOM of a part of a picture. */
export function svgNode(node: VNode): SVGElement | Text {
  if (typeof node === 'string') return document.createTextNode(node);
  const element = document.createElementNS(SVG_NAMESPACE, node.tag) as SVGElement;
  for (const [name, value] of Object.entries(node.attrs)) element.setAttribute(name, value);
  element.append(...node.children.map(svgNode));
  return element;
}

/** Gives an element these children. Those that it has already, in this order, are not touched. */
export function setChildren(parent: Element, children: readonly Element[]): void {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of children) {
    if (child === at) at = child.nextElementSibling;
    else parent.insertBefore(child, at);
  }
}

/** Shows or hides an element. */
export function setShown(element: HTMLElement, shown: boolean): void {
  element.toggleAttribute('hidden', !shown);
}

/**
 * Whether the focus is in an element, and in this page: an element stays the active one when the focus goes to the text, and
 * what is painted anew must not take it back from there.
 */
export function holdsFocus(element: Element): boolean {
  return document.hasFocus() && element.contains(document.activeElement);
}
