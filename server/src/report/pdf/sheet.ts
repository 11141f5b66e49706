import type PdfDocument from 'pdfkit';
import { measureText } from '../../diagram/measure.ts';
import { DIM, shown, type Line, type Run } from './lines.ts';
import { Structure } from './structure.ts';

export type Writer = InstanceType<typeof PdfDocument>;

export const A4 = { width: 595.28, height: 841.89 } as const;
export const MARGIN = 48;
const FOOT = { size: 8, from: 32 } as const;
const RULE = '#d1d9e0';
const LONGEST_FOOT = 90;
/** What the file of basic Latin letters has not; the extended one has it. */
const EXTENDED =
  /([^\0-\u00ff\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u0304\u0308\u0329\u2000-\u206f\u20ac\u2122\u2191\u2193\u2212\u2215\ufeff\ufffd]+)/u;

/** Pages that are written on from top to bottom; points from the top left. */
export class Sheet {
  readonly writer: Writer;
  readonly structure: Structure;
  readonly width = A4.width - 2 * MARGIN;
  readonly bottom = A4.height - MARGIN;
  /** Where the next thing goes. */
  y = MARGIN;

  /** The writer knows the shipped fonts. */
  constructor(writer: Writer) {
    this.writer = writer;
    this.structure = new Structure(writer);
    this.turn();
  }

  /** A new page. */
  turn(): void {
    this.page(A4.width, A4.height);
    this.y = MARGIN;
  }

  /** A new page of another size, for one thing. */
  page(width: number, height: number): void {
    this.writer.addPage({ size: [width, height], margin: 0 });
    // What follows takes a page of its own.
    this.y = this.bottom;
  }

  /** A new page, unless so much fits on this one. */
  need(height: number): void {
    if (this.y + height > this.bottom && this.y > MARGIN) this.turn();
  }

  /** Space, but not at the top of a page. */
  skip(height: number): void {
    if (this.y > MARGIN) this.y += height;
  }

  /** Lines one below the other, over as many pages as they take. */
  lines(lines: readonly Line[], x: number, size: number): void {
    for (const line of lines) {
      this.need(lineHeight(size));
      this.line(line, x, this.y, size);
      this.y += lineHeight(size);
    }
  }

  line(line: Line, x: number, y: number, size: number): void {
    let at = x;
    for (const run of line) {
      if (run.url === undefined) this.run(run, at, y, size);
      else {
        const link = this.structure.begin('Link');
        this.structure.within(link, () => this.run(run, at, y, size));
        this.writer.link(at, y, run.width, size * 1.2, run.url, {
          structParent: link.element,
          Contents: run.said ?? run.text,
        } as PDFKit.Mixins.AnnotationOption);
        this.structure.end(link);
      }
      at += run.width;
    }
  }

  fill(x: number, y: number, width: number, height: number, color = RULE): void {
    this.structure.artifact('Layout', () => this.writer.rect(x, y, width, height).fill(color));
  }

  /** The foot of every page, once all are there: what it is, and which page of how many. */
  foot(title: string): void {
    const { start, count } = this.writer.bufferedPageRange();
    for (let at = 0; at < count; at++) {
      this.writer.switchToPage(start + at);
      const { width, height } = this.writer.page;
      const page = footRun(`Page ${at + 1} of ${count}`);
      this.structure.artifact('Pagination', () => {
        this.letters(footRun(shown(title).slice(0, LONGEST_FOOT)), MARGIN, height - FOOT.from, FOOT.size);
        this.letters(page, width - MARGIN - page.width, height - FOOT.from, FOOT.size);
      });
    }
  }

  /** Who listens to the document, or copies from it, gets the characters that no font has too. */
  private run(run: Run, x: number, y: number, size: number): void {
    this.structure.content(() => {
      if (run.said !== undefined) this.writer.markContent('Span', { actual: run.said });
      this.letters(run, x, y, size);
      if (run.said !== undefined) this.writer.endMarkedContent();
    });
  }

  private letters({ text, isBold, color }: Run, x: number, y: number, size: number): void {
    this.writer.fillColor(color);
    let at = x;
    text.split(EXTENDED).forEach((part, index) => {
      if (part === '') return;
      this.writer.font(`latin-${index % 2 === 1 ? 'ext-' : ''}${isBold ? 600 : 400}`, size).text(part, at, y, { lineBreak: false });
      at += measureText(part, { size, weight: isBold ? 'bold' : 'regular' });
    });
  }
}

function footRun(text: string): Run {
  return {
    text,
    said: undefined,
    isBold: false,
    color: DIM,
    url: undefined,
    width: measureText(text, { size: FOOT.size, weight: 'regular' }),
  };
}

export function lineHeight(size: number): number {
  return Math.round(size * 1.35 * 100) / 100;
}
