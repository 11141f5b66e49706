import type { DiagramFinding } from '../../../server/src/diagram/index.ts';
import { el, setShown } from '../lib/dom.ts';
import { icon, severityIcon } from '../lib/icons.ts';
import { createButton } from '../lib/ui.ts';
import { words, type View } from '../view.ts';

const MOST_WAYS = 2;

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
      // What the author has stated by hand has no rule.
      ...(finding.rule.startsWith('$') ? [] : [createButton('About the rule', () => this.#actions.openRule(finding.rule))]),
      createButton('Close (Escape)', this.#actions.close, 'icon', icon('close')),
    );
    return [severityIcon(finding.severity), text, actions];
  }
}

/** "Missing: A and B" and the next best way; all of them are on the rule's page. */
function missing(alternatives: DiagramFinding['missing']): Node[] {
  return alternatives.slice(0, MOST_WAYS).map((set, index) => {
    const names = set.flatMap((name, at) => [...(at === 0 ? [] : [' and ']), el('span', { class: 'control' }, name)]);
    const others = alternatives.length - MOST_WAYS;
    const more = index === MOST_WAYS - 1 && others > 0 ? [` or ${others} other ${others === 1 ? 'way' : 'ways'}`] : [];
    return el('p', { class: 'card-missing' }, el('strong', {}, index === 0 ? 'Missing: ' : 'or: '), ...names, ...more);
  });
}
