/** A picture as plain data: the webview turns it into DOM (`createElementNS`), exports into text. */
export type VNode = VElement | string;
export interface VElement {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly VNode[];
}

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. Numbers are rounded to two decimals, attributes that are `undefined` are left out. */
export function h(tag: string, attributes: Attributes, children: readonly VNode[] = []): VElement {
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) attrs[name] = typeof value === 'number' ? num(value) : value;
  }
  return { tag, attrs, children };
}

/** A number as it is written in a picture. */
export function num(value: number): string {
  const rounded = round(value);
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The picture as a file: well-formed whatever the texts are, the same bytes for the same picture. */
export function svgText(node: VNode): string {
  if (typeof node === 'string') return escape(node);
  const attributes = Object.entries(node.attrs).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const open = `<${node.tag}${attributes.join('')}`;
  if (node.children.length === 0) return `${open}/>`;
  return `${open}>${node.children.map(svgText).join('')}</${node.tag}>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
