import { el, setShown } from './dom.ts';

/** Panels of which one is shown, by the pattern for tabs. */
export class Tabs<Name extends string> {
  readonly element = el('div', { class: 'tabbed' });
  readonly #tabs: ReadonlyMap<Name, { readonly tab: HTMLElement; readonly panel: HTMLElement }>;
  #selected: Name | undefined;

  constructor(panels: readonly (readonly [Name, string, HTMLElement])[], choose: (name: Name) => void) {
    const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What is listed' });
    this.element.append(list);
    this.#tabs = new Map(
      panels.map(([name, label, content]) => {
        const id = `tab-${name}`;
        const tab = el('button', { class: 'tab', type: 'button', role: 'tab', id, 'aria-controls': `${id}-panel`, tabindex: '-1' }, label);
        const panel = el('div', { class: 'tab-panel', role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': id, hidden: '' }, content);
        tab.addEventListener('click', () => choose(name));
        list.append(tab);
        this.element.append(panel);
        return [name, { tab, panel }];
      }),
    );
    list.addEventListener('keydown', (event) => {
      const names = [...this.#tabs.keys()];
      const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (by === 0) return;
      event.preventDefault();
      const next = names[(names.indexOf(this.#selected!) + by + names.length) % names.length]!;
      choose(next);
      this.#tabs.get(next)?.tab.focus();
    });
  }

  select(name: Name): void {
    if (name === this.#selected) return;
    this.#selected = name;
    for (const [other, { tab, panel }] of this.#tabs) {
      tab.setAttribute('aria-selected', String(other === name));
      tab.setAttribute('tabindex', other === name ? '0' : '-1');
      setShown(panel, other === name);
    }
  }
}
