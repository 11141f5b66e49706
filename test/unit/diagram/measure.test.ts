import assert from 'node:assert/strict';
import { charactersOutsideFont, displayText, fitText, measureText, wrapText, type TextStyle } from '../../../server/src/diagram/measure.ts';

const style: TextStyle = { size: 10, weight: 'regular' };

describe('text in the diagram', () => {
  const tamed: readonly (readonly [string, string, string])[] = [
    ['control characters', 'a\u0000b\u0007\nc\u0085d', 'a b c d'],
    ['bidi controls', 'safe\u202egnp.exe\u2066x\u2069\u200f', 'safegnp.exex'],
    ['zero width characters', 'ad\u200bmin\ufeff', 'admin'],
    ['half a surrogate pair', 'x\ud83dy', 'x\ufffdy'],
    ['a tower of accents', `e${'\u0301'.repeat(500)}`, `e${'\u0301'.repeat(3)}`],
    ['spaces', '  a \t b  ', 'a b'],
    ['ordinary text of any script', 'Größe 顧客 עברית 🙂', 'Größe 顧客 עברית 🙂'],
  ];
  for (const [name, text, expected] of tamed) it(`tames ${name}`, () => assert.equal(displayText(text), expected));

  it('cuts what nobody can read', () => {
    const long = displayText('x'.repeat(10_000));
    assert.equal(long.length, 200);
    assert.ok(long.endsWith('…'));
  });

  it('knows the advance widths of the shipped font', () => {
    // Inter 400: "i" 242, "W" 985, "…" from the punctuation block; bold is wider.
    assert.equal(measureText('iW', style), 12.27);
    assert.ok(measureText('Agent', { size: 10, weight: 'bold' }) > measureText('Agent', style));
    assert.ok(measureText('ł', style) > 0);
  });

  it('gives wide characters and pictographs room, and combining ones none', () => {
    assert.equal(measureText('顧', style), 10);
    assert.equal(measureText('🙂', style), 12.5);
    assert.equal(measureText('e\u0301', style), measureText('e', style));
  });

  it('fits a text into a width with an ellipsis', () => {
    assert.equal(fitText('short', 100, style), 'short');
    const fitted = fitText('a rather long flow label', 60, style);
    assert.ok(fitted.endsWith('…') && measureText(fitted, style) <= 60, fitted);
  });

  it('breaks lines between words, behind hyphens, and inside a word only when it must', () => {
    assert.deepEqual(wrapText('Customer support agent', 80, 3, style), ['Customer', 'support agent']);
    assert.deepEqual(wrapText('very-long-name', 56, 3, style), ['very-long-', 'name']);
    for (const line of wrapText('x'.repeat(300), 100, 3, style)) assert.ok(measureText(line, style) <= 100, line);
    assert.equal(wrapText('word '.repeat(100).trim(), 60, 3, style).length, 3);
    assert.deepEqual(wrapText('', 60, 3, style), ['']);
  });

  it('names the characters that the shipped font lacks', () => {
    assert.deepEqual(charactersOutsideFont('Łódź 顧 客顧 🙂'), ['顧', '客', '🙂']);
  });
});
