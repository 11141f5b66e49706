import { DrawMemo, renderScene, SVG_NAMESPACE, WEBVIEW_PALETTE, type Box, type VElement } from '../../../server/src/diagram/index.ts';
import type { Dispatch } from '../actions.ts';
import { connectDrag, moveDrag, type DragStage } from '../edit/drag.ts';
import { el, holdsFocus } from '../lib/dom.ts';
import { shown, type View } from '../view.ts';
import { Camera } from './camera.ts';
import { listenToGestures } from './gestures.ts';
import { Handle } from './handle.ts';
import { patch } from './patch.ts';
import { PictureKeys, type Walker } from './keyboard.ts';
import { idOf, partsOf, setTabStop } from './parts.ts';
import { around, onScreen, type Viewport } from './viewport.ts';
import { thingsOf, type Thing } from './walk.ts';

export interface CanvasActions {
  readonly dispatch: Dispatch;
  /** A badge was clicked: its findings are wanted. */
  badge(id: string): void;
  /** The menu of a thing is wanted; undefined: of the picture. */
  menu(id: string | undefined, at: { readonly x: number; readonly y: number }): void;
  /** The picture has been moved, and is at rest. */
  moved(): void;
  /** The picture is being moved; called often. */
  moving(): void;
}

const BADGE = 12;

/** The picture in its window: painted, moved, walked through, taken hold of. */
export class Canvas {
  readonly element = el('div', {
    class: 'canvas',
    role: 'application',
    'aria-label': 'Diagram: arrow keys walk, Space selects, Enter goes to the text, F8 next finding, question mark lists all keys',
  });
  readonly camera: Camera;
  readonly #svg = document.createElementNS(SVG_NAMESPACE, 'svg');
  readonly #handle = new Handle();
  readonly #actions: CanvasActions;
  readonly #keys: PictureKeys;
  readonly #memo = new DrawMemo();
  #tree: VElement = { tag: 'svg', attrs: {}, children: [] };
  #painted: View | undefined;
  #things: ReadonlyMap<string, Thing> = new Map();
  /** The groups of each thing in the picture; the first is the one that is named. */
  #parts: ReadonlyMap<string, readonly SVGElement[]> = new Map();
  #selected: string | undefined;
  /** What Tab leads to. */
  #current: string | undefined;

  constructor(actions: CanvasActions) {
    this.#actions = actions;
    this.camera = new Camera(this.element, this.#svg, actions.moved, actions.moving);
    // Not on the picture: that would make it a stop of Tab by itself.
    this.element.addEventListener('focusin', ({ target }) => this.#focused(target));
    this.#keys = new PictureKeys(this.element, () => this.#walker);
    listenToGestures(this.element, this.camera, {
      click: (target) => this.#click(target),
      doubleClick: (target) => this.#doubleClick(target),
      menu: (target, { clientX: x, clientY: y }) => actions.menu(idOf(target), { x, y }),
      grab: (target, at, { altKey }) => {
        const id = idOf(target);
        const stage = this.#stage;
        if (!stage) return undefined;
        const handle = Handle.idOf(target);
        if (handle !== undefined) return connectDrag(stage, handle);
        if (id === undefined || target.closest('.tw-node') === null) return undefined;
        return altKey ? connectDrag(stage, id) : moveDrag(stage, id, at);
      },
    });
  }

  /** Shows a view; with `left`, where it was left, else what is looked at keeps its place. */
  paint(view: View, left?: { readonly viewport: Viewport; readonly fitted: boolean }): void {
    const before = this.#painted;
    this.#painted = view;
    const sameScene = before?.scene === view.scene;
    if (!sameScene || before.marks !== view.marks || before.finding !== view.finding || before.dimmed !== view.dimmed) this.#draw(view);
    if (!before) this.element.append(this.#svg);
    if (!sameScene) {
      const beforeThings = this.#things;
      this.#things = new Map(thingsOf(view.scene).map((thing) => [thing.id, thing]));
      if (left) this.camera.restore(view.scene, left.viewport, left.fitted);
      else this.#replace(view, beforeThings);
    }
    this.#select(view);
  }

  /** Brings a thing into sight; nothing moves when it is. */
  show(id: string): void {
    const box = this.#thing(id)?.box;
    if (box) this.camera.show(withBadges(box));
  }

  /** Brings several things to where they can be read together, with what is missing there. */
  focusOn(ids: readonly string[]): void {
    const ghost = this.#svg.querySelector<SVGGElement>('.tw-ghost')?.getBBox();
    const boxes = [...ids.flatMap((id) => this.#thing(id)?.box ?? []), ...(ghost ? [ghost] : [])];
    if (boxes.length > 0) this.camera.focusOn(withBadges(around(boxes)));
  }

  fitTo(id: string): void {
    const box = this.#thing(id)?.box;
    if (box) this.camera.fitTo(withBadges(box));
  }

  /** Gives a thing the focus of the keyboard. */
  focusThing(id: string): void {
    this.#dom(this.#painted ? shown(this.#painted, id) : id)?.focus({ preventScroll: true });
  }

  /** Where the middle of a thing is in the page. */
  placeOf(id: string): { readonly x: number; readonly y: number } {
    const box = (this.#dom(id) ?? this.element).getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 40) };
  }

  /** What the keyboard is on. */
  get current(): string | undefined {
    return this.#svg.contains(document.activeElement) ? this.#current : undefined;
  }

  /** From here on Enter on another element draws a flow to it. */
  connectFrom(id: string): void {
    this.#keys.connectFrom(id);
    this.focusThing(id);
  }

  get #walker(): Walker | undefined {
    const at = this.#current === undefined ? undefined : this.#thing(this.#current);
    if (!this.#painted || !at) return undefined;
    const { dispatch, menu } = this.#actions;
    const { names, scene, collapsed } = this.#painted;
    return {
      names,
      scene,
      collapsed,
      things: this.#things,
      at,
      dispatch,
      goTo: (id) => this.#goTo(id),
      menu: (id) => menu(id, this.placeOf(id)),
    };
  }

  get #stage(): DragStage | undefined {
    const scene = this.#painted?.scene;
    return (
      scene && { scene, camera: this.camera, dom: (id) => this.#dom(id), overlay: this.#handle.element, dispatch: this.#actions.dispatch }
    );
  }

  #draw(view: View): void {
    const focused = holdsFocus(this.#svg) ? this.#current : undefined;
    const options = { palette: WEBVIEW_PALETTE, highlight: view.finding?.key, dimmed: view.dimmed, memo: this.#memo };
    const tree = renderScene(view.scene, view.marks, options);
    patch(this.#svg, this.#tree, tree);
    this.#tree = tree;
    if (this.#svg.lastChild !== this.#handle.element) this.#svg.append(this.#handle.element);
    this.#parts = partsOf(this.#svg);
    setTabStop(this.#parts, this.#current);
    this.#selected = undefined;
    if (focused !== undefined && !this.#svg.contains(document.activeElement)) this.#dom(focused)?.focus({ preventScroll: true });
  }

  /** The selection, else what is nearest to the middle, stays where it is on the screen. */
  #replace({ scene, session }: View, before: ReadonlyMap<string, Thing>): void {
    const kept = [...before.values()].filter(({ id, type }) => this.#things.has(id) && type !== 'flow');
    const middle = { x: this.camera.frame.width / 2, y: this.camera.frame.height / 2 };
    const away = (box: Box): number => {
      const seen = onScreen(this.camera.viewport, box);
      return Math.hypot(seen.x + seen.width / 2 - middle.x, seen.y + seen.height / 2 - middle.y);
    };
    const nearest = kept.reduce<Thing | undefined>((best, thing) => (best && away(best.box) <= away(thing.box) ? best : thing), undefined);
    const anchor = kept.find(({ id }) => id === session.selection) ?? nearest;
    this.camera.replace(scene, anchor?.box, anchor && this.#things.get(anchor.id)?.box);
  }

  /** What the drawing does not know: the selection, and which one thing Tab leads to. */
  #select(view: View): void {
    const { selection } = view.session;
    const id = selection === undefined ? undefined : shown(view, selection);
    if (this.#current === undefined || !this.#parts.has(this.#current)) this.#makeCurrent(view.scene.nodes[0]?.node.id);
    this.#handle.paint(view.scene, id);
    if (this.#selected === id) return;
    for (const part of this.#svg.querySelectorAll('[data-selected]')) part.removeAttribute('data-selected');
    for (const part of this.#svg.querySelectorAll('[aria-current]')) part.removeAttribute('aria-current');
    this.#selected = id;
    const parts = id === undefined ? [] : (this.#parts.get(id) ?? []);
    for (const part of parts) part.setAttribute('data-selected', '');
    parts[0]?.setAttribute('aria-current', 'true');
    if (id !== undefined && parts.length > 0 && !this.#svg.contains(document.activeElement)) this.#makeCurrent(id);
  }

  #makeCurrent(id: string | undefined): void {
    if (this.#current !== undefined) this.#dom(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = id;
    if (id !== undefined) this.#dom(id)?.setAttribute('tabindex', '0');
  }

  #focused(target: EventTarget | null): void {
    const id = target instanceof SVGElement ? target.dataset['id'] : undefined;
    if (id !== undefined && id !== this.#current) this.#makeCurrent(id);
  }

  #click(target: Element): void {
    const id = idOf(target);
    if (id !== undefined && target.closest('.tw-badge') !== null) this.#actions.badge(id);
    else this.#actions.dispatch(id === undefined ? { do: 'back' } : { do: 'select', id });
  }

  #doubleClick(target: Element): void {
    const id = idOf(target);
    if (id === undefined) this.#actions.dispatch({ do: 'fit' });
    else if (this.#painted?.names.sortOf(id) !== 'boundary') this.#actions.dispatch({ do: 'reveal', id });
    else this.#actions.dispatch({ do: 'collapse', id, collapsed: !this.#painted.collapsed.includes(id) });
  }

  #goTo(id: string): void {
    this.show(id);
    this.#dom(id)?.focus({ preventScroll: true });
  }

  #thing(id: string): Thing | undefined {
    return this.#things.get(this.#painted ? shown(this.#painted, id) : id);
  }

  #dom(id: string): SVGElement | null {
    return this.#parts.get(id)?.[0] ?? null;
  }
}

/** Badges stand out a little from what they are on. */
function withBadges({ x, y, width, height }: Box): Box {
  return { x: x - BADGE, y: y - BADGE, width: width + 2 * BADGE, height: height + 2 * BADGE };
}
