import type { Dispatch } from '../actions.ts';
import type { View } from '../view.ts';
import { walk, type Thing } from './walk.ts';

/** What the keys of the picture are about. */
export interface Walker extends Pick<View, 'names' | 'scene' | 'collapsed'> {
  readonly things: ReadonlyMap<string, Thing>;
  /** What has the focus. */
  readonly at: Thing;
  goTo(id: string): void;
  menu(id: string): void;
  readonly dispatch: Dispatch;
}

const NUDGE = 12;
const NUDGES: Readonly<Record<string, readonly [number, number]>> = {
  ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] },
};

/** The keys of the picture itself: walking, and what can be done with the thing that has the focus. */
export class PictureKeys {
  /** The element from which a flow is being drawn. */
  #connecting: string | undefined;

  constructor(element: HTMLElement, walkerOf: () => Walker | undefined) {
    element.addEventListener('keydown', (event) => {
      const walker = event.ctrlKey || event.metaKey ? undefined : walkerOf();
      const act = walker && (event.altKey ? nudge(event.key, walker) : this.#actOf(event, walker));
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
  }

  /** From here on Enter on another element draws a flow to it. */
  connectFrom(id: string): void {
    this.#connecting = id;
  }

  #actOf({ key, shiftKey }: KeyboardEvent, walker: Walker): (() => void) | undefined {
    const { names, scene, collapsed, things, at, dispatch, goTo, menu } = walker;
    const { id } = at;
    const start = this.#connecting;
    if (start !== undefined && (key === 'Enter' || key === ' ' || key === 'Escape')) {
      return () => {
        this.#connecting = undefined;
        dispatch(key === 'Escape' ? { do: 'hush' } : { do: 'edit', edit: { do: 'connect', from: start, to: id } });
      };
    }
    switch (key) {
      case 'Enter':
        return () => dispatch({ do: 'reveal', id });
      case ' ':
        return () => dispatch({ do: 'select', id });
      case '.':
      case 'ContextMenu':
        return () => menu(id);
      case 'F10':
        return shiftKey ? () => menu(id) : undefined;
      case 'F2':
        return () => dispatch({ do: shiftKey ? 'rename' : 'retitle', id });
      case 'Delete':
        return () => dispatch({ do: 'edit', edit: { do: 'delete', id } });
      case 'c':
        return names.boundaries.has(id) ? () => dispatch({ do: 'collapse', id, collapsed: !collapsed.includes(id) }) : undefined;
      case 'u': {
        const up = names.nodes.get(id)?.boundary ?? names.boundaries.get(id)?.parent;
        return up === undefined ? undefined : () => goTo(up);
      }
      default: {
        const to = walk(key, scene, things, at);
        return to && (() => goTo(to.id));
      }
    }
  }
}

/** Moves the element that has the focus. */
function nudge(key: string, { at, dispatch }: Walker): (() => void) | undefined {
  const way = NUDGES[key];
  if (!way || at.type !== 'node') return undefined;
  return () => dispatch({ do: 'nudge', id: at.id, by: { x: way[0] * NUDGE, y: way[1] * NUDGE } });
}
