import type { PlainRange } from '../../../server/src/protocol/messages.ts';
import type { BoardCard, BoardPhase, BoardStep, PostureBoard } from '../../../server/src/protocol/posture.ts';
import { el } from '../lib/dom.ts';
import { PHASES, readKept, type KeptBoard } from './keeping.ts';

export interface BoardActions {
  reveal(range: PlainRange): void;
  add(control: string): void;
  keep(state: KeptBoard): void;
}

const STATES: readonly BoardCard['state'][] = ['in-place', 'partial', 'planned', 'absent', 'not-applicable', 'unstated'];

/** The posture of one model: a column for each pillar, its swim lanes below each other, a card for each control. */
export class Board {
  readonly #title = el('h1', {}, 'Posture');
  readonly #summary = el('p', { class: 'summary' });
  readonly #said = el('p', { role: 'status', class: 'said' });
  readonly #filter = el('fieldset', { class: 'filter' });
  readonly #count = el('output', { 'aria-live': 'polite' });
  readonly #columns = el('div', { class: 'columns' });
  readonly #roadmap = el('section', { 'aria-labelledby': 'roadmap' });
  readonly #actions: BoardActions;
  readonly #phases: Set<BoardPhase>;
  /** Controls whose cards are open, shown or not. */
  readonly #open: Set<string>;
  #onlyNeeded: boolean;
  #board: PostureBoard | undefined;

  /** `kept`: what was given to `keep` before, or anything else. */
  constructor(root: HTMLElement, actions: BoardActions, kept: unknown) {
    this.#actions = actions;
    const { phases, onlyNeeded, open } = readKept(kept);
    this.#phases = new Set(phases);
    this.#open = new Set(open);
    this.#onlyNeeded = onlyNeeded;
    const boxes = PHASES.map((phase) =>
      this.#box(`Phase: ${phase}`, this.#phases.has(phase), (checked) => (checked ? this.#phases.add(phase) : this.#phases.delete(phase))),
    );
    const needed = this.#box('Only what open findings ask for', onlyNeeded, (checked) => (this.#onlyNeeded = checked));
    this.#filter.append(el('legend', {}, 'Show controls'), ...boxes, needed, this.#count);
    root.replaceChildren(this.#title, this.#summary, this.#said, this.#filter, this.#columns, this.#roadmap);
  }

  /** Shows what there is now; what has the focus keeps it. */
  show(board: PostureBoard): void {
    this.#board = board;
    this.#title.textContent = board.title === '' ? 'Posture' : `Posture: ${board.title}`;
    this.#summary.textContent = board.summary;
    this.#paint();
    this.#roadmap.replaceChildren(...roadmapOf(board));
    this.#keep();
  }

  /** A sentence that a screen reader reads out. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  #paint(): void {
    if (!this.#board) return;
    const focused =
      document.hasFocus() && document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
    const isShown = ({ phase, neededAt }: BoardCard): boolean => this.#phases.has(phase) && (!this.#onlyNeeded || neededAt.length > 0);
    let [shown, all] = [0, 0];
    const columns = this.#board.pillars.flatMap((pillar, number) => {
      const lanes = pillar.lanes.flatMap((lane) => {
        const cards = lane.cards.filter(isShown);
        all += lane.cards.length;
        shown += cards.length;
        const items = cards.map((card) => el('li', {}, this.#card(card)));
        return cards.length === 0 ? [] : [el('section', {}, el('h3', {}, lane.title), el('ul', { class: 'cards' }, ...items))];
      });
      const id = `pillar${number}`;
      return lanes.length === 0
        ? []
        : [el('section', { class: 'pillar', 'aria-labelledby': id }, el('h2', { id }, pillar.title), ...lanes)];
    });
    this.#columns.replaceChildren(...columns);
    this.#count.textContent = `${shown} of ${all} controls shown`;
    if (focused !== undefined)
      [...this.#columns.querySelectorAll<HTMLElement>('[data-key]')].find((it) => it.dataset['key'] === focused)?.focus();
  }

  #card(card: BoardCard): HTMLElement {
    const { control, title, group, state, phase, stated, neededAt, neededMore } = card;
    const head = el(
      'summary',
      { 'data-key': control },
      el('span', { class: 'title' }, title),
      el('span', { class: `state ${STATES.includes(state) ? state : ''}` }, state.replaceAll('-', ' ')),
      ...(neededAt.length > 0 ? [el('span', { class: 'needed' }, `asked for ${neededAt.length + neededMore}×`)] : []),
    );
    const places = stated.map(({ text, range }, at) => {
      const button = el('button', { type: 'button', 'data-key': `${control} ${at}` }, text);
      button.addEventListener('click', () => this.#actions.reveal(range));
      return el('li', {}, button);
    });
    const body: Node[] = [el('p', { class: 'facts' }, `${group} · phase ${phase} · ${control}`)];
    if (places.length > 0) body.push(el('ul', { class: 'places' }, ...places));
    if (neededAt.length > 0) {
      const more = neededMore > 0 ? ` and ${neededMore} more` : '';
      const add = el('button', { type: 'button', class: 'add', 'data-key': `${control} add` }, 'State it where most findings ask for it');
      add.addEventListener('click', () => this.#actions.add(control));
      body.push(el('p', {}, `Open findings ask for it at ${neededAt.join(', ')}${more}.`), add);
    } else if (places.length === 0) body.push(el('p', {}, 'No open finding asks for it.'));
    const details = el('details', { class: 'card', 'data-control': control }, head, ...body);
    details.open = this.#open.has(control);
    details.addEventListener('toggle', () => {
      if (details.open === this.#open.has(control)) return;
      if (details.open) this.#open.add(control);
      else this.#open.delete(control);
      this.#keep();
    });
    return details;
  }

  #box(label: string, checked: boolean, choose: (checked: boolean) => unknown): HTMLElement {
    const box = el('input', { type: 'checkbox' });
    box.checked = checked;
    box.addEventListener('change', () => {
      choose(box.checked);
      this.#paint();
      this.#keep();
    });
    return el('label', {}, box, ` ${label}`);
  }

  #keep(): void {
    if (!this.#board) return;
    const { uri } = this.#board;
    this.#actions.keep({ uri, phases: [...this.#phases], onlyNeeded: this.#onlyNeeded, open: [...this.#open] });
  }
}

function roadmapOf({ roadmap, left }: PostureBoard): Node[] {
  const step = ({ phase, controls, at, clears, risk }: BoardStep): HTMLElement =>
    el(
      'li',
      {},
      el('strong', {}, controls.join(' + ')),
      ` at ${at.join(', ')}: clears ${clears} ${clears === 1 ? 'finding' : 'findings'}, risk ${risk} (${phase})`,
    );
  const end = left === 0 ? 'Then nothing is open.' : `Then ${left} ${left === 1 ? 'finding is' : 'findings are'} still open.`;
  return [
    el('h2', { id: 'roadmap' }, 'Roadmap'),
    ...(roadmap.length > 0 ? [el('ol', {}, ...roadmap.map(step)), el('p', {}, end)] : [el('p', {}, 'There is nothing to add.')]),
  ];
}
