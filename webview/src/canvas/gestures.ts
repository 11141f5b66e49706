import type { Point } from '../../../server/src/diagram/index.ts';
import type { Camera } from './camera.ts';

/** Less than this is a click of an unsteady hand. */
const DRAG_PX = 4;

/** Something in the picture that is being moved; points are in the picture's window. */
export interface Drag {
  move(to: Point): void;
  /** Let go, or given up. */
  end(to: Point | undefined): void;
}

export interface GestureActions {
  click(target: Element): void;
  doubleClick(target: Element): void;
  menu(target: Element, event: MouseEvent): void;
  /** What a drag that begins here moves; undefined: the whole picture. */
  grab(target: Element, at: Point, event: PointerEvent): Drag | undefined;
}

/** Drag to pan or to move a thing, wheel and pinch to zoom, click, double click, context menu. */
export function listenToGestures(frame: HTMLElement, camera: Camera, actions: GestureActions): void {
  const pointers = new Map<number, Point>();
  let pressed: { readonly at: Point; readonly target: Element; readonly drag: Drag | undefined } | undefined;
  let dragging = false;

  frame.addEventListener('wheel', (event) => wheel(event, camera), { passive: false });
  frame.addEventListener('dblclick', ({ target }) => {
    if (target instanceof Element) actions.doubleClick(target);
  });
  frame.addEventListener('contextmenu', (event) => {
    if (!(event.target instanceof Element)) return;
    event.preventDefault();
    actions.menu(event.target, event);
  });
  frame.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Element) || event.button > 1) return;
    pointers.set(event.pointerId, camera.local(event));
    if (pointers.size > 1) {
      giveUp();
      return;
    }
    const at = camera.local(event);
    pressed = { at, target: event.target, drag: event.button === 0 ? actions.grab(event.target, at, event) : undefined };
    dragging = false;
  });
  frame.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = camera.local(event);
    if (pointers.size > 1) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      pinch(camera, other, before, now);
    } else if (dragging || (pressed && distance(pressed.at, now) >= DRAG_PX)) {
      if (!dragging) frame.setPointerCapture(event.pointerId);
      dragging = true;
      frame.classList.add('dragging');
      if (pressed?.drag) pressed.drag.move(now);
      else camera.pan(now.x - before.x, now.y - before.y);
    } else {
      return;
    }
    pointers.set(event.pointerId, now);
  });
  const giveUp = (): void => {
    if (dragging) pressed?.drag?.end(undefined);
    pressed = undefined;
  };
  const release = (event: PointerEvent): void => {
    const at = pointers.get(event.pointerId);
    if (!pointers.delete(event.pointerId)) return;
    frame.classList.remove('dragging');
    const whole = event.type === 'pointerup' && pointers.size === 0 && pressed !== undefined;
    if (whole && dragging) pressed?.drag?.end(at);
    else if (whole && event.button === 0) actions.click(pressed!.target);
    else giveUp();
    pressed = undefined;
    // The finger that is left of a pinch goes on moving the picture.
    if (pointers.size > 0) dragging = true;
  };
  frame.addEventListener('pointerup', release);
  frame.addEventListener('pointercancel', release);
  frame.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !dragging || !pressed?.drag) return;
    event.stopPropagation();
    giveUp();
  });
}

/** A wheel with notches and a pinch zoom; fingers that slide over a touch pad move the picture. */
function wheel(event: WheelEvent, camera: Camera): void {
  event.preventDefault();
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
  const pinching = event.ctrlKey || event.metaKey;
  const notched = event.deltaX === 0 && (unit > 1 || isNotch(event));
  if (event.shiftKey && !pinching) camera.pan(-(event.deltaX || event.deltaY) * unit, 0);
  else if (pinching || notched)
    camera.zoomTo(
      camera.viewport.scale * Math.exp(-clamp(event.deltaY * unit) * (pinching && !notched ? 0.01 : 0.002)),
      camera.local(event),
    );
  else camera.pan(-event.deltaX, -event.deltaY);
}

/** Wheels report multiples of 120 here, whatever the distance; touch pads report three times the distance. */
function isNotch({ deltaY, wheelDeltaY }: WheelEvent & { readonly wheelDeltaY?: number }): boolean {
  return wheelDeltaY !== undefined && wheelDeltaY % 120 === 0 && wheelDeltaY !== -3 * deltaY;
}

function pinch(camera: Camera, fixed: Point, before: Point, now: Point): void {
  const ratio = distance(fixed, now) / Math.max(1, distance(fixed, before));
  camera.zoomTo(camera.viewport.scale * ratio, { x: (fixed.x + now.x) / 2, y: (fixed.y + now.y) / 2 });
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** One turn never zooms by more than about a quarter. */
function clamp(delta: number): number {
  return Math.max(-120, Math.min(120, delta));
}
