export interface KeyActions {
  zoom(factor: number): void;
  actualSize(): void;
  fit(): void;
  clear(): void;
  /** To the next or the last finding. */
  step(by: 1 | -1): void;
}

/** Keys that work wherever the focus is in the page. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = actionOf(event, actions);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actionOf({ key, shiftKey }: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  switch (key) {
    case '+':
    case '=':
      return () => actions.zoom(1.25);
    case '-':
    case '_':
      return () => actions.zoom(1 / 1.25);
    case '0':
      return actions.fit;
    case '1':
      return actions.actualSize;
    case 'Escape':
      return actions.clear;
    case 'F8':
      return () => actions.step(shiftKey ? -1 : 1);
    default:
      return undefined;
  }
}
