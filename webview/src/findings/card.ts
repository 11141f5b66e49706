import type { DiagramFinding } from '../../../server/src/diagram/index.ts';
import type { Dispatch } from '../actions.ts';
import { el, holdsFocus, setShown } from '../lib/dom.ts';
import { icon, severityIcon } from '../lib/icons.ts';
import { showMenu, type MenuItem } from '../lib/menu.ts';
import { createButton } from '../lib/ui.ts';
import { words, type View } from '../view.ts';

const MOST_WAYS = 2;
const MOST_TAXONOMIES = 4;

/** Something that can be done about a finding, as the server words it. */
export interface Way {
  readonly title: string;
  readonly kind: 'fix' | 'plan' | 'not-applicable' | 'accept';
  readonly preferred: boolean;
}

export interface CardActions {
  readonly dispatch: Dispatch;
  /** Asks for what can be done; the answer comes by `offer`. */
  ask(key: string): void;
  /** Has one of the ways done. */
  choose(key: string, title: string): void;
}

/** The chosen finding in one bar: the sentence, its facts, which layers are there and missing, and what can be done. */
export class FindingCard {
  readonly element = el('section', { class: 'card', 'aria-label': 'Chosen finding', hidden: '' });
  readonly #actions: CardActions;
  #painted: DiagramFinding | undefined;
  #wanted: { readonly key: string; readonly kind: 'fix' | 'accept' } | undefined;
  #fix: HTMLElement | undefined;
  #accept: HTMLElement | undefined;

  constructor(actions: CardActions) {
    this.#actions = actions;
  }

  paint(view: View): void {
    const { finding } = view;
    if (finding === this.#painted) return;
    this.#painted = finding;
    setShown(this.element, finding !== undefined);
    const focused = holdsFocus(this.element);
    this.element.replaceChildren(...(finding ? this.#content(finding, view) : []));
    if (focused && finding) this.#fix?.focus();
  }

  /** What can be done about a finding: shown as a menu when it was asked for here. */
  offer(key: string, ways: readonly Way[]): void {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    const anchor = wanted?.kind === 'accept' ? this.#accept : this.#fix;
    if (!wanted || wanted.key !== key || key !== this.#painted?.key || !anchor) return;
    const items = (kinds: readonly Way['kind'][]): MenuItem[] =>
      ways
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ title, preferred }) => ({
          label: title,
          ...(preferred && { hint: 'preferred' }),
          act: () => this.#actions.choose(key, title),
        }));
    if (wanted.kind === 'accept') {
      const accepts = items(['accept']);
      const [only] = accepts;
      if (accepts.length === 1 && only) return only.act?.();
      return showMenu('Accept', accepts.length > 0 ? accepts : [NOTHING], anchor);
    }
    const [fixes, others] = [items(['fix']), items(['plan', 'not-applicable'])];
    showMenu('Fix', [...(fixes.length > 0 ? fixes : [NOTHING]), ...(others.length > 0 ? ['Not now', ...others] : [])], anchor);
  }

  /** Opens the menu of fixes. */
  showFixes(): void {
    if (this.#painted) this.#ask(this.#painted.key, 'fix');
  }

  #ask(key: string, kind: 'fix' | 'accept'): void {
    this.#wanted = { key, kind };
    this.#actions.ask(key);
  }

  #content(finding: DiagramFinding, { allMarks, findings }: View): Node[] {
    const { dispatch } = this.#actions;
    const named = (id: string): string => (Object.hasOwn(allMarks.names, id) ? (allMarks.names[id] ?? id) : words(id));
    const state = finding.state === 'open' ? [] : [words(finding.state)];
    const facts = [words(finding.severity), ...state, ...finding.principles.map(words), ...finding.lanes.map(named)];
    const taxonomies = finding.taxonomies.slice(0, MOST_TAXONOMIES).map((id) => el('span', { class: 'tag', title: named(id) }, idIn(id)));
    const more = finding.taxonomies.length - MOST_TAXONOMIES;
    const place = findings.findIndex(({ key }) => key === finding.key) + 1;
    const text = el(
      'div',
      // It scrolls where there is little room.
      { class: 'card-text', tabindex: '0', role: 'group', 'aria-label': 'What is found' },
      el('p', { class: 'card-message' }, finding.message),
      el('p', { class: 'quiet card-facts' }, facts.join(' · '), ' ', ...taxonomies, ...(more > 0 ? [` +${more}`] : [])),
      ...layers(finding),
    );
    // What the author has stated by hand has no rule and no fix.
    const byRule = !finding.rule.startsWith('$');
    this.#fix = byRule ? createButton('Fix …', () => this.#ask(finding.key, 'fix'), 'primary') : undefined;
    this.#accept = byRule ? createButton('Accept …', () => this.#ask(finding.key, 'accept')) : undefined;
    this.#fix?.setAttribute('aria-haspopup', 'menu');
    const actions = el(
      'div',
      { class: 'card-actions' },
      ...(this.#fix ? [this.#fix] : []),
      ...(this.#accept ? [this.#accept] : []),
      ...(byRule ? [createButton('Explain', () => dispatch({ do: 'explain', rule: finding.rule }))] : []),
      createButton('Go to text', () => dispatch({ do: 'reveal', id: finding.subject })),
    );
    const steps = el(
      'div',
      { class: 'card-steps', role: 'group', 'aria-label': 'Findings' },
      createButton('Previous finding (Shift+F8)', () => dispatch({ do: 'stepFinding', by: -1 }), 'icon', icon('up')),
      el('span', { class: 'quiet' }, `${place} of ${findings.length}`),
      createButton('Next finding (F8)', () => dispatch({ do: 'stepFinding', by: 1 }), 'icon', icon('down')),
      createButton('Close (Escape)', () => dispatch({ do: 'showFinding', key: undefined }), 'icon', icon('close')),
    );
    return [severityIcon(finding.severity), text, el('div', { class: 'card-side' }, steps, actions)];
  }
}

const NOTHING: MenuItem = { label: 'Nothing that could be written here: see “Explain”', disabled: true };

/** `TAXONOMY:ID` without the taxonomy. */
function idIn(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Layers that are in place, then "Missing: A and B" and the next best way; all of them are on the rule's page. */
function layers({ missing, present }: DiagramFinding): Node[] {
  const paragraphs: Node[] = [];
  if (present.length > 0) {
    const names = present.flatMap((name, at) => [...(at === 0 ? [] : [' ']), el('span', { class: 'control in-place' }, `✓ ${name}`)]);
    paragraphs.push(el('p', { class: 'card-missing' }, el('strong', {}, 'In place: '), ...names));
  }
  missing.slice(0, MOST_WAYS).forEach((set, index) => {
    const names = set.flatMap((name, at) => [...(at === 0 ? [] : [' and ']), el('span', { class: 'control' }, name)]);
    const others = missing.length - MOST_WAYS;
    const more = index === MOST_WAYS - 1 && others > 0 ? [` or ${others} other ${others === 1 ? 'way' : 'ways'}`] : [];
    paragraphs.push(el('p', { class: 'card-missing' }, el('strong', {}, index === 0 ? 'Missing: ' : 'or: '), ...names, ...more));
  });
  return paragraphs;
}
