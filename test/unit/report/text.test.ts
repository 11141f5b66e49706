import assert from 'node:assert/strict';
import { jsonReport, jsonText, textReport, type FileReport } from '../../../server/src/report/index.ts';
import { columns, isSimple, visible } from '../../../server/src/report/terminalText.ts';
import { HOSTILE, ORDER_IN_LOG } from './hostileNames.ts';
import { assertGolden, catalogue, fileWith, finding, problem, sampleFiles } from './support.ts';

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

  it('puts what belongs to a file under its name, the heaviest first, when there are several files', () => {
    const many = text([fileWith('a: b\n', 'a'), { ...fileWith('a: b\n', 'a'), path: '::error::x' }]).split('\n');
    assert.deepEqual(
      many.filter((line) => line.startsWith('──')),
      ['── m.threatmodel.yaml ──', '── ::error::x ──'],
    );
    const source = 'a: b\n';
    const problems = (['info', 'error', 'warning'] as const).map((severity) => problem(source, 'a', { severity }));
    const findings = (['low', 'critical'] as const).map((severity) => finding(source, 'a', { severity }));
    const one = text([{ path: 'm', text: source, problems, findings }]);
    assert.deepEqual([...one.matchAll(/^(\w+): \w/gm)].map(([, label]) => label).slice(0, 5), [
      'error',
      'warning',
      'info',
      'critical',
      'low',
    ]);
  });

  it('shows what is new, and only counts what an earlier run had', () => {
    const file = fileWith('a: b\n', 'a');
    assert.match(text([{ ...file, known: new Set() }]), /^high: .*new findings: 1 high\n$/s);
    assert.equal(text([{ ...file, known: new Set(['open-door:a']) }]), '1 model, no new findings; 1 known before\n');
  });

  it('lets no text give orders to whoever keeps the log of a build', () => {
    for (const name of HOSTILE) {
      const file = { ...fileWith(`${name}: x\n`, 'x', { message: name, subject: name }), path: name };
      const report = text([file, file]);
      assert.doesNotMatch(report, ORDER_IN_LOG);
      assert.doesNotMatch(report, /^\s*::/m);
      assert.doesNotMatch(jsonReport([file], catalogue), ORDER_IN_LOG);
    }
    assert.doesNotMatch(text([fileWith('##vso[x]: y\n', 'vso[x]')]), ORDER_IN_LOG);
    assert.deepEqual(JSON.parse(jsonText({ a: '##vso[x] ##[y] ###[' })), { a: '##vso[x] ##[y] ###[' });
  });

  it('passes over nothing that needs care', () => {
    const care = /[\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Emoji_Presentation}]/u;
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (!isSimple(character)) continue;
      assert.doesNotMatch(character, care);
      assert.deepEqual([visible(character), columns(character)], [character, 1]);
    }
    assert.ok(isSimple('Agent → “tool” – größer') && !isSimple('##[x]') && !isSimple('商'));
  });
});
