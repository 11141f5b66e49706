import type { Action, Dispatch } from './actions.ts';

const KEYS: Readonly<Record<string, Action>> = {
  '+': { do: 'zoom', factor: 1.25 },
  '=': { do: 'zoom', factor: 1.25 },
  '-': { do: 'zoom', factor: 1 / 1.25 },
  _: { do: 'zoom', factor: 1 / 1.25 },
  0: { do: 'fit' },
  1: { do: 'actualSize' },
  2: { do: 'fitSelection' },
  '/': { do: 'search' },
  '?': { do: 'help' },
  l: { do: 'toggleLegend' },
  Escape: { do: 'back' },
};

/** Keys that work wherever the focus is in the page. */
export function listenToKeys(dispatch: Dispatch): void {
  document.addEventListener('keydown', (event) => {
    const { key, shiftKey, defaultPrevented } = event;
    if (event.altKey || defaultPrevented) return;
    const control = event.ctrlKey || event.metaKey;
    const action = control ? (key === 'f' ? ({ do: 'search' } as const) : undefined) : actionOf(key, shiftKey);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    dispatch(action);
  });
}

function actionOf(key: string, shift: boolean): Action | undefined {
  if (key === 'F8') return { do: 'stepFinding', by: shift ? -1 : 1 };
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
}
