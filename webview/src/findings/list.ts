import { allCounts, MOST_SEVERE_FIRST } from '../../../server/src/diagram/badges.ts';
import type { DiagramFinding } from '../../../server/src/diagram/index.ts';
import type { Dispatch } from '../actions.ts';
import { el, holdsFocus, setChildren } from '../lib/dom.ts';
import { severityIcon } from '../lib/icons.ts';
import { createButton, createCheckbox } from '../lib/ui.ts';
import { severitiesOf } from '../session.ts';
import { plural, words, type View } from '../view.ts';

/** So many are shown at once; the rest on demand, so that a model with thousands is as quick. */
const PAGE = 200;

/** The findings, most severe first, and what of them is shown. */
export class FindingList {
  readonly element = el('section', { class: 'findings', 'aria-labelledby': 'findings-title' });
  readonly #dispatch: Dispatch;
  readonly #title = el('h2', { id: 'findings-title' });
  readonly #filter = el('div', { class: 'filter', role: 'group', 'aria-label': 'Severities that are shown' });
  readonly #list = el('ul', { class: 'finding-list' });
  readonly #none = el('p', { class: 'quiet' });
  readonly #more = createButton('Show more', () => this.#showMore());
  /** What is listed; a finding that is the same as before is the same item. */
  #items = new Map<DiagramFinding, { readonly place: string; readonly element: HTMLElement }>();
  #painted: View | undefined;
  #most = PAGE;
  #pressed: HTMLElement | undefined;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.#more.classList.add('more');
    this.element.append(this.#title, this.#filter, this.#none, this.#list, this.#more);
  }

  paint(view: View): void {
    const before = this.#painted;
    this.#painted = view;
    if (before?.allMarks !== view.allMarks || before.session.filter !== view.session.filter) this.#paintFilter(view);
    if (before?.findings !== view.findings || before.names !== view.names) this.#paintItems(view);
    this.#press(view, before?.finding?.key !== view.finding?.key);
  }

  #press({ finding, findings }: View, changed: boolean): void {
    const at = finding ? findings.findIndex(({ key }) => key === finding.key) : -1;
    if (at >= this.#most) {
      this.#most = at + PAGE;
      this.#paintItems(this.#painted!);
    }
    const button = at < 0 ? undefined : this.#list.children[at]?.firstElementChild;
    if (this.#pressed !== button) this.#pressed?.setAttribute('aria-pressed', 'false');
    this.#pressed = button instanceof HTMLElement ? button : undefined;
    this.#pressed?.setAttribute('aria-pressed', 'true');
    if (changed) this.#pressed?.scrollIntoView({ block: 'nearest' });
  }

  #paintFilter({ allMarks, session }: View): void {
    this.#title.textContent = `Findings (${allMarks.findings.length})`;
    const all = allCounts(allMarks);
    const shown = severitiesOf(session.filter);
    const key = JSON.stringify([all, shown]);
    if (this.#filter.dataset['counts'] === key) return;
    this.#filter.dataset['counts'] = key;
    const at = [...this.#filter.children].findIndex((child) => holdsFocus(child));
    this.#filter.replaceChildren(
      ...MOST_SEVERE_FIRST.flatMap((severity) => {
        const count = all[severity] ?? 0;
        if (count === 0) return [];
        const label = [severityIcon(severity), `${words(severity)} ${count}`];
        return [
          createCheckbox(label, shown.includes(severity), (checked) => this.#dispatch({ do: 'showSeverity', severity, shown: checked })),
        ];
      }),
    );
    const again = this.#filter.children[at];
    if (again instanceof HTMLElement) again.focus();
  }

  #paintItems({ findings, allMarks, names }: View): void {
    const all = allMarks.findings.length;
    this.#none.textContent =
      all === 0
        ? 'No findings: nothing is missing that the rules ask for.'
        : `${findings.length === 0 ? 'All' : plural(all - findings.length, 'finding')} hidden by the filter.`;
    this.#none.hidden = findings.length === all && all > 0;
    const before = this.#items;
    this.#items = new Map();
    for (const finding of findings.slice(0, this.#most)) {
      const place = names.titleOf(finding.subject);
      const known = before.get(finding);
      this.#items.set(finding, known?.place === place ? known : { place, element: this.#item(finding, place) });
    }
    setChildren(
      this.#list,
      [...this.#items.values()].map(({ element }) => element),
    );
    this.#more.toggleAttribute('hidden', findings.length <= this.#most);
    this.#more.textContent = `Show more (${findings.length - this.#most})`;
  }

  #showMore(): void {
    this.#most += PAGE;
    if (this.#painted) this.#paintItems(this.#painted);
  }

  #item(finding: DiagramFinding, place: string): HTMLElement {
    const state = finding.state === 'open' ? '' : ` · ${words(finding.state).toLowerCase()}`;
    const button = el(
      'button',
      { class: 'finding', type: 'button', 'aria-pressed': 'false', 'data-finding': finding.key, 'data-severity': finding.severity },
      severityIcon(finding.severity),
      el(
        'span',
        { class: 'finding-text' },
        finding.message,
        el('span', { class: 'quiet' }, `${words(finding.severity)}${state} · ${place}`),
      ),
    );
    button.addEventListener('click', () => this.#dispatch({ do: 'showFinding', key: finding.key }));
    return el('li', {}, button);
  }
}
