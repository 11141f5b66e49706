import { glyph } from '../../../server/src/diagram/badges.ts';
import { h, type VElement } from '../../../server/src/diagram/vnode.ts';
import type { Severity } from '../../../server/src/catalogue/rule.ts';
import { svgNode } from './dom.ts';

/** Line drawings on a grid of 16 by 16. */
const PATHS = {
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M3.5 6l4.5 4.5L12.5 6',
  export: 'M8 2.5v7.5M5 5l3-2.8L11 5M3 9.5v4h10v-4',
  filter: 'M2.5 3.5h11L9.4 8.4v4.4L6.6 11V8.4z',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 5.5h5v5h-5z',
  list: 'M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5',
  layout: 'M2.5 2.5h4v4h-4zM9.5 5.5h4v4h-4zM4.5 9.5h4v4h-4zM6.5 4.5h3v1',
  menu: 'M2.5 8h.6M7.7 8h.6M12.9 8h.6',
  minus: 'M3 8h10',
  plus: 'M3 8h10M8 3v10',
  search: 'M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4ZM10.2 10.2l3.3 3.3',
  up: 'M3.5 10.5L8 6l4.5 4.5',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that says nothing by itself: whatever it is on has a name. */
export function icon(name: IconName): Node {
  const attributes = {
    d: PATHS[name],
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.4,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  return svgNode(picture('icon', '0 0 16 16', h('path', attributes)));
}

/** The shape of a severity, the same as on the picture. Its name is always beside it. */
export function severityIcon(severity: Severity): Node {
  return svgNode(picture(`severity severity-${severity}`, '-8 -8 16 16', glyph(severity, 0, 0, 'currentColor')));
}

function picture(name: string, viewBox: string, path: VElement): VElement {
  return h('svg', { class: name, viewBox, width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, [path]);
}
