import { glyph } from '../../../server/src/diagram/badges.ts';
import { h, type VElement } from '../../../server/src/diagram/vnode.ts';
import type { Severity } from '../../../server/src/catalogue/rule.ts';
import { svgNode } from './dom.ts';

/** Line drawings on a grid of 16 by 16. */
const PATHS = {
  close: 'M4 4l8 8M12 4l-8 8',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 5.5h5v5h-5z',
  list: 'M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5',
  minus: 'M3 8h10',
  plus: 'M3 8h10M8 3v10',
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
