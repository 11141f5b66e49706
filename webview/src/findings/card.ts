import type { DiagramFinding } from '../../../server/src/diagram/index.ts';
import { el, setShown } from '../lib/dom.ts';
import { icon, severityIcon } from '../lib/icons.ts';
import { createButton } from '../lib/ui.ts';
import { words, type View } from '../view.ts';

export interface CardActions {
  reveal(id: string): void;
  openRule(rule: string): void;
  close(): void;
}

/** The chosen finding in one bar: the sentence, its facts, what is missing, and where to go from here. */
export class FindingCard {
  readonly element = el('section', { class: 'card', 'aria-label': 'Chosen finding', hidden: '' });
  readonly #actions: CardActions;
  #painted: DiagramFinding | undefined;

  constructor(actions: CardActions) {
    this.#actions = actions;
  }

  paint({ finding }: View): void {
    if (finding === this.#painted) return;
    this.#painted = finding;
    setShown(this.element, finding !== undefined);
    this.element.replaceChildren(...(finding ? this.#content(finding) : []));
  }

  #content(finding: DiagramFinding): Node[] {
    const state = finding.state === 'open' ? [] : [words(finding.state)];
    const facts = [words(finding.severity), ...state, finding.ruleTitle, ...finding.principles.map(words)];
    const text = el(
      'div',
      { class: 'card-text' },
      el('p', { class: 'card-message' }, finding.message),
      el('p', { class: 'quiet' }, facts.join(' · ')),
      ...missing(finding.missing),
    );
    const actions = el(
      'div',
      { class: 'card-actions' },
      createButton('Go to the line', () => this.#actions.reveal(finding.subject), 'primary'),
      createButton('About the rule', () => this.#actions.openRule(finding.rule)),
      createButton('Close (Escape)', this.#actions.close, 'icon', icon('close')),
    );
    return [severityIcon(finding.severity), text, actions];
  }
}

/** "Missing: A and B, or C". */
function missing(alternatives: DiagramFinding['missing']): Node[] {
  if (alternatives.length === 0) return [];
  const names = alternatives.map((set) => set.map((name) => el('span', { class: 'control' }, name)));
  const parts = names.flatMap((set, index) => {
    const all = set.flatMap((name, at) => (at === 0 ? [name] : [' and ', name]));
    return index === 0 ? all : [', or ', ...all];
  });
  return [el('p', { class: 'card-missing' }, el('strong', {}, 'Missing: '), ...parts)];
}
