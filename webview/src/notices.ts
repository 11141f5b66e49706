import { el, setShown } from './lib/dom.ts';
import { createButton } from './lib/ui.ts';

const PATIENCE_MS = 10_000;
/** A layout that is done sooner needs no words. */
const SOON_MS = 400;
const SAID_MS = 8_000;
const STALE = 'The text has errors: this is the last good picture.';

export interface NoticeActions {
  retry(): void;
  /** Nobody wants to wait for the layout any longer. */
  cancel(): void;
  copyDiagnostics(): void;
}

/** What is to be said about the picture as a whole: over it when there is one, in its place when there is none. */
export class Notices {
  /** A line above the picture. */
  readonly banner = el('div', { class: 'banner', role: 'status', hidden: '' });
  /** In the middle of where a picture would be. */
  readonly middle = el('div', { class: 'middle' });
  /** In a corner of the picture while the next one is made. */
  readonly progress = el('div', { class: 'progress', role: 'status', hidden: '' });
  readonly #actions: NoticeActions;
  #stale = false;
  #error: string | undefined;
  #said: string | undefined;
  #fallback: string | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor(actions: NoticeActions) {
    this.#actions = actions;
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
    if (!hasPicture) this.#say(el('p', {}, 'There is no picture yet.'), ...this.#ways());
  }

  /** An answer to what was just asked for; it goes by itself. */
  say(text: string): void {
    this.#said = text;
    this.#paintBanner();
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      this.#said = undefined;
      this.#paintBanner();
    }, SAID_MS);
  }

  /** What was said last is done with. */
  hush(): void {
    clearTimeout(this.#forget);
    this.#said = undefined;
    this.#paintBanner();
  }

  setFallback(fallback: string | undefined): void {
    this.#fallback = fallback;
    this.#paintBanner();
  }

  /** A layout has begun, of so many boxes; undefined when it is done. */
  layingOut(boxes: number | undefined, hasPicture: boolean): void {
    clearTimeout(this.#soon);
    if (boxes === undefined) return setShown(this.progress, false);
    const words = `Laying out ${boxes} boxes …`;
    const cancel = createButton('Cancel', this.#actions.cancel);
    if (!hasPicture) return this.waiting(words, 'The layout takes unusually long. It goes on; “Cancel” shows a plain grid.', cancel);
    this.#soon = setTimeout(() => {
      this.progress.replaceChildren(el('span', { class: 'spinner', 'aria-hidden': 'true' }), words, cancel);
      setShown(this.progress, true);
    }, SOON_MS);
  }

  /** While nothing can be shown: says so, and after a while what can be done about it. */
  waiting(what: string, whenLong: string, way?: HTMLElement): void {
    this.#say(el('p', { class: 'waiting' }, what), ...(way ? [way] : []));
    this.#patience = setTimeout(() => this.#say(el('p', {}, whenLong), ...(way ? [way] : []), ...this.#ways()), PATIENCE_MS);
  }

  empty(): void {
    this.#say(
      el('h2', {}, 'Nothing to draw yet'),
      el('p', {}, 'Name the parts of your system, and they appear here as you type:'),
      el(
        'pre',
        { tabindex: '0' },
        'elements:\n  customer: { kind: human-user }\n  assistant: { kind: agent }\nflows:\n  ask: { from: customer, to: assistant, kind: prompt }',
      ),
    );
  }

  /** There is a picture. */
  clear(): void {
    clearTimeout(this.#patience);
    setShown(this.middle, false);
  }

  #ways(): readonly HTMLElement[] {
    const row = el('div', { class: 'ways' }, createButton('Try again', this.#actions.retry));
    row.append(createButton('Copy diagnostics', this.#actions.copyDiagnostics));
    return [row];
  }

  #say(...content: readonly Node[]): void {
    clearTimeout(this.#patience);
    this.middle.replaceChildren(...content);
    setShown(this.middle, true);
  }

  #paintBanner(): void {
    const text = this.#error ?? this.#said ?? (this.#stale ? STALE : this.#fallback);
    setShown(this.banner, text !== undefined);
    if (this.banner.textContent !== (text ?? '')) this.banner.textContent = text ?? '';
  }
}
