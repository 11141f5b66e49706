import { allCounts, MOST_SEVERE_FIRST } from '../../server/src/diagram/badges.ts';
import type { Severity } from '../../server/src/catalogue/rule.ts';
import { el } from './lib/dom.ts';
import { icon, severityIcon } from './lib/icons.ts';
import { createButton } from './lib/ui.ts';
import type { View } from './view.ts';

export interface ToolbarActions {
  zoom(factor: number): void;
  actualSize(): void;
  fit(): void;
  toggleSide(): void;
}

/** The bar above the picture: what model it is, how bad it is, and what is shown of it. */
export class Toolbar {
  readonly element = el('header', { class: 'toolbar' });
  readonly #title = el('h1', {}, 'Threat model');
  readonly #summary = el('div', { class: 'summary' });
  readonly #scale: HTMLElement;
  readonly #side: HTMLElement;
  #painted = '';

  constructor(actions: ToolbarActions) {
    this.#scale = createButton('100 %', actions.actualSize, 'icon', el('span', { class: 'scale' }, '100 %'));
    this.#scale.title = 'Actual size (1)';
    this.#side = createButton('Findings', actions.toggleSide, 'icon', icon('list'));
    const tools = el('div', { class: 'tools', role: 'toolbar', 'aria-label': 'View' });
    tools.append(
      createButton('Zoom out (-)', () => actions.zoom(1 / 1.25), 'icon', icon('minus')),
      this.#scale,
      createButton('Zoom in (+)', () => actions.zoom(1.25), 'icon', icon('plus')),
      createButton('Fit to window (0)', actions.fit, 'icon', icon('fit')),
      this.#side,
    );
    this.element.append(this.#title, this.#summary, tools);
  }

  paint({ scene, allMarks }: View): void {
    this.#title.textContent = scene.title || 'Threat model';
    this.#title.title = scene.title;
    const all = allCounts(allMarks);
    const counts = MOST_SEVERE_FIRST.map((severity) => all[severity] ?? 0);
    if (this.#painted === counts.join()) return;
    this.#painted = counts.join();
    const parts = MOST_SEVERE_FIRST.flatMap((severity, index) => (counts[index]! > 0 ? [count(severity, counts[index]!)] : []));
    this.#summary.replaceChildren(...(parts.length > 0 ? parts : [el('span', { class: 'quiet' }, 'no findings')]));
  }

  setScale(scale: number): void {
    const text = this.#scale.querySelector('.scale');
    const percent = `${Math.round(scale * 100)} %`;
    if (text) text.textContent = percent;
    this.#scale.setAttribute('aria-label', `${percent}: actual size (1)`);
  }

  setSide(shown: boolean): void {
    this.#side.setAttribute('aria-label', shown ? 'Hide findings' : 'Show findings');
    this.#side.title = shown ? 'Hide findings' : 'Show findings';
  }
}

function count(severity: Severity, number: number): HTMLElement {
  return el('span', { class: 'count' }, severityIcon(severity), ` ${number} ${severity}`);
}
