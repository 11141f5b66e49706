import type { FromWebview, ToWebview } from '../../server/src/protocol/messages.ts';
import { parseToWebview } from './messages.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

type WithoutVersion<T> = T extends unknown ? Omit<T, 'v'> : never;

/** The other side: the extension. Everything that goes out is typed, everything that comes in is checked. */
export class Host {
  readonly #api = acquireVsCodeApi();

  send(message: WithoutVersion<FromWebview>): void {
    this.#api.postMessage({ v: 1, ...message });
  }

  log(level: 'info' | 'warn' | 'error', message: string): void {
    this.send({ type: 'log', level, message: message.slice(0, 4000) });
  }

  listen(receive: (message: ToWebview) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = parseToWebview(data);
      if (message) receive(message);
      else this.log('warn', 'A message from the extension is not understood and is ignored.');
    });
  }

  /** What was kept over a reload. Whoever reads it must check it. */
  get kept(): unknown {
    return this.#api.getState();
  }

  keep(state: unknown): void {
    this.#api.setState(state);
  }
}
