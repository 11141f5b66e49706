import type { Box, Point } from '../../../server/src/diagram/index.ts';

/** Where the picture is in its window: a point of it is shown at `x + scale * point.x`, in pixels of the window. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const SMALLEST = 0.05;
export const LARGEST = 4;
const MARGIN = 20;
/** Texts are this large at least when something is to be read. */
const READABLE_SCALE = 0.8;
/** Below this the picture is a pattern; above that it is worth looking at a part of it. */
const LEGIBLE_SCALE = 0.3;
const FIRST_SCALE = 0.6;

/** The whole picture in the middle; small ones no larger than they are. */
export function fit(picture: Size, frame: Size): Viewport {
  const room = { width: Math.max(1, frame.width - 2 * MARGIN), height: Math.max(1, frame.height - 2 * MARGIN) };
  const scale = clampScale(Math.min(1, room.width / Math.max(1, picture.width), room.height / Math.max(1, picture.height)));
  return { x: (frame.width - picture.width * scale) / 2, y: (frame.height - picture.height * scale) / 2, scale };
}

/**
 * What is shown first: the whole picture, but of one so large that nothing in it could be read its beginning, with the
 * window filled in one direction.
 */
export function firstView(picture: Size, frame: Size): { readonly viewport: Viewport; readonly fitted: boolean } {
  const whole = fit(picture, frame);
  if (whole.scale >= LEGIBLE_SCALE) return { viewport: whole, fitted: true };
  const widest = Math.max((frame.width - 2 * MARGIN) / picture.width, (frame.height - 2 * MARGIN) / picture.height);
  const scale = clampScale(Math.min(FIRST_SCALE, widest));
  const place = (room: number, length: number): number => Math.max(MARGIN, (room - length * scale) / 2);
  return { viewport: { x: place(frame.width, picture.width), y: place(frame.height, picture.height), scale }, fitted: false };
}

/** A part of the picture in the middle, as large as it may be but no larger than it is. */
export function fitBox(box: Box, frame: Size): Viewport {
  const { x, y, scale } = fit(box, frame);
  return { x: x - box.x * scale, y: y - box.y * scale, scale };
}

/** Whether a part of the picture can be read without moving anything. */
export function isReadable(viewport: Viewport, box: Box, frame: Size): boolean {
  const best = fitBox(box, frame).scale;
  return viewport.scale >= Math.min(READABLE_SCALE, best) && showBox(viewport, box, frame) === viewport;
}

/** Zooms while what is at a point of the window stays there. */
export function zoomAt(viewport: Viewport, scale: number, at: Point): Viewport {
  const next = clampScale(scale);
  const ratio = next / viewport.scale;
  return { x: at.x - (at.x - viewport.x) * ratio, y: at.y - (at.y - viewport.y) * ratio, scale: next };
}

export function pan(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** A box of the picture as it lies in the window. */
export function onScreen(viewport: Viewport, box: Box): Box {
  const { x, y, scale } = viewport;
  return { x: x + box.x * scale, y: y + box.y * scale, width: box.width * scale, height: box.height * scale };
}

/** The smallest pan that brings a box into the window; the same viewport when it is in it already. */
export function showBox(viewport: Viewport, box: Box, frame: Size): Viewport {
  const shown = onScreen(viewport, box);
  const dx = nearest(shown.x, shown.width, frame.width);
  const dy = nearest(shown.y, shown.height, frame.height);
  return dx === 0 && dy === 0 ? viewport : pan(viewport, dx, dy);
}

/** Keeps a thing where it was on the screen when its place in the picture changed. */
export function keepInPlace(viewport: Viewport, before: Box, after: Box): Viewport {
  const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const was = centre(before);
  const is = centre(after);
  return pan(viewport, (was.x - is.x) * viewport.scale, (was.y - is.y) * viewport.scale);
}

/** Whether all of a picture is in the window. */
export function fits(viewport: Viewport, picture: Size, frame: Size): boolean {
  const shown = onScreen(viewport, { x: 0, y: 0, ...picture });
  return shown.x >= 0 && shown.y >= 0 && shown.x + shown.width <= frame.width && shown.y + shown.height <= frame.height;
}

function nearest(start: number, length: number, room: number): number {
  if (start >= 0 && start + length <= room) return 0;
  // What is larger than the window shows its beginning.
  if (start < 0 || length + 2 * MARGIN > room) return MARGIN - start;
  return room - MARGIN - length - start;
}

/** The smallest box around some boxes. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function clampScale(scale: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}
