import type { Dispatch } from '../actions.ts';
import { el, setShown } from '../lib/dom.ts';
import { icon } from '../lib/icons.ts';
import { createButton } from '../lib/ui.ts';
import type { Names } from '../names.ts';
import { plural, type View } from '../view.ts';

/** A box over the picture that finds elements, boundaries and flows by title, id and kind. */
export class Search {
  readonly element = el('form', { class: 'search', role: 'search', hidden: '' });
  readonly #dispatch: Dispatch;
  readonly #say: (text: string) => void;
  readonly #input = el('input', { type: 'text', class: 'prompt-input', placeholder: 'Find', 'aria-label': 'Find in the diagram' });
  readonly #count = el('span', { class: 'quiet search-count' });
  #names: Names | undefined;
  #hits: readonly string[] = [];
  #at = -1;
  #before: Element | null = null;

  constructor(dispatch: Dispatch, say: (text: string) => void) {
    this.#dispatch = dispatch;
    this.#say = say;
    this.element.append(
      this.#input,
      this.#count,
      createButton('Previous match (Shift+Enter)', () => this.#step(-1), 'icon', icon('up')),
      createButton('Next match (Enter)', () => this.#step(1), 'icon', icon('down')),
      createButton('Close (Escape)', () => this.close(), 'icon', icon('close')),
    );
    this.#input.addEventListener('input', () => this.#find());
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  open(): void {
    if (this.element.hidden) this.#before = document.activeElement;
    setShown(this.element, true);
    this.#input.focus();
    this.#input.select();
    this.#find();
  }

  close(): void {
    const focused = document.activeElement;
    const ours = focused instanceof HTMLElement && this.element.contains(focused);
    setShown(this.element, false);
    if (!ours) return;
    if (this.#before instanceof HTMLElement || this.#before instanceof SVGElement) this.#before.focus({ preventScroll: true });
    // What is hidden keeps the focus until the next frame, and would swallow the next key.
    if (document.activeElement === focused) focused.blur();
  }

  paint({ names }: View): void {
    if (names === this.#names) return;
    this.#names = names;
    if (!this.element.hidden) this.#find();
  }

  #find(): void {
    const before = this.#hits[this.#at];
    this.#hits = this.#names ? hitsOf(this.#names, this.#input.value) : [];
    this.#at = before === undefined ? -1 : this.#hits.indexOf(before);
    this.#paintCount();
  }

  #step(by: 1 | -1): void {
    if (this.#hits.length === 0) return this.#say('Nothing is found.');
    this.#at = this.#at < 0 ? (by > 0 ? 0 : this.#hits.length - 1) : (this.#at + by + this.#hits.length) % this.#hits.length;
    this.#paintCount();
    this.#dispatch({ do: 'select', id: this.#hits[this.#at] });
  }

  #paintCount(): void {
    const { length } = this.#hits;
    this.#count.textContent =
      this.#input.value.trim() === ''
        ? ''
        : length === 0
          ? 'none'
          : this.#at < 0
            ? plural(length, 'match').replace('matchs', 'matches')
            : `${this.#at + 1} of ${length}`;
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.#input) {
      event.preventDefault();
      this.#step(event.shiftKey ? -1 : 1);
    }
  }
}

/** Ids of what has all the words in its title, id or kind; what begins with them first. */
export function hitsOf({ nodes, boundaries, flows }: Names, text: string): readonly string[] {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  const things: (readonly [string, string])[] = [
    ...[...nodes.values()].map(({ id, title, kindLabel }) => [id, `${title} ${id} ${kindLabel}`] as const),
    ...[...boundaries.values()].map(({ id, title, kindLabel }) => [id, `${title} ${id} ${kindLabel}`] as const),
    ...[...flows.values()].map((legs) => [legs[0]!.flow, `${legs[0]!.label} ${legs[0]!.flow} ${legs[0]!.data.join(' ')}`] as const),
  ];
  const hits = things.flatMap(([id, words]) => {
    const haystack = words.toLowerCase();
    return wanted.every((word) => haystack.includes(word)) ? [{ id, first: haystack.startsWith(wanted[0]!) ? 0 : 1 }] : [];
  });
  return hits.sort((a, b) => a.first - b.first).map(({ id }) => id);
}
