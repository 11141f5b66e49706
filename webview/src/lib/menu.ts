import { el, holdsFocus } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  /** Said behind the label: a key, a number. */
  readonly hint?: string;
  /** With it the item is a choice that is on or off. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Opens another menu in the place of this one. */
  readonly more?: () => readonly MenuEntry[];
  readonly act?: () => void;
}
/** A text is a heading, above a line. */
export type MenuEntry = MenuItem | string;

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

let open: Menu | undefined;

/** Shows a menu at a point of the page, or below an element; what had the focus has it again when the menu closes. */
export function showMenu(label: string, entries: readonly MenuEntry[], at: MenuPlace | HTMLElement): void {
  open?.close();
  open = new Menu(label, entries, at, document.activeElement, () => {
    open = undefined;
  });
}

/** By the pattern for menus: arrows, Home, End, first letters, Escape; a click elsewhere closes it. */
class Menu {
  readonly #element = el('div', { class: 'menu', role: 'menu', tabindex: '-1' });
  /** Everything on the page is in some region. */
  readonly #region = el('section', { 'aria-label': 'Menu' });
  readonly #before: Element | null;
  readonly #closed: () => void;
  #typed = '';

  constructor(label: string, entries: readonly MenuEntry[], at: MenuPlace | HTMLElement, before: Element | null, closed: () => void) {
    this.#before = before;
    this.#closed = closed;
    this.#element.addEventListener('keydown', (event) => this.#key(event));
    this.#element.addEventListener('contextmenu', (event) => event.preventDefault());
    this.#region.append(this.#element);
    document.body.append(this.#region);
    this.#fill(label, entries);
    this.#place(at);
    // The press that has opened the menu is not one beside it.
    setTimeout(() => document.addEventListener('pointerdown', this.#outside));
    window.addEventListener('blur', this.#leave);
  }

  close(): void {
    document.removeEventListener('pointerdown', this.#outside);
    window.removeEventListener('blur', this.#leave);
    const focused = holdsFocus(this.#element);
    this.#region.remove();
    this.#closed();
    if (focused && this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
    else if (focused && this.#before instanceof SVGElement) this.#before.focus({ preventScroll: true });
  }

  readonly #leave = (): void => this.close();
  readonly #outside = ({ target }: Event): void => {
    if (target instanceof Node && !this.#element.contains(target)) this.close();
  };

  #fill(label: string, entries: readonly MenuEntry[]): void {
    this.#element.setAttribute('aria-label', label);
    this.#element.replaceChildren(...entries.map((entry) => (typeof entry === 'string' ? heading(entry) : this.#item(entry))));
    (this.#items()[0] ?? this.#element).focus();
  }

  #item(item: MenuItem): HTMLElement {
    const button = el(
      'button',
      {
        class: 'menu-item',
        type: 'button',
        role: item.checked === undefined ? 'menuitem' : 'menuitemcheckbox',
        'aria-checked': item.checked === undefined ? undefined : String(item.checked),
        'aria-disabled': item.disabled ? 'true' : undefined,
        'aria-haspopup': item.more ? 'menu' : undefined,
        tabindex: '-1',
      },
      el('span', { class: 'menu-check', 'aria-hidden': 'true' }, item.checked ? '✓' : ''),
      el('span', { class: 'menu-label' }, item.label),
    );
    const hint = item.more ? '›' : item.hint;
    if (hint !== undefined) button.append(el('span', { class: 'menu-hint' }, hint));
    button.addEventListener('click', () => {
      if (item.disabled) return;
      if (item.more) return this.#fill(item.label, item.more());
      this.close();
      item.act?.();
    });
    button.addEventListener('pointerenter', () => button.focus({ preventScroll: true }));
    return button;
  }

  #items(): HTMLElement[] {
    return [...this.#element.querySelectorAll<HTMLElement>('.menu-item')];
  }

  #key(event: KeyboardEvent): void {
    const items = this.#items();
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.close();
    } else if (Object.hasOwn(step, event.key)) {
      event.preventDefault();
      items.at((step[event.key] ?? 0) % Math.max(1, items.length))?.focus();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      this.#typed = (this.#typed + event.key).toLowerCase();
      setTimeout(() => (this.#typed = ''), 600);
      items.find((item) => item.querySelector('.menu-label')?.textContent?.toLowerCase().startsWith(this.#typed))?.focus();
    }
  }

  #place(at: MenuPlace | HTMLElement): void {
    const box = at instanceof HTMLElement ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y };
    const { width, height } = this.#element.getBoundingClientRect();
    const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
    const left = box.left + width <= room.width ? box.left : Math.max(4, Math.min(box.right, room.width - 4) - width);
    const top = box.bottom + height <= room.height ? box.bottom : Math.max(4, box.top - height);
    this.#element.style.left = `${left}px`;
    this.#element.style.top = `${top}px`;
    this.#element.style.maxHeight = `${room.height - 8}px`;
  }
}

function heading(text: string): HTMLElement {
  return el('div', { class: 'menu-heading', role: 'presentation' }, text);
}
