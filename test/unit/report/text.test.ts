import assert from 'node:assert/strict';
import { textReport, type FileReport } from '../../../server/src/report/index.ts';
import { assertGolden, catalogue, fileWith, sampleFiles } from './support.ts';

const text = (files: readonly FileReport[], color = false): string => textReport(files, catalogue, { color });

/** The two lines of source and underline, without the number of the line. */
function frame(source: string, part: string): string[] {
  const lines = text([fileWith(source, part)]).split('\n');
  return lines.slice(2, 4).map((line) => line.slice(line.indexOf('│') + 2));
}

describe('report: text', () => {
  it('is as in the golden file', () => {
    assertGolden('two-files.txt', text(sampleFiles()));
  });

  it('has the same words in colour', () => {
    const colored = text(sampleFiles(), true);
    assert.notEqual(colored, text(sampleFiles()));
    assert.equal(colored.replace(/\p{Cc}\[[\d;]*m/gu, ''), text(sampleFiles()));
  });

  it('says that there is nothing to say', () => {
    assert.equal(text([{ path: 'a', text: '', problems: [], findings: [] }]), '1 model, no findings\n');
    assert.equal(text([]), '0 models, no findings\n');
  });

  const long = `${'a'.repeat(300)} HERE ${'b'.repeat(300)}`;
  for (const [name, source, part, expected] of [
    ['ASCII', '  bot: { kind: x }\n', 'bot', ['  bot: { kind: x }', '  ^^^']],
    ['the first line', 'bot: x', 'bot', ['bot: x', '^^^']],
    ['tabs', '\ta:\tb\n', 'b', [' a: b', '    ^']],
    ['Windows line ends', 'x: 1\r\nbot: 2\r\n', 'bot', ['bot: 2', '^^^']],
    ['old line ends', 'x: 1\rbot: 2\r', 'bot', ['bot: 2', '^^^']],
    ['wide characters', '商店: bot # 店\n', 'bot', ['商店: bot # 店', '      ^^^']],
    ['a wide place', 'a: 商店\n', '商店', ['a: 商店', '   ^^^^']],
    ['pictures beyond 16 bits', '🚪: bot\n', 'bot', ['🚪: bot', '    ^^^']],
    ['accents of their own', 'u\u0308ber: bot\n', 'bot', ['u\u0308ber: bot', '      ^^^']],
    ['what steers a terminal', '\u001b[2J\u009b: bot\n', 'bot', ['·[2J·: bot', '       ^^^']],
    ['what turns direction', '\u202e: bot\n', 'bot', ['·: bot', '   ^^^']],
    ['half a character', '\ud83d: bot\n', 'bot', ['·: bot', '   ^^^']],
    ['a place of several lines', 'a: [x,\n  y]\n', '[x,\n  y]', ['a: [x,', '   ^^^']],
    ['a line that is too long', long, 'HERE', [`…${'a'.repeat(48)} HERE ${'b'.repeat(84)}…`, `${' '.repeat(50)}^^^^`]],
    ['a place that is too long', long, long, [`${'a'.repeat(59)}…`, '^'.repeat(60)]],
  ] as const) {
    it(`underlines the place exactly: ${name}`, () => {
      assert.deepEqual(frame(source, part), expected);
    });
  }

  it('marks one column where the place is empty', () => {
    const source = 'a:\n';
    const [line, mark] = text([fileWith(source, 'a', { span: { start: 2, end: 2 } })])
      .split('\n')
      .slice(2);
    assert.deepEqual([line, mark], ['    1 │ a:', '      │   ^']);
  });

  it('shows no more of endless texts than anybody reads', () => {
    const endless = 'e\u0301'.repeat(500_000);
    const report = text([
      fileWith(`${endless}: x\n`, 'x', { message: endless, related: [{ subject: 'x', message: endless, span: { start: 0, end: 1 } }] }),
    ]);
    assert.ok(report.length < 10_000, `${report.length}`);
  });

  it('lets no text of a model or path reach the terminal as an order', () => {
    const evil = 'a\u001b[31m\u0007\u0000\u009b\u202e\u2066\nb';
    const report = text([{ ...fileWith(`${evil}: x\n`, 'x', { message: evil }), path: evil }]);
    assert.doesNotMatch(report.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u);
  });
});
