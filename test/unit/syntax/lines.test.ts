import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex, applyEdits } from '../../../server/src/syntax/index.ts';

describe('syntax: lines', () => {
  it('ends a line at \\r\\n, \\n and \\r, and nowhere else', () => {
    const index = new LineIndex('a\r\nb\nc\rd\u2028e📷f\n');
    assert.equal(index.lineCount, 5);
    for (const [offset, line, character] of [
      [0, 0, 0],
      [1, 0, 1],
      [2, 0, 1],
      [3, 1, 0],
      [5, 2, 0],
      [7, 3, 0],
      [9, 3, 2],
      [12, 3, 5],
      [14, 4, 0],
      [99, 4, 0],
    ] as const) {
      assert.deepEqual(index.positionAt(offset), { line, character }, `offset ${offset}`);
    }
  });

  it('keeps positions outside the text inside', () => {
    const index = new LineIndex('ab\r\ncd');
    assert.equal(index.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(index.offsetAt({ line: 9, character: 0 }), 6);
    assert.equal(index.offsetAt({ line: -1, character: 3 }), 0);
    assert.equal(index.offsetAt({ line: 1, character: -1 }), 4);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\r', '\n', '\r\n', '📷')), (parts) => {
        const text = parts.join('');
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          if (text.startsWith('\r\n', offset - 1)) continue;
          assert.equal(index.offsetAt(index.positionAt(offset)), offset);
        }
      }),
      { seed: 1 },
    );
  });
});

describe('syntax: text edits', () => {
  it('applies all edits to the text as it was', () => {
    const edits = [
      { span: { start: 4, end: 5 }, text: '' },
      { span: { start: 0, end: 1 }, text: 'AA' },
      { span: { start: 3, end: 3 }, text: '+' },
      { span: { start: 3, end: 3 }, text: '-' },
      { span: { start: 4, end: 6 }, text: 'overlaps' },
    ];
    assert.equal(applyEdits('abcdef', edits), 'AAbc+-df');
    assert.equal(applyEdits('abc', []), 'abc');
  });
});
