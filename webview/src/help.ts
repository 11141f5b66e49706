import { el } from './lib/dom.ts';
import { createButton } from './lib/ui.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['Tab', 'enter and leave the picture'],
  ['Arrows', 'walk to the nearest element'],
  ['] and [', 'follow a flow onward and back'],
  ['U', 'up to the boundary around'],
  ['Home, End', 'first and last'],
  ['Space', 'select'],
  ['Enter', 'go to the text'],
  ['. or Shift+F10', 'menu'],
  ['C', 'collapse or expand a boundary'],
  ['Alt+Arrows', 'move an element and keep it there'],
  ['F2, Shift+F2', 'change the title, rename the id'],
  ['Delete', 'delete from the text'],
  ['F8, Shift+F8', 'next and previous finding'],
  ['/ or Ctrl+F', 'find'],
  ['L', 'legend'],
  ['+ − 0 1 2', 'zoom in, out, fit, actual size, fit the selection'],
  ['Escape', 'step back'],
];

/** Shows all keys. */
export function showHelp(): void {
  const rows = KEYS.flatMap(([key, what]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)]);
  const dialog = el('dialog', { class: 'help', 'aria-labelledby': 'help-title' });
  dialog.append(
    el('h2', { id: 'help-title' }, 'Keys of the diagram'),
    el('dl', {}, ...rows),
    createButton('Close', () => dialog.close(), 'primary'),
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
}
