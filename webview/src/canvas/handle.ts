import { SVG_NAMESPACE, type Scene } from '../../../server/src/diagram/index.ts';
import { h } from '../../../server/src/diagram/vnode.ts';
import { svgNode } from '../lib/dom.ts';

const RADIUS = 8;

/** What lies over the picture: on the selected element a handle from which a flow can be drawn. For the pointer alone. */
export class Handle {
  readonly element = document.createElementNS(SVG_NAMESPACE, 'g');
  #key = '';

  constructor() {
    this.element.setAttribute('class', 'overlay');
    this.element.setAttribute('aria-hidden', 'true');
  }

  /** The element whose handle this is. */
  static idOf(target: Element): string | undefined {
    return target.closest<SVGElement>('[data-handle]')?.dataset['handle'];
  }

  paint({ nodes }: Scene, selected: string | undefined): void {
    const node = selected === undefined ? undefined : nodes.find((it) => it.node.id === selected && it.node.shape !== 'boundary');
    const key = node ? [selected, node.x, node.y, node.width, node.height].join() : '';
    if (key === this.#key) return;
    this.#key = key;
    this.element.replaceChildren();
    if (!node) return;
    const [x, y] = [node.x + node.width + RADIUS + 4, node.y + node.height / 2];
    this.element.append(
      svgNode(
        h('g', { class: 'handle', 'data-handle': node.node.id, transform: `translate(${x} ${y})` }, [
          h('title', {}, ['Drag to another element to draw a flow']),
          h('circle', { r: 14, 'fill-opacity': 0 }),
          h('circle', { r: RADIUS, class: 'handle-disc' }),
          h('path', { d: 'M-3.5 0H3.5M1-2.8 3.8 0 1 2.8', class: 'handle-arrow' }),
        ]),
      ),
    );
  }
}
