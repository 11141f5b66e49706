import type { Pins } from '../../server/src/diagram/index.ts';
import type { Camera } from './canvas/camera.ts';
import type { Current } from './current.ts';
import type { Host } from './host.ts';
import type { Scenes } from './layout/scenes.ts';
import { KEPT_WHOLE, type KeptState } from './state.ts';
import type { View } from './view.ts';

/** A state is kept once it rests: not while somebody types. */
const KEEP_AFTER_MS = 500;

/** Has VS Code keep what a reload needs. */
export class Keeping {
  readonly #host: Host;
  readonly #state: () => KeptState | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** `state` gives nothing while what is shown is not what is wanted. */
  constructor(host: Host, state: () => KeptState | undefined) {
    this.#host = host;
    this.#state = state;
    window.addEventListener('pagehide', () => this.#keep());
  }

  soon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    const state = this.#state();
    if (state) this.#host.keep(state);
  }
}

interface Shown {
  readonly current: Current;
  readonly scenes: Scenes;
  readonly view: View | undefined;
  readonly camera: Camera;
  readonly pins: Pins;
}

/** What a reload needs to show the same again; nothing while what is shown is not what is wanted. */
export function keptState({ current, scenes, view, camera, pins }: Shown): KeptState | undefined {
  const { diagram, picture, session } = current;
  const { scene, settled, key } = scenes;
  if (!view || !diagram || !picture || !scene || !settled) return undefined;
  const { uri, version, stale } = diagram;
  const { viewport, fitted } = camera;
  // Of a large model only what is drawn is kept: the rest comes again from the host.
  const whole = picture.graph.nodes.length <= KEPT_WHOLE && !picture.partial;
  return {
    ...{ v: 2, uri, version, stale, layoutKey: key, scene, session, viewport, fitted },
    picture: whole ? diagram.picture : undefined,
    graph: whole ? picture.graph : picture.shown(session).graph,
    marks: whole ? picture.marks : view.marks,
    pins: Object.fromEntries(pins),
  };
}
