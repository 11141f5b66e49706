import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { missingIn } from './export/missing.ts';

export interface PngOptions {
  /** The bytes of `index_bg.wasm` of @resvg/resvg-wasm. */
  readonly wasm: Uint8Array;
  /** Font files (TTF or WOFF2) that have the name Inter: system fonts are never used, so pixels are the same everywhere. */
  readonly fonts: readonly Uint8Array[];
  readonly scale: number;
}
export interface PngResult {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Characters of the picture that no shipped font has; they are missing in the image. */
  readonly missing: readonly string[];
}

/** Larger images fail in most viewers, and in the memory of the rasteriser. */
const MOST_PIXELS = 64_000_000;

let ready: Promise<void> | undefined;

/** Turns an exported picture into PNG without a browser. Rejects only when the wasm module itself cannot be started. */
export async function renderPng(svg: string, { wasm, fonts, scale }: PngOptions): Promise<PngResult> {
  ready ??= initWasm(wasm);
  await ready;
  const [width, height] = sizeOf(svg);
  const zoom = Math.min(scale, Math.sqrt(MOST_PIXELS / (width * height)));
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontBuffers: [...fonts], loadSystemFonts: false, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  try {
    const image = resvg.render();
    try {
      return { png: image.asPng(), width: image.width, height: image.height, missing: missingIn(svg) };
    } finally {
      image.free();
    }
  } finally {
    resvg.free();
  }
}

function sizeOf(svg: string): readonly [number, number] {
  const found = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return found ? [Math.max(1, Number(found[1])), Math.max(1, Number(found[2]))] : [1, 1];
}
