import type { Dispatch } from '../actions.ts';
import { showMenu, type MenuEntry, type MenuItem } from '../lib/menu.ts';
import { findingsOf, type View } from '../view.ts';

/** A menu with more would not be read. */
const MOST = 40;

export interface ThingMenuActions {
  readonly dispatch: Dispatch;
  /** From here on the keyboard chooses where a flow leads. */
  connectFrom(id: string): void;
  /** It was put where it is by hand. */
  readonly pinned: boolean;
}

/** Everything that can be done with one thing; the keyboard's way to what the pointer does by dragging. */
export function showThingMenu(view: View, id: string, actions: ThingMenuActions, at: { readonly x: number; readonly y: number }): void {
  showMenu(view.names.titleOf(id), thingEntries(view, id, actions), at);
}

function thingEntries(view: View, id: string, { dispatch, connectFrom, pinned }: ThingMenuActions): readonly MenuEntry[] {
  const { names, session, findings, collapsed } = view;
  const sort = names.sortOf(id);
  // A summary of flows has nothing of its own.
  if (sort === undefined) return [{ label: 'Expand all boundaries', act: () => dispatch({ do: 'expandAll' }) }];
  const select = (): void => dispatch({ do: 'select', id });
  const first = findingsOf(findings, id)[0];
  const look: MenuEntry[] = [
    { label: 'Go to text', hint: 'Enter', act: () => dispatch({ do: 'reveal', id }) },
    ...(first ? [{ label: 'Show its first finding', act: () => dispatch({ do: 'showFinding', key: first.key }) }] : []),
    {
      label: 'Only findings here',
      checked: (session.filter.ids ?? []).includes(id),
      act: () => dispatch({ do: 'toggleFilter', name: 'ids', id }),
    },
  ];
  if (sort !== 'boundary') {
    look.push(
      { label: 'What can this reach', act: () => dispatch({ do: 'lens', lens: { type: 'reach', id, way: 'from' } }) },
      { label: 'What can reach this', act: () => dispatch({ do: 'lens', lens: { type: 'reach', id, way: 'to' } }) },
    );
  } else {
    const isCollapsed = collapsed.includes(id);
    look.push({
      label: isCollapsed ? 'Expand' : 'Collapse',
      hint: 'C',
      act: () => dispatch({ do: 'collapse', id, collapsed: !isCollapsed }),
    });
  }
  if (pinned) look.push({ label: 'Let the layout place it again', act: () => dispatch({ do: 'unpin', id }) });
  look.push({
    label: 'Focus on its neighbourhood',
    act() {
      select();
      dispatch({ do: 'focusSelection' });
    },
  });
  const edits: MenuEntry[] = [];
  if (sort === 'element') edits.push({ label: 'Draw a flow from here', hint: 'Alt+drag', act: () => connectFrom(id) });
  if (sort !== 'flow') edits.push({ label: 'Move into', more: () => places(view, id, dispatch) });
  edits.push({ label: 'Change the title …', hint: 'F2', act: () => dispatch({ do: 'retitle', id }) });
  edits.push({ label: 'Rename its id …', hint: 'Shift+F2', act: () => dispatch({ do: 'rename', id }) });
  edits.push({ label: 'Delete', hint: 'Delete', act: () => dispatch({ do: 'edit', edit: { do: 'delete', id } }) });
  return [...look, 'In the text', ...edits];
}

/** Boundaries that it is not in yet. */
function places({ graph, names }: View, id: string, dispatch: Dispatch): readonly MenuItem[] {
  const now = names.nodes.get(id)?.boundary ?? names.boundaries.get(id)?.parent;
  const inside = (boundary: string): boolean => {
    for (
      let at: string | undefined = boundary, steps = 0;
      at !== undefined && steps < 100;
      at = names.boundaries.get(at)?.parent, steps++
    ) {
      if (at === id) return true;
    }
    return false;
  };
  const move = (into: string | undefined): void => dispatch({ do: 'edit', edit: { do: 'move', id, into } });
  const boundaries = graph.boundaries.filter((it) => it.id !== now && !inside(it.id)).slice(0, MOST);
  const items: MenuItem[] = boundaries.map((it) => ({ label: names.pathOf(it.id), act: () => move(it.id) }));
  if (now !== undefined) items.push({ label: 'Outside of every boundary', act: () => move(undefined) });
  return items.length > 0 ? items : [{ label: 'There is no other boundary', disabled: true }];
}
