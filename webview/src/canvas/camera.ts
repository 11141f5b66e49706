import type { Box, Point } from '../../../server/src/diagram/index.ts';
import { firstView, fit, fitBox, fits, isReadable, keepInPlace, pan, showBox, zoomAt, type Size, type Viewport } from './viewport.ts';

/** A gesture without a clear end, such as turning a wheel, is over after this pause. */
const PAUSE_MS = 140;
/** Below this scale the names of flows cannot be read and only cost time. */
const READABLE = 0.45;
/** Below this no name of an element can be read either; titles of boundaries stay. */
const RECOGNISABLE = 0.22;

/**
 * Moves the picture: the whole `<svg>` is transformed, and is never made larger or smaller itself, which would lay out all
 * its texts again. During a gesture it is one layer; when that ends it is drawn anew at its scale, and is sharp.
 */
export class Camera {
  readonly #frame: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #moved: () => void;
  readonly #moving: () => void;
  #picture: Size = { width: 1, height: 1 };
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  /** The window as it was last seen. Asking for it would have the browser lay out what was just painted. */
  #frameSize: Size | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** The whole picture is shown, and still is when the window changes. */
  #fitted = true;
  /** Where the picture was before it was moved to show something. */
  #before: { readonly viewport: Viewport; readonly fitted: boolean } | undefined;

  constructor(frame: HTMLElement, svg: SVGSVGElement, moved: () => void, moving: () => void) {
    this.#frame = frame;
    this.#svg = svg;
    this.#moved = moved;
    this.#moving = moving;
    new ResizeObserver(() => {
      const before = this.#frameSize;
      this.#frameSize = undefined;
      if (this.#fitted) this.fit();
      else if (before) this.#keepMiddle(before, this.frame);
    }).observe(frame);
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  get fitted(): boolean {
    return this.#fitted;
  }

  get frame(): Size {
    return (this.#frameSize ??= { width: this.#frame.clientWidth, height: this.#frame.clientHeight });
  }

  /** The picture as it was left. */
  restore(picture: Size, viewport: Viewport, fitted: boolean): void {
    this.#picture = picture;
    this.#fitted = fitted;
    if (fitted) this.fit();
    else this.#set(viewport);
  }

  /** A new picture: what was at `before` stays where it is on the screen. */
  replace(picture: Size, before: Box | undefined, after: Box | undefined): void {
    this.#picture = picture;
    this.#before = undefined;
    if (!before || !after) return this.#first();
    const kept = keepInPlace(this.#viewport, before, after);
    if (this.#fitted && !fits(kept, picture, this.frame)) this.#first();
    else this.#set(kept);
  }

  fit(): void {
    this.#before = undefined;
    this.#fitted = true;
    this.#set(fit(this.#picture, this.frame));
  }

  /** Zooms about a point of the window, else about its middle. */
  zoomTo(scale: number, at?: Point): void {
    this.#byHand(zoomAt(this.#viewport, scale, at ?? { x: this.frame.width / 2, y: this.frame.height / 2 }));
  }

  pan(dx: number, dy: number): void {
    this.#byHand(pan(this.#viewport, dx, dy));
  }

  /** Pans only when the box is out of sight. */
  show(box: Box): void {
    const shown = showBox(this.#viewport, box, this.frame);
    if (shown !== this.#viewport) this.#set(shown);
  }

  /** Moves a part of the picture to where it can be read; nothing moves when it can be read already. */
  focusOn(box: Box): void {
    // What is painted with it may have taken some of the room, which is told only in the next frame.
    this.#frameSize = undefined;
    if (isReadable(this.#viewport, box, this.frame)) return;
    this.#before ??= { viewport: this.#viewport, fitted: this.#fitted };
    this.#fitted = false;
    this.#set(fitBox(box, this.frame));
  }

  /** A part of the picture as large as it may be. */
  fitTo(box: Box): void {
    this.#before = undefined;
    this.#fitted = false;
    this.#set(fitBox(box, this.frame));
  }

  /** Brings a point of the picture into the middle. */
  centreOn({ x, y }: Point): void {
    const { scale } = this.#viewport;
    this.#byHand({ x: this.frame.width / 2 - x * scale, y: this.frame.height / 2 - y * scale, scale });
  }

  /** Back to before `focusOn`, unless the picture was moved by hand since. */
  back(): void {
    if (!this.#before) return;
    const { viewport, fitted } = this.#before;
    this.#before = undefined;
    this.#fitted = fitted;
    if (fitted) this.fit();
    else this.#set(viewport);
  }

  /** Where a point of the page is in the window of the picture. */
  local(event: { readonly clientX: number; readonly clientY: number }): Point {
    const { left, top } = this.#frame.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** Where a point of the window is in the picture. */
  inPicture({ x, y }: Point): Point {
    const { viewport } = this;
    return { x: (x - viewport.x) / viewport.scale, y: (y - viewport.y) / viewport.scale };
  }

  #first(): void {
    const { viewport, fitted } = firstView(this.#picture, this.frame);
    this.#fitted = fitted;
    this.#set(viewport);
  }

  /** What was in the middle of the window still is; a window without size is one that nobody sees. */
  #keepMiddle(before: Size, now: Size): void {
    if (before.width === 0 || now.width === 0) return;
    const { x, y, scale } = this.#viewport;
    this.#set({ x: x + (now.width - before.width) / 2, y: y + (now.height - before.height) / 2, scale });
  }

  #byHand(viewport: Viewport): void {
    this.#before = undefined;
    this.#fitted = false;
    this.#viewport = viewport;
    this.#svg.style.willChange = 'transform';
    this.#transform();
    this.#moving();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#commit(), PAUSE_MS);
  }

  #set(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#commit();
  }

  #commit(): void {
    clearTimeout(this.#pause);
    this.#svg.style.willChange = '';
    const { scale } = this.#viewport;
    this.#frame.dataset['detail'] = scale < RECOGNISABLE ? 'least' : scale < READABLE ? 'low' : 'full';
    this.#transform();
    this.#moved();
  }

  #transform(): void {
    const { x, y, scale } = this.#viewport;
    this.#svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
}
