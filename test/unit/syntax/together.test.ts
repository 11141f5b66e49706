import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { readChunk, readChunks } from '../../../server/src/syntax/readChunk.ts';
import { splitText } from '../../../server/src/syntax/split.ts';
import { anyEdit, corners, largeModel, meaning, models } from './support.ts';

/** How many sections were read in one go; each of them says what its chunks say one by one. */
function readTogether(text: string): number {
  let together = 0;
  for (const { items = [] } of splitText(text).sections) {
    const begin = items[0]?.start ?? 0;
    const whole = text.slice(begin, items.at(-1)?.end);
    const pieces = items.map(({ start, end }) => ({ start: start - begin, end: end - begin }));
    const readings = pieces.length > 0 ? readChunks(whole, pieces) : undefined;
    if (!readings) continue;
    together++;
    const each = pieces.map(({ start, end }) => readChunk(whole.slice(start, end)));
    assert.deepEqual(readings, each, JSON.stringify(whole));
  }
  return together;
}

describe('syntax: many chunks at once', () => {
  it('says what it says one by one, of any text', () => {
    let together = 0;
    fc.assert(
      fc.property(fc.constantFrom(...models, ...corners), fc.array(anyEdit, { minLength: 0, maxLength: 4 }), (start, edits) => {
        together += readTogether(edits.reduce((before, edit) => edit(before), start).replace(/\r(?!\n)/g, '\n'));
      }),
      { numRuns: 1000, seed: 20261122 },
    );
    assert.ok(together > 500, `${together} sections`);
  });

  it('reads a large model like that, and again after a mistake', () => {
    const text = largeModel(300);
    assert.equal(readTogether(text), 3);
    for (const mistake of [
      'title: "Element 150',
      'title: [Element 150',
      '\ttitle: Element 150',
      'title: a: Element 150',
      'title: *Element 150',
    ]) {
      const broken = text.replace('title: Element 150', mistake);
      assert.deepEqual(meaning(parseDocument(broken)), meaning(parseDocument(broken, parseDocument(text))), mistake);
    }
  });
});
