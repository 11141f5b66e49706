import type { TextStyle } from './measure.ts';
import { h, type Attributes, type VElement } from './vnode.ts';

/** One line of text; `y` is its baseline. */
export function text(content: string, x: number, y: number, style: TextStyle, fill: string, more: Attributes = {}): VElement {
  const weight = style.weight === 'bold' ? 600 : undefined;
  return h('text', { x, y, 'font-size': style.size, 'font-weight': weight, fill, ...more }, [content]);
}

/** Keeps a text readable where a line passes behind it. */
export function halo(color: string): Attributes {
  return { stroke: color, 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
}
