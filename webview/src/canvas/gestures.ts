import type { Point } from '../../../server/src/diagram/index.ts';
import type { Camera } from './camera.ts';

/** Less than this is a click of an unsteady hand. */
const DRAG_PX = 4;

/** Drag to pan, wheel and pinch to zoom, double click beside everything to fit. */
export function listenToGestures(frame: HTMLElement, camera: Camera, onClick: (target: Element) => void): void {
  const pointers = new Map<number, Point>();
  let pressed: { readonly at: Point; readonly target: Element } | undefined;
  let dragging = false;

  frame.addEventListener('wheel', (event) => wheel(event, camera), { passive: false });
  frame.addEventListener('dblclick', (event) => {
    if (event.target instanceof Element && !event.target.closest('[data-id]')) camera.fit();
  });
  frame.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Element) || event.button > 1) return;
    pointers.set(event.pointerId, camera.local(event));
    if (pointers.size > 1) return;
    pressed = { at: camera.local(event), target: event.target };
    dragging = false;
  });
  frame.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = camera.local(event);
    if (pointers.size > 1) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      pinch(camera, other, before, now);
    } else if (dragging || distance(pressed!.at, now) >= DRAG_PX) {
      if (!dragging) frame.setPointerCapture(event.pointerId);
      dragging = true;
      frame.classList.add('dragging');
      camera.pan(now.x - before.x, now.y - before.y);
    } else {
      return;
    }
    pointers.set(event.pointerId, now);
  });
  const release = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    frame.classList.remove('dragging');
    if (!dragging && pointers.size === 0 && event.type === 'pointerup' && event.button === 0 && pressed) onClick(pressed.target);
    if (pointers.size > 0) dragging = true;
  };
  frame.addEventListener('pointerup', release);
  frame.addEventListener('pointercancel', release);
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
