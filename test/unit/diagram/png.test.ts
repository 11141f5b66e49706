import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { layoutGraph, paletteOf, renderScene, svgText } from '../../../server/src/diagram/index.ts';
import { renderPng, type PngResult } from '../../../server/src/diagram/png.ts';
import { graph, NO_MARKS, node } from './support.ts';

const MODULES = new URL('../../../node_modules/', import.meta.url);
const wasm = readFileSync(new URL('@resvg/resvg-wasm/index_bg.wasm', MODULES));
const fonts = ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((name) =>
  readFileSync(new URL(`@fontsource/inter/files/inter-${name}-normal.woff2`, MODULES)),
);

async function pictureOf(title: string, scale = 1, shipped: readonly Uint8Array[] = fonts): Promise<PngResult> {
  const scene = await layoutGraph(graph({ nodes: [node('a', undefined, { title })] }), createElk());
  return renderPng(svgText(renderScene(scene, NO_MARKS, { palette: paletteOf('light'), frame: true })), { wasm, fonts: shipped, scale });
}

describe('PNG', () => {
  it('is an image of the size of the picture, times the scale', async () => {
    const [one, two] = [await pictureOf('Agent'), await pictureOf('Agent', 2)];
    assert.deepEqual([...one.png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    assert.equal(one.width, 640);
    assert.deepEqual([two.width, two.height], [one.width * 2, one.height * 2]);
    assert.deepEqual(one.missing, []);
  });

  it('has its text in the shipped fonts, and the same bytes each time', async () => {
    const [text, again, without] = [await pictureOf('Agent'), await pictureOf('Agent'), await pictureOf('Agent', 1, [])];
    assert.deepEqual(text.png, again.png);
    assert.notDeepEqual(text.png, without.png);
  });

  it('has the letters of the extended font too', async () => {
    const [extended, latinOnly] = [await pictureOf('Łódź'), await pictureOf('Łódź', 1, fonts.slice(0, 2))];
    assert.deepEqual(extended.missing, []);
    assert.notDeepEqual(extended.png, latinOnly.png);
  });

  it('names the characters that it could not write', async () => {
    assert.deepEqual((await pictureOf('顧客 & <agent>')).missing, ['顧', '客']);
  });
});
