import { allCounts, MOST_SEVERE_FIRST } from '../../server/src/diagram/badges.ts';
import type { Severity } from '../../server/src/catalogue/rule.ts';
import type { Dispatch } from './actions.ts';
import { showFilterMenu } from './filters/filterMenu.ts';
import { el } from './lib/dom.ts';
import { icon, severityIcon } from './lib/icons.ts';
import { showMenu, type MenuEntry } from './lib/menu.ts';
import { createButton } from './lib/ui.ts';
import type { View } from './view.ts';

/** The bar above the picture: what model it is, how bad it is, and what is shown of it. */
export class Toolbar {
  readonly element = el('header', { class: 'toolbar' });
  readonly #title = el('h1', {}, 'Threat model');
  readonly #summary = el('div', { class: 'summary' });
  readonly #scale: HTMLElement;
  readonly #side: HTMLElement;
  readonly #dispatch: Dispatch;
  #view: View | undefined;
  #painted = '';

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.#scale = createButton('100 %', () => dispatch({ do: 'actualSize' }), 'icon', el('span', { class: 'scale' }, '100 %'));
    this.#scale.title = 'Actual size (1)';
    this.#side = createButton('Findings', () => dispatch({ do: 'toggleSide' }), 'icon', icon('list'));
    const filter = createButton('Filter', () => this.#view && showFilterMenu(this.#view, dispatch, filter), 'icon', icon('filter'));
    const more = createButton('More actions', () => showMenu('More actions', this.#more(), more), 'icon', icon('menu'));
    for (const button of [filter, more]) button.setAttribute('aria-haspopup', 'menu');
    const tools = el('div', { class: 'tools', role: 'toolbar', 'aria-label': 'View' });
    const zoom = el('div', { class: 'zoom' });
    zoom.append(
      createButton('Zoom out (-)', () => dispatch({ do: 'zoom', factor: 1 / 1.25 }), 'icon', icon('minus')),
      this.#scale,
      createButton('Zoom in (+)', () => dispatch({ do: 'zoom', factor: 1.25 }), 'icon', icon('plus')),
    );
    tools.append(
      createButton('Find (/)', () => dispatch({ do: 'search' }), 'icon', icon('search')),
      filter,
      zoom,
      createButton('Fit to window (0)', () => dispatch({ do: 'fit' }), 'icon', icon('fit')),
      createButton('Export', () => dispatch({ do: 'export' }), 'icon', icon('export')),
      more,
      this.#side,
    );
    this.element.append(this.#title, this.#summary, tools);
  }

  paint(view: View): void {
    this.#view = view;
    const { scene, allMarks, session } = view;
    if (this.#title.textContent !== (scene.title || 'Threat model')) {
      this.#title.textContent = scene.title || 'Threat model';
      this.#title.title = scene.title;
    }
    this.#setSide(session.sideShown);
    const all = allCounts(allMarks);
    const counts = MOST_SEVERE_FIRST.map((severity) => all[severity] ?? 0);
    if (this.#painted === counts.join()) return;
    this.#painted = counts.join();
    const parts = MOST_SEVERE_FIRST.flatMap((severity, index) => (counts[index]! > 0 ? [count(severity, counts[index]!)] : []));
    this.#summary.replaceChildren(...(parts.length > 0 ? parts : [el('span', { class: 'quiet' }, 'no findings')]));
  }

  /** The menu of what has no button of its own. */
  showMore(at: { readonly x: number; readonly y: number }): void {
    showMenu('More actions', this.#more(), at);
  }

  setScale(scale: number): void {
    const text = this.#scale.querySelector('.scale');
    const percent = `${Math.round(scale * 100)} %`;
    if (text) text.textContent = percent;
    this.#scale.setAttribute('aria-label', `${percent}: actual size (1)`);
  }

  #setSide(shown: boolean): void {
    const label = shown ? 'Hide findings' : 'Show findings';
    if (this.#side.title === label) return;
    this.#side.setAttribute('aria-label', label);
    this.#side.title = label;
  }

  #more(): readonly MenuEntry[] {
    const dispatch = this.#dispatch;
    return [
      { label: 'Collapse all boundaries', act: () => dispatch({ do: 'collapseAll' }) },
      { label: 'Expand all boundaries', act: () => dispatch({ do: 'expandAll' }) },
      { label: 'Focus on the selection', act: () => dispatch({ do: 'focusSelection' }) },
      { label: 'What can the selection reach', act: () => dispatch({ do: 'reachFrom' }) },
      { label: 'What can reach the selection', act: () => dispatch({ do: 'reachTo' }) },
      { label: 'Show everything', act: () => dispatch({ do: 'clearAll' }) },
      'Picture',
      { label: 'Zoom to the selection', hint: '2', act: () => dispatch({ do: 'fitSelection' }) },
      { label: 'Re-layout', act: () => dispatch({ do: 'relayout' }) },
      { label: 'Copy as text description', act: () => dispatch({ do: 'copyText' }) },
      'Help',
      { label: 'Keys', hint: '?', act: () => dispatch({ do: 'help' }) },
      { label: 'Copy diagnostics', act: () => dispatch({ do: 'diagnostics' }) },
    ];
  }
}

function count(severity: Severity, number: number): HTMLElement {
  return el('span', { class: 'count' }, severityIcon(severity), ` ${number} ${severity}`);
}
