import PdfDocument from 'pdfkit';
import { bytesOf, registerFonts, type PdfOptions, type PdfResult } from '../../diagram/export/pdf.ts';
import { missingIn as missingInPicture } from '../../diagram/export/missing.ts';
import { code, type Document, type Text } from '../document.ts';
import { writeBlock, writeHeading } from './blocks.ts';
import { DIM, missingIn, shown, wrap } from './lines.ts';
import { MARGIN, Sheet } from './sheet.ts';

export interface ReportPdfOptions extends PdfOptions {
  /** ISO day of the report: with it, the same report is the same file. */
  readonly today: string;
  /** Without, the file can be read by a person with an editor, and by tests. */
  readonly compress?: boolean;
}

/**
 * A report as PDF: A4, the diagram with lines and letters on a page of its own, bookmarks, numbered pages. It has no
 * script, form or attachment, and no address but those of the catalogue.
 */
export async function pdfReport(document: Document, { fonts, today, compress = true }: ReportPdfOptions): Promise<PdfResult> {
  const day = new Date(`${today}T00:00:00Z`);
  const writer = new PdfDocument({
    autoFirstPage: false,
    bufferPages: true,
    compress,
    font: null as unknown as string,
    displayTitle: true,
    lang: 'en',
    info: { Title: shown(document.title), Creator: 'Threatwright', CreationDate: day, ModDate: day },
  });
  registerFonts(writer, fonts);
  const sheet = new Sheet(writer);
  writeHeading(sheet, document.title, 20);
  for (const block of document.intro) writeBlock(sheet, block);
  for (const { title, path, sections } of document.chapters) {
    if (document.chapters.length > 1) sheet.turn();
    writeHeading(sheet, title, 16);
    const mark = writer.outline.addItem(shown(title), { expanded: true });
    sheet.lines(wrap([code(path)], sheet.width, { size: 9, color: DIM }), MARGIN, 9);
    for (const section of sections) {
      sheet.need(90);
      writeHeading(sheet, section.title, 13);
      mark.addItem(shown(section.title));
      for (const block of section.blocks) writeBlock(sheet, block);
    }
  }
  sheet.foot(document.title);
  return { pdf: await bytesOf(writer), missing: missingOf(document) };
}

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
