/**
 * Remembers how the things of a scene were drawn: what is the same object and looks the same gets the same drawing, so that
 * nothing of it has to be compared or touched. For one palette.
 */
export class DrawMemo {
  private readonly drawn = new WeakMap<object, { readonly look: string; readonly drawing: unknown }>();

  /** `look` has everything of `draw` that the thing itself has not. A thing is drawn in one way only. */
  of<T>(thing: object, look: string, draw: () => T): T {
    const known = this.drawn.get(thing);
    if (known?.look === look) return known.drawing as T;
    const drawing = draw();
    this.drawn.set(thing, { look, drawing });
    return drawing;
  }
}
