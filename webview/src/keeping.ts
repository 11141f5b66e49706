import type { DiagramResult } from '../../server/src/protocol/messages.ts';
import type { Host } from './host.ts';
import type { Picture } from './picture.ts';
import { KEPT_WHOLE, type KeptState } from './state.ts';

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

/** Of a large model only what is drawn is kept: the rest comes again from the host. */
export function keptPicture(
  picture: Picture,
  { picture: name }: Pick<DiagramResult, 'picture'>,
  shown: Pick<KeptState, 'graph' | 'marks'>,
): Pick<KeptState, 'picture' | 'graph' | 'marks'> {
  const whole = picture.graph.nodes.length <= KEPT_WHOLE && !picture.partial;
  return whole ? { picture: name, graph: picture.graph, marks: picture.marks } : { picture: undefined, ...shown };
}
