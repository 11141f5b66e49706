import { driftedPins, parsePins, pinAt, type Pins, type Point } from '../../../server/src/diagram/index.ts';
import type { Picture } from '../picture.ts';
import { plural, type View } from '../view.ts';

export interface PinningEvents {
  /** By hand: to be kept beside the model. */
  keep(pins: Pins): void;
  /** They stand somewhere else now. */
  changed(): void;
  say(text: string): void;
}

/** Where elements were put by hand. */
export class Pinning {
  readonly #events: PinningEvents;
  #pins: Pins = new Map();

  constructor(events: PinningEvents) {
    this.#events = events;
  }

  get pins(): Pins {
    return this.#pins;
  }

  /** What was kept over a reload. */
  restore(pins: Pins): void {
    this.#pins = pins;
  }

  /** Puts an element at a point of the picture, or so far from where it is. */
  put({ scene }: View, picture: Picture, id: string, to: { readonly at: Point } | { readonly by: Point }): void {
    const box = scene.nodes.find(({ node }) => node.id === id);
    if (!box) return;
    const pin = pinAt(scene, id, 'at' in to ? to.at : { x: box.x + to.by.x, y: box.y + to.by.y });
    if (pin) this.#set(new Map([...this.#pins, [id, pin]]), picture);
  }

  /** Leaves the place of an element, or of all, to the layout again. */
  free(picture: Picture | undefined, id?: string): void {
    this.#set(new Map(id === undefined ? [] : [...this.#pins].filter(([it]) => it !== id)), picture);
  }

  /** After a thing was given another id. */
  rename(picture: Picture, id: string, to: string): void {
    const now = (it: string): string => (it === id ? to : it);
    if (![...this.#pins].some(([it, pin]) => it === id || pin.in === id)) return;
    this.#set(new Map([...this.#pins].map(([it, pin]) => [now(it), { ...pin, in: pin.in && now(pin.in) }])), picture);
  }

  /** From the file that keeps them. */
  take(value: unknown, picture: Picture | undefined): void {
    const pins = parsePins(value);
    if (!pins || JSON.stringify([...pins]) === JSON.stringify([...this.#pins])) return;
    this.#pins = pins;
    this.#events.changed();
    const drifted = drift(pins, picture).length;
    if (drifted > 0)
      this.#events.say(`${plural(drifted, 'saved position')} no longer fit the model: the next drag or “Re-layout” removes them.`);
  }

  /** Without those that fit nothing any more. */
  #set(pins: Pins, picture: Picture | undefined): void {
    if (pins.size === 0 && this.#pins.size === 0) return;
    const gone = new Set(drift(pins, picture));
    this.#pins = new Map([...pins].filter(([id]) => !gone.has(id)));
    this.#events.keep(this.#pins);
    this.#events.changed();
  }
}

function drift(pins: Pins, picture: Picture | undefined): readonly string[] {
  return picture && !picture.partial ? driftedPins(picture.graph.nodes, pins) : [];
}
