import { h, type VElement } from '../../../server/src/diagram/vnode.ts';
import { worst, countsOf } from '../../../server/src/diagram/badges.ts';
import { SVG_NAMESPACE, type Box, type Point } from '../../../server/src/diagram/index.ts';
import type { Size, Viewport } from '../canvas/viewport.ts';
import { patch } from '../canvas/patch.ts';
import { el, setShown } from '../lib/dom.ts';
import type { View } from '../view.ts';

const LARGEST = { width: 180, height: 130 };
/** With fewer elements it is shown only when not all of the picture is in sight. */
const MANY = 60;
/** With fewer still nobody gets lost. */
const FEW = 12;

/** The whole picture as small boxes, with a frame around what is in sight. Pressing goes there. For the eye alone: the outline is for the others. */
export class Minimap {
  readonly element = el('div', { class: 'minimap', 'aria-hidden': 'true', hidden: '' });
  readonly #svg = document.createElementNS(SVG_NAMESPACE, 'svg');
  readonly #frame = el('div', { class: 'minimap-frame' });
  #tree: VElement = { tag: 'svg', attrs: {}, children: [] };
  #painted: View | undefined;
  #scale = 1;
  #shown = false;

  constructor(goTo: (point: Point) => void) {
    this.element.append(this.#svg, this.#frame);
    const go = (event: PointerEvent): void => {
      const { left, top } = this.#svg.getBoundingClientRect();
      goTo({ x: (event.clientX - left) / this.#scale, y: (event.clientY - top) / this.#scale });
    };
    this.element.addEventListener('pointerdown', (event) => {
      event.stopPropagation();
      this.element.setPointerCapture(event.pointerId);
      go(event);
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) go(event);
    });
    for (const type of ['wheel', 'dblclick', 'pointerup'] as const) this.element.addEventListener(type, (event) => event.stopPropagation());
  }

  paint(view: View): void {
    const before = this.#painted;
    this.#painted = view;
    if (before?.scene === view.scene && before.marks === view.marks && before.dimmed === view.dimmed) return;
    const { scene, marks, dimmed } = view;
    this.#scale = Math.min(LARGEST.width / scene.width, LARGEST.height / scene.height);
    const box = ({ x, y, width, height }: Box, name: string): VElement => h('rect', { x, y, width, height, class: name });
    const tree = h(
      'svg',
      { viewBox: `0 0 ${scene.width} ${scene.height}`, width: scene.width * this.#scale, height: scene.height * this.#scale },
      [
        ...scene.boundaries.map((it) => box(it, 'mini-boundary')),
        ...scene.nodes.map((it) => box(it, `mini-node ${dimmed.has(it.node.id) ? 'dim' : (worst(countsOf(marks, it.node.id)) ?? '')}`)),
      ],
    );
    patch(this.#svg, this.#tree, tree);
    this.#tree = tree;
  }

  /** Where the picture is now. */
  moved({ x, y, scale }: Viewport, frame: Size): void {
    const { scene } = this.#painted ?? {};
    if (!scene) return;
    const all = x >= 0 && y >= 0 && x + scene.width * scale <= frame.width + 1 && y + scene.height * scale <= frame.height + 1;
    const wanted = scene.nodes.length > FEW && (!all || scene.nodes.length > MANY) && frame.width > 3 * LARGEST.width;
    if (wanted !== this.#shown) setShown(this.element, (this.#shown = wanted));
    if (!wanted) return;
    const left = Math.max(0, -x / scale) * this.#scale;
    const top = Math.max(0, -y / scale) * this.#scale;
    const right = Math.min(scene.width, (frame.width - x) / scale) * this.#scale;
    const bottom = Math.min(scene.height, (frame.height - y) / scale) * this.#scale;
    this.#frame.style.transform = `translate(${left}px, ${top}px)`;
    this.#frame.style.width = `${Math.max(4, right - left)}px`;
    this.#frame.style.height = `${Math.max(4, bottom - top)}px`;
  }
}
