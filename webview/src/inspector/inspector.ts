import type { DiagramFinding, Scene } from '../../../server/src/diagram/index.ts';
import { el, setShown } from '../lib/dom.ts';
import { severityIcon } from '../lib/icons.ts';
import { createButton } from '../lib/ui.ts';
import { findingsOf, lastStop, titleOf, words, type View } from '../view.ts';

export interface InspectorActions {
  reveal(id: string): void;
  choose(finding: DiagramFinding): void;
}

/** What is selected: what it is, where it is, what is missing there. */
export class Inspector {
  readonly element = el('section', { class: 'inspector', 'aria-labelledby': 'inspector-title', hidden: '' });
  readonly #actions: InspectorActions;
  #painted: View | undefined;

  constructor(actions: InspectorActions) {
    this.#actions = actions;
  }

  paint(view: View): void {
    const before = this.#painted;
    this.#painted = view;
    if (before?.selection === view.selection && before?.scene === view.scene && before.marks === view.marks) return;
    const { selection, scene, marks } = view;
    const facts = selection === undefined ? undefined : factsOf(scene, selection);
    setShown(this.element, facts !== undefined);
    if (selection === undefined || facts === undefined) return;
    const findings = findingsOf(marks, selection);
    this.element.replaceChildren(
      el('div', { class: 'inspector-head' }, el('h2', { id: 'inspector-title' }, titleOf(scene, selection)), this.#goTo(selection)),
      el('dl', {}, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
      ...(findings.length === 0 ? [el('p', { class: 'quiet' }, 'No findings here.')] : [this.#list(findings)]),
    );
  }

  #goTo(id: string): HTMLElement {
    return createButton('Go to the line', () => this.#actions.reveal(id));
  }

  #list(findings: readonly DiagramFinding[]): HTMLElement {
    const items = findings.map((finding) => {
      const button = el('button', { class: 'finding', type: 'button', 'data-severity': finding.severity }, severityIcon(finding.severity));
      button.append(el('span', { class: 'finding-text' }, finding.ruleTitle, el('span', { class: 'quiet' }, words(finding.severity))));
      button.addEventListener('click', () => this.#actions.choose(finding));
      return el('li', {}, button);
    });
    return el('ul', { class: 'finding-list', 'aria-label': 'Findings of the selection' }, ...items);
  }
}

/** Names and values, or undefined when the picture has no such thing. */
function factsOf(scene: Scene, id: string): readonly (readonly [string, string])[] | undefined {
  const node = scene.nodes.find((it) => it.node.id === id)?.node;
  if (node) {
    return [
      ['Kind', node.kindLabel],
      ['Boundary', node.boundary === undefined ? 'none' : pathOf(scene, node.boundary)],
      ...(node.tags.length > 0 ? [['Also in', node.tags.join(', ')] as const] : []),
      ...(node.outOfScope ? [['Scope', 'out of scope'] as const] : []),
      ['Id', id],
    ];
  }
  const boundary = scene.boundaries.find((it) => it.boundary.id === id)?.boundary;
  if (boundary) {
    const inside = scene.nodes.filter((it) => it.node.boundary === id).length;
    const parent = boundary.parent === undefined ? [] : [['Inside', pathOf(scene, boundary.parent)] as const];
    return [['Trust boundary', boundary.kindLabel], ...parent, ['Elements', String(inside)], ['Id', id]];
  }
  const flow = scene.edges.find((it) => it.edge.flow === id)?.edge;
  if (!flow) return undefined;
  const crosses = new Set(scene.edges.filter((it) => it.edge.flow === id).flatMap((it) => it.edge.crosses));
  return [
    ['Flow', flow.label],
    ['From', titleOf(scene, flow.from)],
    ['To', titleOf(scene, lastStop(scene, id))],
    ...(flow.data.length > 0 ? [['Carries', flow.data.join(', ')] as const] : []),
    ...(crosses.size > 0 ? [['Crosses', [...crosses].map((it) => titleOf(scene, it)).join(', ')] as const] : []),
    ['Id', id],
  ];
}

/** "Contoso tenant › Agent runtime". */
function pathOf(scene: Scene, id: string): string {
  const titles: string[] = [];
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at);) {
    seen.add(at);
    const current: string = at;
    titles.unshift(titleOf(scene, current));
    at = scene.boundaries.find(({ boundary }) => boundary.id === current)?.boundary.parent;
  }
  return titles.join(' › ');
}
