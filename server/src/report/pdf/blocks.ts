import { drawSvg, sizeOf } from '../../diagram/export/pdf.ts';
import type { Work } from '../../posture/index.ts';
import { strong, type Block, type Entry, type Text } from '../document.ts';
import { DIM, toneColor, wrap } from './lines.ts';
import { A4, lineHeight, MARGIN, type Sheet } from './sheet.ts';
import { writeTable } from './table.ts';

const SIZE = 10;
const NAMES = 86;
const BAR = 3;

/** Stops now and then, so that something else gets its turn. */
export function* writeBlock(sheet: Sheet, block: Block): Work<void> {
  yield;
  switch (block.type) {
    case 'paragraph':
      sheet.structure.element('P', () => sheet.lines(wrap(block.text, sheet.width, { size: SIZE }), MARGIN, SIZE));
      sheet.skip(6);
      return;
    case 'heading':
      writeHeading(sheet, block.text, 'H4');
      return;
    case 'list':
      sheet.structure.element('L', () => block.items.forEach((item, at) => writeItem(sheet, block.ordered ? `${at + 1}.` : '•', item)));
      sheet.skip(4);
      return;
    case 'table':
      return yield* writeTable(sheet, block);
    case 'entries':
      for (const entry of block.items) {
        sheet.structure.element('Sect', () => writeEntry(sheet, entry));
        yield;
      }
      return;
    case 'diagram':
      writeDiagram(sheet, block);
  }
}

const HEADINGS = { H1: 20, H2: 16, H3: 13, H4: 11 } as const;

/** A heading stays with what follows. */
export function writeHeading(sheet: Sheet, text: string, level: keyof typeof HEADINGS): void {
  const size = HEADINGS[level];
  const lines = wrap([strong(text)], sheet.width, { size });
  sheet.skip(size * 0.8);
  sheet.need(lines.length * lineHeight(size) + 48);
  sheet.structure.element(level, () => sheet.lines(lines, MARGIN, size));
  sheet.skip(size * 0.3);
}

function writeItem(sheet: Sheet, sign: string, text: Text): void {
  sheet.need(lineHeight(SIZE));
  const { structure } = sheet;
  structure.element('LI', () => {
    structure.element('Lbl', () => sheet.line(wrap([sign], 24, { size: SIZE })[0] ?? [], MARGIN + 4, sheet.y, SIZE));
    structure.element('LBody', () => sheet.lines(wrap(text, sheet.width - 24, { size: SIZE }), MARGIN + 24, SIZE));
  });
}

function writeEntry(sheet: Sheet, { title, severity, state, facts }: Entry): void {
  const words = state === 'open' ? severity : `${severity}, ${state.replaceAll('-', ' ')}`;
  const head = wrap([{ as: 'mark', tone: severity, text: `${words}: ` }, ...title], sheet.width - 12, { size: SIZE, isBold: true });
  sheet.skip(6);
  sheet.need((head.length + 2) * lineHeight(SIZE));
  sheet.fill(MARGIN, sheet.y, BAR, Math.min(head.length * lineHeight(SIZE), sheet.bottom - sheet.y), toneColor(severity));
  sheet.structure.element('H4', () => sheet.lines(head, MARGIN + 12, SIZE));
  for (const { name, text } of facts) {
    const lines = wrap(text, sheet.width - 12 - NAMES, { size: 9 });
    sheet.need(Math.min(2, lines.length) * lineHeight(9));
    sheet.structure.element('P', () => {
      sheet.line(wrap([name], NAMES, { size: 9, color: DIM })[0] ?? [], MARGIN + 12, sheet.y, 9);
      sheet.lines(lines, MARGIN + 12 + NAMES, 9);
    });
  }
  sheet.skip(4);
}

/** A page of its own, as wide as a sheet lying down. */
function writeDiagram(sheet: Sheet, { title, svg }: Extract<Block, { readonly type: 'diagram' }>): void {
  sheet.page(A4.height, A4.width);
  const [width, height] = sizeOf(svg);
  const scale = Math.min(1.5, (A4.height - 2 * MARGIN) / width, (A4.width - 2 * MARGIN) / height);
  const place = { x: (A4.height - width * scale) / 2, y: (A4.width - height * scale) / 2, scale };
  const alt = `${title}. What it shows is said in the tables of this document, under "Data" and "Elements and boundaries".`;
  sheet.structure.element('Figure', () => sheet.structure.content(() => drawSvg(sheet.writer, svg, place)), { alt });
}
