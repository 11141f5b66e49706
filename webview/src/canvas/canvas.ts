import { renderScene, SVG_NAMESPACE, WEBVIEW_PALETTE, type Box, type Scene, type VElement } from '../../../server/src/diagram/index.ts';
import { el } from '../lib/dom.ts';
import type { View } from '../view.ts';
import { Camera } from './camera.ts';
import { listenToGestures } from './gestures.ts';
import { patch } from './patch.ts';
import { around, onScreen, type Viewport } from './viewport.ts';
import { alongFlow, neighbour, thingsOf, type Thing, type Way } from './walk.ts';

export interface CanvasActions {
  /** Something was clicked; `badge` when it was where its findings are counted. */
  pick(id: string, badge: boolean): void;
  /** Nothing was clicked. */
  pickNothing(): void;
  /** The picture has been moved. */
  moved(): void;
}

const BADGE = 12;
const ARROWS: ReadonlyMap<string, Way> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/** The picture in its window: painted, moved, walked through. */
export class Canvas {
  readonly element = el('div', {
    class: 'canvas',
    role: 'application',
    'aria-label': 'Diagram: arrow keys walk, Enter selects, F8 next finding',
  });
  readonly camera: Camera;
  readonly #svg = document.createElementNS(SVG_NAMESPACE, 'svg');
  readonly #actions: CanvasActions;
  #tree: VElement = { tag: 'svg', attrs: {}, children: [] };
  #painted: View | undefined;
  #things: readonly Thing[] = [];
  /** What Tab leads to. */
  #current: string | undefined;

  constructor(actions: CanvasActions) {
    this.#actions = actions;
    this.camera = new Camera(this.element, this.#svg, () => actions.moved());
    // Not on the picture: that would make it a stop of Tab by itself.
    this.element.addEventListener('focusin', ({ target }) => this.#focused(target));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    listenToGestures(this.element, this.camera, (target) => {
      const id = target.closest<SVGElement>('[data-id]')?.dataset['id'];
      if (id === undefined) actions.pickNothing();
      else actions.pick(id, target.closest('.tw-badge') !== null);
    });
  }

  /** Shows a view; with `viewport`, where it was left, else what is looked at keeps its place. */
  paint(view: View, left?: { readonly viewport: Viewport; readonly fitted: boolean }): void {
    const before = this.#painted;
    this.#painted = view;
    if (before?.scene !== view.scene || before.marks !== view.marks || before.finding !== view.finding) this.#draw(view);
    if (!before) this.element.append(this.#svg);
    if (before?.scene !== view.scene) {
      const beforeThings = this.#things;
      this.#things = thingsOf(view.scene);
      if (left) this.camera.restore(view.scene, left.viewport, left.fitted);
      else this.#replace(view, beforeThings);
    }
    this.#markThings(view);
  }

  /** Brings a thing into sight; nothing moves when it is. */
  show(id: string): void {
    const box = this.#thing(id)?.box;
    if (box) this.camera.show(withBadges(box));
  }

  /** Brings several things to where they can be read together. */
  focusOn(ids: readonly string[]): void {
    const boxes = this.#things.filter(({ id }) => ids.includes(id)).map(({ box }) => box);
    if (boxes.length > 0) this.camera.focusOn(withBadges(around(boxes)));
  }

  #draw(view: View): void {
    const focused = this.#svg.contains(document.activeElement) ? this.#current : undefined;
    const tree = renderScene(view.scene, view.marks, { palette: WEBVIEW_PALETTE, highlight: view.finding?.key });
    patch(this.#svg, this.#tree, tree);
    this.#tree = tree;
    if (focused !== undefined && !this.#svg.contains(document.activeElement)) this.#dom(focused)?.focus({ preventScroll: true });
  }

  /** The selection, else what is nearest to the middle, stays where it is on the screen. */
  #replace({ scene, selection }: View, before: readonly Thing[]): void {
    const places = new Map(this.#things.map(({ id, box }) => [id, box]));
    const kept = before.filter(({ id, type }) => places.has(id) && type !== 'flow');
    const middle = { x: this.camera.frame.width / 2, y: this.camera.frame.height / 2 };
    const away = (box: Box): number => {
      const shown = onScreen(this.camera.viewport, box);
      return Math.hypot(shown.x + shown.width / 2 - middle.x, shown.y + shown.height / 2 - middle.y);
    };
    const nearest = kept.reduce<Thing | undefined>((best, thing) => (best && away(best.box) <= away(thing.box) ? best : thing), undefined);
    const anchor = kept.find(({ id }) => id === selection) ?? nearest;
    this.camera.replace(scene, anchor?.box, anchor && places.get(anchor.id));
  }

  /** What the drawing does not know: the selection, and which one thing Tab leads to. */
  #markThings({ selection }: View): void {
    if (this.#current === undefined || !this.#thing(this.#current)) this.#current = this.#things.find(({ type }) => type === 'node')?.id;
    const seen = new Set<string>();
    for (const part of this.#svg.querySelectorAll<SVGElement>('[data-id]')) {
      const id = part.dataset['id']!;
      part.toggleAttribute('data-selected', id === selection);
      if (part.hasAttribute('aria-hidden') || seen.has(id)) continue;
      seen.add(id);
      if (id === selection) part.setAttribute('aria-current', 'true');
      else part.removeAttribute('aria-current');
      const tabIndex = id === this.#current ? '0' : '-1';
      if (part.getAttribute('tabindex') !== tabIndex) part.setAttribute('tabindex', tabIndex);
    }
  }

  #focused(target: EventTarget | null): void {
    const id = target instanceof SVGElement ? target.dataset['id'] : undefined;
    if (id === undefined || id === this.#current) return;
    if (this.#current !== undefined) this.#dom(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = id;
    this.#dom(id)?.setAttribute('tabindex', '0');
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#painted) return;
    const from = this.#current === undefined ? undefined : this.#thing(this.#current);
    if (!from) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#actions.pick(from.id, false);
      return;
    }
    const to = this.#step(event.key, from, this.#painted.scene);
    if (to === undefined) return;
    event.preventDefault();
    this.show(to.id);
    this.#dom(to.id)?.focus({ preventScroll: true });
  }

  #step(key: string, from: Thing, scene: Scene): Thing | undefined {
    const way = ARROWS.get(key);
    if (way) return neighbour(this.#things, from, way);
    if (key === ']' || key === '[') return alongFlow(scene, this.#things, from, key === ']');
    if (key === 'Home') return this.#things.find(({ type }) => type === from.type);
    return key === 'End' ? this.#things.findLast(({ type }) => type === from.type) : undefined;
  }

  #thing(id: string): Thing | undefined {
    return this.#things.find((thing) => thing.id === id);
  }

  #dom(id: string): SVGElement | null {
    return this.#svg.querySelector<SVGElement>(`[data-id="${CSS.escape(id)}"]:not([aria-hidden])`);
  }
}

/** Badges stand out a little from what they are on. */
function withBadges({ x, y, width, height }: Box): Box {
  return { x: x - BADGE, y: y - BADGE, width: width + 2 * BADGE, height: height + 2 * BADGE };
}
