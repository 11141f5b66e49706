import { keepScene, type DiagramGraph, type Scene } from '../../../server/src/diagram/index.ts';
import type { Size } from '../canvas/viewport.ts';
import { LayoutWorker } from './layoutWorker.ts';

/** A graph, and the key of everything that its layout depends on. */
export interface Wanted {
  readonly graph: DiagramGraph;
  readonly key: string;
}

export interface SceneEvents {
  /** The window of the picture. */
  room(): Size;
  /** A layout has begun, of so many boxes; undefined: it is over. */
  layingOut(boxes: number | undefined): void;
  /** There is another scene to paint. */
  changed(): void;
  warn(message: string): void;
}

/** Keeps the scene in step with what is to be shown: lays out only what differs, and shows the last one meanwhile. */
export class Scenes {
  readonly worker = new LayoutWorker();
  readonly #events: SceneEvents;
  #scene: Scene | undefined;
  /** Of the scene, and of what is wanted. */
  #key = '';
  #wanted = '';
  #draft = false;
  #count = 0;

  constructor(events: SceneEvents) {
    this.#events = events;
  }

  /** What can be painted; it may still be that of an older graph. */
  get scene(): Scene | undefined {
    return this.#scene;
  }

  get key(): string {
    return this.#key;
  }

  /** How many layouts have been finished. */
  get count(): number {
    return this.#count;
  }

  /** Whether the scene is of the graph that is wanted. */
  get current(): boolean {
    return this.#key === this.#wanted;
  }

  /** Whether the scene is what the layout of that graph gives, and not nearly so. */
  get settled(): boolean {
    return this.current && !this.#draft;
  }

  /** What was kept over a reload. */
  restore(scene: Scene, key: string): void {
    this.#scene = scene;
    this.#key = this.#wanted = key;
  }

  /** Asks for the scene of a graph. False when it is not there yet: `changed` is said when it is. */
  want({ graph, key }: Wanted): boolean {
    const before = this.#wanted;
    this.#wanted = key;
    if (this.#scene && this.settled) {
      // A text that was put back as it was: what is being laid out is out of date.
      if (before !== key) this.worker.drop();
      this.#events.layingOut(undefined);
      return true;
    }
    if (key !== before || this.#key === '') void this.#layOut(graph, key);
    return this.current;
  }

  /** All anew, for the window as it is. */
  forget(): void {
    this.#key = '';
    this.worker.forget(this.#events.room());
  }

  /** Nobody wants to wait: the last picture stays. Without one, a plain grid stands in, and true is told. */
  async cancel(shown: Wanted | undefined): Promise<boolean> {
    this.worker.drop();
    this.#events.layingOut(undefined);
    if (this.#scene || !shown) return false;
    this.#accept(await this.worker.plain(shown.graph), shown.key);
    return true;
  }

  async #layOut(graph: DiagramGraph, key: string): Promise<void> {
    this.#events.layingOut(graph.nodes.length + graph.boundaries.length);
    const draft = (scene: Scene): void => {
      if (key === this.#wanted) this.#accept(scene, key, true);
    };
    const scene = await this.worker.layout(graph, this.#events.room(), draft);
    if (!scene || key !== this.#wanted) return;
    this.#events.layingOut(undefined);
    this.#count++;
    if (scene.fallback !== undefined) this.#events.warn(scene.fallback);
    this.#accept(scene, key);
  }

  #accept(scene: Scene, key: string, draft = false): void {
    this.#scene = keepScene(this.#scene, scene);
    this.#key = key;
    this.#draft = draft;
    this.#events.changed();
  }
}
