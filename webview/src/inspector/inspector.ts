import type { DiagramFinding } from '../../../server/src/diagram/index.ts';
import type { Dispatch } from '../actions.ts';
import { el, holdsFocus, setShown } from '../lib/dom.ts';
import { severityIcon } from '../lib/icons.ts';
import { createButton } from '../lib/ui.ts';
import type { Names } from '../names.ts';
import { findingsOf, plural, words, type View } from '../view.ts';

const MOST = 3;

/** What is selected: what it is, where it is, what is missing there, and what can be done with it. */
export class Inspector {
  readonly element = el('section', { class: 'inspector', 'aria-labelledby': 'inspector-title', hidden: '' });
  readonly #dispatch: Dispatch;
  #painted: View | undefined;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
  }

  paint(view: View): void {
    const before = this.#painted;
    this.#painted = view;
    const selection = view.session.selection;
    const same = before?.session.selection === selection && before?.names === view.names && before.findings === view.findings;
    if (same && before.collapsed === view.collapsed) return;
    const facts = selection === undefined ? [] : factsOf(view.names, selection);
    setShown(this.element, facts.length > 0);
    if (selection === undefined || facts.length === 0) return;
    const focused = holdsFocus(this.element);
    const findings = findingsOf(view.findings, selection);
    this.element.replaceChildren(
      el('h2', { id: 'inspector-title' }, view.names.titleOf(selection)),
      el('dl', {}, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
      this.#actions(view, selection),
      ...(findings.length === 0 ? [el('p', { class: 'quiet' }, 'No findings here.')] : [this.#list(findings)]),
    );
    if (focused) this.element.querySelector<HTMLElement>('vscode-button')?.focus();
  }

  #actions({ names, collapsed }: View, id: string): HTMLElement {
    const actions = [createButton('Go to text', () => this.#dispatch({ do: 'reveal', id }))];
    if (names.sortOf(id) === 'boundary') {
      const isCollapsed = collapsed.includes(id);
      actions.push(
        createButton(isCollapsed ? 'Expand' : 'Collapse', () => this.#dispatch({ do: 'collapse', id, collapsed: !isCollapsed })),
      );
    } else {
      actions.push(createButton('Focus', () => this.#dispatch({ do: 'focusSelection' })));
    }
    actions.push(createButton('More …', () => this.#dispatch({ do: 'menu' })));
    return el('div', { class: 'inspector-actions' }, ...actions);
  }

  #list(findings: readonly DiagramFinding[]): HTMLElement {
    const items = findings.slice(0, MOST).map((finding) => {
      const button = el('button', { class: 'finding', type: 'button', 'data-severity': finding.severity }, severityIcon(finding.severity));
      button.append(el('span', { class: 'finding-text' }, finding.ruleTitle, el('span', { class: 'quiet' }, words(finding.severity))));
      button.addEventListener('click', () => this.#dispatch({ do: 'showFinding', key: finding.key }));
      return el('li', {}, button);
    });
    if (findings.length > MOST) items.push(el('li', { class: 'quiet more' }, `and ${plural(findings.length - MOST, 'other')}`));
    return el('ul', { class: 'finding-list', 'aria-label': 'Findings of the selection' }, ...items);
  }
}

/** Names and values; none when the model has no such thing. */
function factsOf(names: Names, id: string): readonly (readonly [string, string])[] {
  const node = names.nodes.get(id);
  if (node) {
    return [
      ['Kind', node.kindLabel],
      ['Boundary', node.boundary === undefined ? 'none' : names.pathOf(node.boundary)],
      ...(node.tags.length > 0 ? [['Also in', node.tags.join(', ')] as const] : []),
      ...(node.outOfScope ? [['Scope', 'out of scope'] as const] : []),
      ['Id', id],
    ];
  }
  const boundary = names.boundaries.get(id);
  if (boundary) {
    const inside = [...names.nodes.values()].filter((it) => it.boundary === id).length;
    const parent = boundary.parent === undefined ? [] : [['Inside', names.pathOf(boundary.parent)] as const];
    return [['Trust boundary', boundary.kindLabel], ...parent, ['Elements', String(inside)], ['Id', id]];
  }
  const legs = names.flows.get(id);
  const flow = legs?.[0];
  if (!legs || !flow) return [];
  const crosses = new Set(legs.flatMap((leg) => leg.crosses));
  const through = legs.slice(1).map(({ from }) => names.titleOf(from));
  return [
    ['Flow', flow.label],
    ['From', names.titleOf(flow.from)],
    ['To', names.titleOf(legs.at(-1)!.to)],
    ...(through.length > 0 ? [['Through', through.join(', ')] as const] : []),
    ...(flow.data.length > 0 ? [['Carries', flow.data.join(', ')] as const] : []),
    ...(crosses.size > 0 ? [['Crosses', [...crosses].map((it) => names.titleOf(it)).join(', ')] as const] : []),
    ['Id', id],
  ];
}
