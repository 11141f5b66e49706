import { WEBVIEW_PALETTE, type VElement } from '../../../server/src/diagram/index.ts';
import { legendOf } from '../../../server/src/diagram/legend.ts';
import { findTrail } from '../../../server/src/diagram/trail.ts';
import { h } from '../../../server/src/diagram/vnode.ts';
import type { Dispatch } from '../actions.ts';
import { el, svgNode } from '../lib/dom.ts';
import type { View } from '../view.ts';

/** What the signs of the picture mean: only those that are in it, the same as below an exported picture. */
export class Legend {
  readonly element = el('details', { class: 'legend', hidden: '' });
  readonly #list = el('ul');
  #painted: View | undefined;

  constructor(dispatch: Dispatch) {
    this.element.append(el('summary', {}, 'Legend'), this.#list);
    this.element.addEventListener('toggle', () => {
      const { open } = this.element;
      if (this.#painted && this.#painted.session.legendShown !== open) dispatch({ do: 'toggleLegend' });
    });
    // Its keys and gestures are not those of the picture.
    for (const type of ['wheel', 'dblclick', 'pointerdown'] as const)
      this.element.addEventListener(type, (event) => event.stopPropagation());
  }

  paint(view: View): void {
    const before = this.#painted;
    this.#painted = view;
    const { scene, marks, session, finding } = view;
    if (this.element.open !== session.legendShown) this.element.open = session.legendShown;
    const same = before?.scene === scene && before.marks === marks && before.finding === finding;
    if (!session.legendShown || (same && before.session.legendShown)) return;
    const entries = legendOf(scene, marks, findTrail(scene, marks, finding?.key), WEBVIEW_PALETTE);
    this.#list.replaceChildren(...entries.map(({ label, symbol }) => el('li', {}, svgNode(picture(symbol)), label)));
  }
}

function picture(symbol: readonly VElement[]): VElement {
  return h('svg', { viewBox: '-1 -8 22 16', width: 22, height: 16, 'aria-hidden': 'true' }, symbol);
}
