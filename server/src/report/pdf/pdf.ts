import PdfDocument from 'pdfkit';
import { bytesOf, registerFonts, type PdfOptions, type PdfResult } from '../../diagram/export/pdf.ts';
import { missingIn as missingInPicture } from '../../diagram/export/missing.ts';
import type { Work } from '../../posture/index.ts';
import { code, paragraph, type Document, type Text } from '../document.ts';
import { writeBlock, writeHeading } from './blocks.ts';
import { DIM, missingIn, tamed, wrap } from './lines.ts';
import { MARGIN, Sheet } from './sheet.ts';

export interface ReportPdfOptions extends PdfOptions {
  /** ISO day of the report: with it, the same report is the same file. */
  readonly today: string;
  /** Without, the file can be read by a person with an editor, and by tests. */
  readonly compress?: boolean;
  /** Called between two steps of the work, which goes on when it is done. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/**
 * A report as PDF: A4, the diagram with lines and letters on a page of its own, bookmarks, numbered pages, and the structure that
 * screen readers go by. It has no script, form or attachment, and no address but those of the catalogue.
 */
export async function pdfReport(document: Document, { fonts, today, compress = true, pause }: ReportPdfOptions): Promise<PdfResult> {
  const day = new Date(`${today}T00:00:00Z`);
  const writer = new PdfDocument({
    autoFirstPage: false,
    bufferPages: true,
    compress,
    font: null as unknown as string,
    displayTitle: true,
    lang: 'en',
    tagged: true,
    pdfVersion: '1.7',
    info: { Title: tamed(document.title), Creator: 'Threatwright', CreationDate: day, ModDate: day },
  });
  registerFonts(writer, fonts);
  const sheet = new Sheet(writer);
  const missing = missingOf(document);
  const work = writeDocument(sheet, document, missing);
  while (work.next().done !== true) await pause?.();
  sheet.foot(document.title);
  return { pdf: await bytesOf(writer), missing };
}

function* writeDocument(sheet: Sheet, document: Document, missing: readonly string[]): Work<void> {
  const { structure, writer } = sheet;
  writeHeading(sheet, document.title, 'H1');
  if (missing.length > 0) yield* writeBlock(sheet, paragraph(missingText(missing)));
  for (const block of document.intro) yield* writeBlock(sheet, block);
  for (const { title, path, sections } of document.chapters) {
    if (document.chapters.length > 1) sheet.turn();
    yield* structure.elementInTurns('Sect', function* () {
      writeHeading(sheet, title, 'H2');
      const mark = writer.outline.addItem(tamed(title), { expanded: true });
      structure.element('P', () => sheet.lines(wrap([code(path)], sheet.width, { size: 9, color: DIM }), MARGIN, 9));
      for (const section of sections) {
        sheet.need(90);
        yield* structure.elementInTurns('Sect', function* () {
          writeHeading(sheet, section.title, 'H3');
          mark.addItem(tamed(section.title));
          for (const block of section.blocks) yield* writeBlock(sheet, block);
        });
      }
    });
  }
  structure.close();
}

/** A reader who sees a question mark must know that the author did not write it. */
function missingText(missing: readonly string[]): string {
  const points = missing
    .slice(0, MOST_NAMED)
    .map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  const others = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  const what = missing.length === 1 ? 'a character' : `${missing.length} characters`;
  return `"?" also stands for ${what} that the fonts of this document do not have, as they have Latin letters only: ${points.join(', ')}${others}. Copied text and screen readers get them as they are, and so does the report as HTML.`;
}

const MOST_NAMED = 12;

/** The characters that no shipped font has, in texts and pictures. */
function missingOf({ title, intro, chapters }: Document): readonly string[] {
  const found = new Set<string>();
  const look = (text: string): void => missingIn(text).forEach((character) => found.add(character));
  const read = (text: Text): void => text.forEach((part) => look(typeof part === 'string' ? part : part.text));
  look(title);
  for (const chapter of chapters) look(chapter.title);
  for (const block of [...intro, ...chapters.flatMap(({ sections }) => sections.flatMap(({ blocks }) => blocks))]) {
    if (block.type === 'paragraph') read(block.text);
    else if (block.type === 'list') block.items.forEach(read);
    else if (block.type === 'table') block.rows.forEach(({ cells }) => cells.forEach(read));
    else if (block.type === 'entries') block.items.forEach((entry) => [entry.title, ...entry.facts.map(({ text }) => text)].forEach(read));
    else if (block.type === 'diagram') missingInPicture(block.svg).forEach((character) => found.add(character));
  }
  return [...found];
}
