import { el, setShown } from './lib/dom.ts';
import { createButton } from './lib/ui.ts';

const PATIENCE_MS = 10_000;
const STALE = 'The text has errors: this is the last good picture.';

/** What is to be said about the picture as a whole: over it when there is one, in its place when there is none. */
export class Notices {
  /** A line above the picture. */
  readonly banner = el('div', { class: 'banner', role: 'status', hidden: '' });
  /** In the middle of where a picture would be. */
  readonly middle = el('div', { class: 'middle' });
  readonly #retry: () => void;
  #stale = false;
  #error: string | undefined;
  #fallback: string | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(retry: () => void) {
    this.#retry = retry;
  }

  setStale(stale: boolean): void {
    this.#stale = stale;
    this.#error = undefined;
    this.#paintBanner();
  }

  /** An error of the host. The picture stays. */
  setError(message: string, hasPicture: boolean): void {
    this.#error = message;
    this.#paintBanner();
    if (!hasPicture) this.#say(el('p', {}, 'There is no picture yet.'));
  }

  setFallback(fallback: string | undefined): void {
    this.#fallback = fallback;
    this.#paintBanner();
  }

  /** While nothing can be shown: says so, and after a while what can be done about it. */
  waiting(what: string, whenLong: string): void {
    this.#say(el('p', { class: 'waiting' }, what));
    this.#patience = setTimeout(() => this.#say(el('p', {}, whenLong), createButton('Try again', this.#retry)), PATIENCE_MS);
  }

  empty(): void {
    this.#say(
      el('h2', {}, 'Nothing to draw yet'),
      el('p', {}, 'Name the parts of your system, and they appear here as you type:'),
      el(
        'pre',
        {},
        'elements:\n  customer: { kind: human-user }\n  assistant: { kind: agent }\nflows:\n  ask: { from: customer, to: assistant, kind: prompt }',
      ),
    );
  }

  /** There is a picture. */
  clear(): void {
    clearTimeout(this.#patience);
    setShown(this.middle, false);
  }

  #say(...content: readonly Node[]): void {
    clearTimeout(this.#patience);
    this.middle.replaceChildren(...content);
    setShown(this.middle, true);
  }

  #paintBanner(): void {
    const text = this.#error ?? (this.#stale ? STALE : this.#fallback);
    setShown(this.banner, text !== undefined);
    if (this.banner.textContent !== (text ?? '')) this.banner.textContent = text ?? '';
  }
}
