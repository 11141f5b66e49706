import { el, setShown } from '../lib/dom.ts';
import { renderMarkdown } from './markdown.ts';

/** A pointer that rests so long wants to know. */
const REST_MS = 500;
const GAP = 14;

/** The card that the editor shows on a word, beside what the pointer rests on. */
export class HoverCard {
  readonly element = el('section', { class: 'hover', 'aria-label': 'Card', hidden: '' });
  readonly #ask: (id: string) => void;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #wanted: { readonly id: string; readonly x: number; readonly y: number } | undefined;

  constructor(canvas: HTMLElement, ask: (id: string) => void) {
    this.#ask = ask;
    canvas.addEventListener('pointermove', (event) => this.#moved(event));
    canvas.addEventListener('pointerleave', () => this.hide());
    for (const type of ['pointerdown', 'wheel', 'keydown'] as const) canvas.addEventListener(type, () => this.hide(), { passive: true });
  }

  hide(): void {
    clearTimeout(this.#resting);
    this.#wanted = undefined;
    setShown(this.element, false);
  }

  /** What the server says of a thing; shown when it is still wanted. */
  show(id: string, markdown: string): void {
    const wanted = this.#wanted;
    if (wanted?.id !== id || markdown === '') return;
    this.element.replaceChildren(...renderMarkdown(markdown));
    setShown(this.element, true);
    const { width, height } = this.element.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const left = wanted.x + GAP + width <= clientWidth ? wanted.x + GAP : Math.max(4, wanted.x - GAP - width);
    const top = wanted.y + GAP + height <= clientHeight ? wanted.y + GAP : Math.max(4, wanted.y - GAP - height);
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top}px`;
  }

  #moved({ target, clientX: x, clientY: y, buttons }: PointerEvent): void {
    const id = target instanceof Element ? target.closest<SVGElement>('[data-id]')?.dataset['id'] : undefined;
    if (id === undefined || buttons !== 0) return this.hide();
    if (id === this.#wanted?.id && !this.element.hidden) return;
    this.hide();
    this.#resting = setTimeout(() => {
      this.#wanted = { id, x, y };
      this.#ask(id);
    }, REST_MS);
  }
}
