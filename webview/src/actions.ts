import type { FindingFilter, Focus, Lens, Point } from '../../server/src/diagram/index.ts';
import type { DiagramEdit } from '../../server/src/protocol/messages.ts';
import type { Severity } from '../../server/src/catalogue/rule.ts';
import { isObject } from './messages.ts';
import { FILTER_NAMES, parseFilter, parseFocus, parseLens, type FilterName, type Tab } from './session.ts';

/** Everything that can be done in the page, as plain data: keys, buttons, commands, other views and tests all say it so. */
export type Action =
  | { readonly do: 'select'; readonly id: string | undefined }
  | { readonly do: 'reveal'; readonly id: string }
  | { readonly do: 'showFinding'; readonly key: string | undefined }
  | { readonly do: 'stepFinding'; readonly by: 1 | -1 }
  | { readonly do: 'filter'; readonly filter: FindingFilter }
  | { readonly do: 'toggleFilter'; readonly name: FilterName; readonly id: string }
  | { readonly do: 'showSeverity'; readonly severity: Severity; readonly shown: boolean }
  | { readonly do: 'lens'; readonly lens: Lens | undefined }
  | { readonly do: 'focus'; readonly focus: Focus | undefined }
  | { readonly do: 'collapse'; readonly id: string; readonly collapsed: boolean }
  | { readonly do: 'edit'; readonly edit: DiagramEdit }
  /** Asks for a new title of a thing. */
  | { readonly do: 'retitle'; readonly id: string }
  /** Asks for a new id of a thing. */
  | { readonly do: 'rename'; readonly id: string }
  /** Keeps an element at a place of the picture. */
  | { readonly do: 'pin'; readonly id: string; readonly at: Point }
  | { readonly do: 'unpin'; readonly id: string }
  /** Moves an element by so much and keeps it there. */
  | { readonly do: 'nudge'; readonly id: string; readonly by: Point }
  | { readonly do: 'explain'; readonly rule: string }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'tab'; readonly tab: Tab }
  | { readonly do: SimpleAction };

/** Those that need nothing more, or are about the selection. */
const SIMPLE = [
  ...([
    'back',
    'clearAll',
    'collapseAll',
    'expandAll',
    'fit',
    'fitSelection',
    'actualSize',
    'search',
    'toggleSide',
    'toggleLegend',
  ] as const),
  ...(['relayout', 'hush', 'export', 'copyText', 'help', 'menu', 'reachFrom', 'reachTo', 'focusSelection', 'diagnostics'] as const),
] as const;
type SimpleAction = (typeof SIMPLE)[number];

/** Does an action; the one way in for all parts of the page. */
export type Dispatch = (action: Action) => void;

/** An action that came as data; undefined when it is not one that may come from outside. */
export function parseAction(value: unknown): Action | undefined {
  if (!isObject(value)) return undefined;
  const { do: what, id, key, name } = value;
  const simple = SIMPLE.find((it) => it === what);
  if (simple) return { do: simple };
  switch (what) {
    case 'select':
      return id === undefined || typeof id === 'string' ? { do: what, id } : undefined;
    case 'showFinding':
      return key === undefined || typeof key === 'string' ? { do: what, key } : undefined;
    case 'stepFinding':
      return value['by'] === 1 || value['by'] === -1 ? { do: what, by: value['by'] } : undefined;
    case 'filter':
      return { do: what, filter: parseFilter(value['filter']) };
    case 'toggleFilter': {
      const known = FILTER_NAMES.find((it) => it === name);
      return known && typeof id === 'string' ? { do: what, name: known, id } : undefined;
    }
    case 'lens':
      return { do: what, lens: parseLens(value['lens']) };
    case 'focus':
      return { do: what, focus: parseFocus(value['focus']) };
    case 'collapse':
      return typeof id === 'string' && typeof value['collapsed'] === 'boolean'
        ? { do: what, id, collapsed: value['collapsed'] }
        : undefined;
    case 'tab':
      return value['tab'] === 'outline' || value['tab'] === 'findings' ? { do: what, tab: value['tab'] } : undefined;
    default:
      return undefined;
  }
}
