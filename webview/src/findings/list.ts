import { allCounts, MOST_SEVERE_FIRST } from '../../../server/src/diagram/badges.ts';
import type { DiagramFinding } from '../../../server/src/diagram/index.ts';
import type { Severity } from '../../../server/src/catalogue/rule.ts';
import { el } from '../lib/dom.ts';
import { severityIcon } from '../lib/icons.ts';
import { createCheckbox } from '../lib/ui.ts';
import { titleOf, words, type View } from '../view.ts';

export interface FindingActions {
  choose(finding: DiagramFinding): void;
  hide(severity: Severity, hidden: boolean): void;
}

/** The findings, most severe first, and what of them is shown. */
export class FindingList {
  readonly element = el('section', { class: 'findings', 'aria-labelledby': 'findings-title' });
  readonly #actions: FindingActions;
  readonly #title = el('h2', { id: 'findings-title' });
  readonly #filter = el('div', { class: 'filter', role: 'group', 'aria-label': 'Severities that are shown' });
  readonly #list = el('ul', { class: 'finding-list' });
  readonly #none = el('p', { class: 'quiet' });
  #painted: View | undefined;

  constructor(actions: FindingActions) {
    this.#actions = actions;
    this.element.append(this.#title, this.#filter, this.#none, this.#list);
  }

  paint(view: View): void {
    const before = this.#painted;
    this.#painted = view;
    if (before?.allMarks !== view.allMarks || before.hidden !== view.hidden) this.#paintFilter(view, before);
    if (before?.marks !== view.marks || before.scene !== view.scene) this.#paintItems(view);
    for (const button of this.#list.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset['finding'] === view.finding?.key));
    }
    if (before?.finding !== view.finding) this.#list.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #paintFilter({ allMarks, hidden }: View, before: View | undefined): void {
    const total = allMarks.findings.length;
    this.#title.textContent = `Findings (${total})`;
    const all = allCounts(allMarks);
    const counts = MOST_SEVERE_FIRST.map((severity) => all[severity] ?? 0);
    const same = before !== undefined && this.#filter.dataset['counts'] === counts.join();
    if (same) return;
    this.#filter.dataset['counts'] = counts.join();
    this.#filter.replaceChildren(
      ...MOST_SEVERE_FIRST.flatMap((severity, index) => {
        if (counts[index] === 0) return [];
        const label = [severityIcon(severity), `${words(severity)} ${counts[index]}`];
        return [createCheckbox(label, !hidden.has(severity), (checked) => this.#actions.hide(severity, !checked))];
      }),
    );
  }

  #paintItems({ marks, allMarks, scene }: View): void {
    const all = allMarks.findings.length;
    this.#none.textContent =
      all === 0 ? 'No findings: nothing is missing that the rules ask for.' : 'All findings are hidden by the filter.';
    this.#none.hidden = marks.findings.length > 0;
    this.#list.replaceChildren(...marks.findings.map((finding) => this.#item(finding, titleOf(scene, finding.subject))));
  }

  #item(finding: DiagramFinding, place: string): HTMLElement {
    const state = finding.state === 'open' ? '' : ` · ${words(finding.state).toLowerCase()}`;
    const button = el(
      'button',
      { class: 'finding', type: 'button', 'data-finding': finding.key, 'data-severity': finding.severity },
      severityIcon(finding.severity),
      el(
        'span',
        { class: 'finding-text' },
        finding.message,
        el('span', { class: 'quiet' }, `${words(finding.severity)}${state} · ${place}`),
      ),
    );
    button.addEventListener('click', () => this.#actions.choose(finding));
    return el('li', {}, button);
  }
}
