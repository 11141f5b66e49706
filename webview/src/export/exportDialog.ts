import type { PaletteName } from '../../../server/src/diagram/index.ts';
import { el } from '../lib/dom.ts';
import { createButton, createCheckbox, createDropdown } from '../lib/ui.ts';
import type { View } from '../view.ts';
import type { ExportFormat, ExportPart, ExportWish } from './exporter.ts';

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
  ['svg', 'SVG: sharp at any size'],
  ['png', 'PNG: an image'],
  ['pdf', 'PDF'],
  ['drawio', 'draw.io: to be edited'],
  ['mmd', 'Mermaid: text for wikis'],
];
const THEMES: readonly (readonly [PaletteName, string])[] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['print', 'Print'],
  ['high-contrast', 'High contrast'],
];
const SCALES: readonly (readonly [string, string])[] = ['1', '2', '3', '4'].map((scale) => [scale, `${scale} ×`]);

/** What was wished for last stands there again. */
let last: ExportWish | undefined;

/** Asks what is to be exported and how. */
export function askExport(view: View, done: (wish: ExportWish) => void): void {
  const { names, session, finding } = view;
  const { selection } = session;
  const parts: (readonly [ExportPart, string])[] = [
    ['whole', 'The whole model'],
    ['shown', 'As it is shown'],
  ];
  if (selection !== undefined && names.boundaries.has(selection)) parts.push(['boundary', `Boundary ${names.titleOf(selection)}`]);
  if (finding) parts.push(['finding', 'The way of the chosen finding']);
  const known = (part: ExportPart | undefined): ExportPart => parts.find(([id]) => id === part)?.[0] ?? 'whole';
  let wish: ExportWish = {
    ...(last ?? { format: 'svg', theme: 'light', scale: 2, risks: true, copy: false }),
    part: finding ? 'finding' : known(last?.part),
  };
  const dialog = el('dialog', { class: 'help export', 'aria-labelledby': 'export-title' });
  const change = (more: Partial<ExportWish>): void => {
    wish = { ...wish, ...more };
    scale.hidden = wish.format !== 'png';
    // What the clipboard cannot hold.
    copy.toggleAttribute('hidden', wish.format === 'pdf');
  };
  const row = (label: string, control: HTMLElement): HTMLElement => el('label', { class: 'export-row' }, el('span', {}, label), control);
  const format = createDropdown('Format', FORMATS, wish.format, (value) => change({ format: value }));
  const part = createDropdown('Part', parts, wish.part, (value) => change({ part: value }));
  const theme = createDropdown('Colours', THEMES, wish.theme, (value) => change({ theme: value }));
  const scale = row(
    'Scale',
    createDropdown('Scale', SCALES, String(wish.scale), (value) => change({ scale: Number(value) })),
  );
  const risks = createCheckbox(['With risks'], wish.risks, (checked) => change({ risks: checked }));
  const end = (copied: boolean): void => {
    dialog.close();
    last = { ...wish, copy: copied };
    done(last);
  };
  const copy = createButton('Copy', () => end(true));
  const buttons = el(
    'div',
    { class: 'ways' },
    createButton('Save …', () => end(false), 'primary'),
    copy,
    createButton('Cancel', () => dialog.close()),
  );
  dialog.append(
    el('h2', { id: 'export-title' }, 'Export'),
    row('Format', format),
    row('Part', part),
    row('Colours', theme),
    scale,
    risks,
    buttons,
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  change({});
  dialog.showModal();
}
