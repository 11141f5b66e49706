import type { Dispatch, Action } from '../actions.ts';
import { el, holdsFocus, setShown } from '../lib/dom.ts';
import { icon } from '../lib/icons.ts';
import { FILTER_NAMES, toggled, type FilterName } from '../session.ts';
import { plural, words, type View } from '../view.ts';

interface Chip {
  readonly text: string;
  /** What takes it away. */
  readonly action: Action;
}

/** What narrows the picture at the moment, each with a button that takes it away. */
export class Chips {
  readonly element = el('div', { class: 'chips', role: 'group', 'aria-label': 'What narrows the picture', hidden: '' });
  readonly #dispatch: Dispatch;
  #painted = '';

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
  }

  paint(view: View): void {
    const chips = chipsOf(view);
    const key = JSON.stringify(chips);
    if (this.#painted === key) return;
    this.#painted = key;
    const focused = holdsFocus(this.element);
    setShown(this.element, chips.length > 0);
    const buttons = chips.map((chip) => this.#button(chip));
    if (chips.length > 1) buttons.push(this.#button({ text: 'Clear all', action: { do: 'clearAll' } }));
    this.element.replaceChildren(...buttons);
    if (focused) buttons[0]?.focus();
  }

  #button({ text, action }: Chip): HTMLElement {
    const button = el('button', { class: 'chip', type: 'button', 'aria-label': `${text}: remove` }, el('span', {}, text), icon('close'));
    button.addEventListener('click', () => this.#dispatch(action));
    return button;
  }
}

const PREFIX: Readonly<Record<FilterName, string>> = {
  ...{ severities: 'Severity', principles: 'Principle', categories: 'Category', lanes: 'Lane' },
  ...{ taxonomies: 'Taxonomy', dataKinds: 'Data', ids: 'At' },
};

function chipsOf({ session, names, facets, graph, collapsed }: View): readonly Chip[] {
  const chips: Chip[] = [];
  const { filter, lens, focus } = session;
  const labelOf = (name: FilterName, id: string): string => {
    if (name === 'ids') return names.titleOf(id);
    const list = name === 'severities' ? [] : facets()[name];
    return list.find((facet) => facet.id === id)?.label ?? words(id);
  };
  for (const name of FILTER_NAMES) {
    for (const id of filter[name] ?? []) {
      const action: Action = { do: 'filter', filter: toggled(filter, name, id) };
      chips.push({ text: `${PREFIX[name]}: ${labelOf(name, id)}`, action });
    }
  }
  if (lens) {
    const data = graph.data.find(({ id }) => id === lens.id)?.title ?? lens.id;
    const title = names.titleOf(lens.id);
    const text = lens.type === 'data' ? `Follows ${data}` : lens.way === 'from' ? `What ${title} can reach` : `What can reach ${title}`;
    chips.push({ text, action: { do: 'lens', lens: undefined } });
  }
  if (focus) {
    const what = focus.ids.length === 1 ? names.titleOf(focus.ids[0]!) : plural(focus.ids.length, 'thing');
    chips.push({ text: `Only ${what} and ${plural(focus.hops, 'step')} around`, action: { do: 'focus', focus: undefined } });
  }
  if (collapsed.length > 0) {
    const text = collapsed.length === 1 ? `Collapsed: ${names.titleOf(collapsed[0]!)}` : `${collapsed.length} boundaries collapsed`;
    chips.push({ text, action: { do: 'expandAll' } });
  }
  return chips;
}
