import type { Facet } from '../../../server/src/diagram/index.ts';
import { MOST_SEVERE_FIRST } from '../../../server/src/diagram/badges.ts';
import type { Dispatch } from '../actions.ts';
import { showMenu, type MenuEntry, type MenuItem } from '../lib/menu.ts';
import { severitiesOf, type FilterName } from '../session.ts';
import { words, type View } from '../view.ts';

/** A menu with more would not be read. */
const MOST = 40;

/** What findings and data can be picked out by; each list opens in the place of the menu. */
export function showFilterMenu(view: View, dispatch: Dispatch, at: HTMLElement): void {
  showMenu('Filter', filterEntries(view, dispatch), at);
}

export function filterEntries(view: View, dispatch: Dispatch): readonly MenuEntry[] {
  const { graph, names, session } = view;
  const facets = view.facets();
  const { filter, lens } = session;
  const list = (label: string, name: Exclude<FilterName, 'severities'>, facet: readonly Facet[]): MenuItem[] => {
    if (facet.length === 0) return [];
    const items = (): readonly MenuItem[] =>
      facet.slice(0, MOST).map(({ id, label: text, count }) => ({
        label: text,
        hint: String(count),
        checked: (filter[name] ?? []).includes(id),
        act: () => dispatch({ do: 'toggleFilter', name, id }),
      }));
    return [{ label, more: items }];
  };
  const severities = MOST_SEVERE_FIRST.map((severity): MenuItem => {
    const isShown = severitiesOf(filter).includes(severity);
    const act = (): void => dispatch({ do: 'showSeverity', severity, shown: !isShown });
    return { label: words(severity), checked: isShown, act };
  });
  const data = graph.data.slice(0, MOST).map((asset): MenuItem => ({
    label: asset.title,
    hint: asset.kindLabel === asset.title ? '' : asset.kindLabel,
    checked: lens?.type === 'data' && lens.id === asset.id,
    act: () => dispatch({ do: 'lens', lens: { type: 'data', id: asset.id } }),
  }));
  const { selection } = session;
  const here = selection === undefined ? [] : onlyAt(selection);
  return [
    'Findings',
    ...[{ label: 'By severity', more: () => severities }],
    ...list('By principle', 'principles', facets.principles),
    ...list('By swim lane', 'lanes', facets.lanes),
    ...list('By category', 'categories', facets.categories),
    ...list('By taxonomy', 'taxonomies', facets.taxonomies),
    ...list('By kind of data', 'dataKinds', facets.dataKinds),
    ...here,
    ...(data.length > 0 ? ['Picture', { label: 'Follow one data asset', more: () => data }] : []),
  ];

  function onlyAt(id: string): MenuItem[] {
    const checked = (filter.ids ?? []).includes(id);
    return [{ label: `Only at ${names.titleOf(id)}`, checked, act: () => dispatch({ do: 'toggleFilter', name: 'ids', id }) }];
  }
}
