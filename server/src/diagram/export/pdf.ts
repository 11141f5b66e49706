import PdfDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { missingIn } from './missing.ts';

export interface PdfOptions {
  /** The shipped fonts by the names of their files: `inter-latin-400-normal.woff` and its like. The writer cannot take parts of WOFF2. */
  readonly fonts: ReadonlyMap<string, Uint8Array>;
}

export interface PdfResult {
  readonly pdf: Uint8Array;
  /** Characters of the picture that no shipped font has. */
  readonly missing: readonly string[];
}

/** Turns an exported picture into a PDF with lines and letters, one page of its size; the same bytes each time. */
export async function toPdf(svg: string, { fonts }: PdfOptions): Promise<PdfResult> {
  const [width, height] = sizeOf(svg);
  const title = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? '';
  const document = new PdfDocument({
    size: [width, height],
    margin: 0,
    font: null as unknown as string,
    info: { Title: unescape(title), Creator: 'Threatwright', CreationDate: new Date(0), ModDate: new Date(0) },
  });
  registerFonts(document, fonts);
  drawSvg(document, svg, { x: 0, y: 0, scale: 1 });
  return { pdf: await bytesOf(document), missing: missingIn(svg) };
}

type Writer = InstanceType<typeof PdfDocument>;

/** Makes the shipped fonts known as `latin-400`, `latin-ext-600` and so on. */
export function registerFonts(document: Writer, fonts: PdfOptions['fonts']): void {
  for (const [name, bytes] of fonts) if (name.endsWith('.woff')) document.registerFont(fontName(name), bytes as Buffer);
}

/** Draws a picture on the present page, with lines and letters. */
export function drawSvg(
  document: Writer,
  svg: string,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
): void {
  const [width, height] = sizeOf(svg);
  document.save().translate(x, y).scale(scale);
  svgToPdf(document, prepared(svg), 0, 0, {
    width,
    height,
    assumePt: true,
    // Nothing outside the picture is ever read.
    imageCallback: () => '',
    fontCallback: (family, bold) => `${family.includes(EXTENDED) ? 'latin-ext' : 'latin'}-${bold ? 600 : 400}`,
  });
  document.restore();
}

/** Ends a document. */
export function bytesOf(document: Writer): Promise<Uint8Array> {
  const written = new Promise<Uint8Array>((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.end();
  return written;
}

const EXTENDED = 'Extended';
/** The characters that the file of basic Latin letters has; all others are looked for in the extended one. */
const NOT_BASIC =
  /[^\0-\u00ff\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u0304\u0308\u0329\u2000-\u206f\u20ac\u2122\u2191\u2193\u2212\u2215\ufeff\ufffd]+/gu;
const HALO = /<text([^>]*) (stroke="[^"]*" stroke-width="4" stroke-linejoin="round") paint-order="stroke"([^>]*)>(.*?)<\/text>/g;

/** What the writer does not do itself: other fonts for other letters, and a halo below the letters. */
function prepared(svg: string): string {
  return svg
    .replace(/>([^<]+)<\/text>/g, (_, text: string) => `>${text.replace(NOT_BASIC, `<tspan font-family="${EXTENDED}">$&</tspan>`)}</text>`)
    .replace(HALO, '<text$1 $2$3>$4</text><text$1$3>$4</text>');
}

function fontName(file: string): string {
  return /inter-(latin(?:-ext)?-\d+)/.exec(file)?.[1] ?? file;
}

/** Width and height of a picture. */
export function sizeOf(svg: string): readonly [number, number] {
  const found = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return found ? [Math.max(1, Number(found[1])), Math.max(1, Number(found[2]))] : [1, 1];
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

function unescape(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
