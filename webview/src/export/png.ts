import { base64Of } from '../../../server/src/protocol/base64.ts';

/** A canvas with more pixels than this is refused by browsers. */
const MOST_PIXELS = 120e6;

/**
 * Paints an SVG with so many pixels for one of its own. The fonts are put into it: an image knows nothing of the page it
 * is in. Rejects with a sentence when the image would be too large.
 */
export async function paintPng(svg: string, scale: number, fonts: readonly string[]): Promise<Blob> {
  const [, width = '0', height = '0'] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const [across, down] = [Math.ceil(Number(width) * scale), Math.ceil(Number(height) * scale)];
  if (across * down > MOST_PIXELS) throw new Error(`The image would have ${across} × ${down} pixels: choose a smaller scale, or SVG.`);
  const faces = await Promise.all(fonts.map(faceOf));
  const dressed = svg.replace('>', `><style>${faces.join('')}</style>`);
  const image = new Image(across, down);
  image.src = `data:image/svg+xml;base64,${await base64OfBlob(new Blob([dressed]))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [across, down];
  canvas.getContext('2d')?.drawImage(image, 0, 0, across, down);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The image is too large for the browser: choose a smaller scale.'))),
      'image/png',
    );
  });
}

/** The face of a font file that is named `inter-SUBSET-WEIGHT-normal.woff2`. */
async function faceOf(uri: string): Promise<string> {
  const weight = /-(\d00)-normal/.exec(uri)?.[1] ?? '400';
  const range = uri.includes('latin-ext') ? 'unicode-range:U+100-2BA,U+1E00-1EFF,U+20A0-20AB;' : '';
  const response = await fetch(uri);
  const data = await base64OfBlob(await response.blob());
  return `@font-face{font-family:Inter;font-weight:${weight};${range}src:url(data:font/woff2;base64,${data})}`;
}

export async function base64OfBlob(blob: Blob): Promise<string> {
  return base64Of(new Uint8Array(await blob.arrayBuffer()));
}
