import assert from 'node:assert/strict';
import { jsonReport, reaches } from '../../../server/src/report/index.ts';
import { assertGolden, assertValid, catalogue, CHECK_SCHEMA, fileWith, sampleFiles } from './support.ts';

interface Report {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly object[];
    readonly findings: readonly { readonly subject: string; readonly range: object; readonly message: string }[];
  }[];
  readonly summary: Readonly<Record<string, unknown>>;
}
const parsed = (report: string): Report => JSON.parse(report) as Report;

describe('report: JSON', () => {
  it('is as in the golden file', () => {
    assertGolden('two-files.json', jsonReport(sampleFiles(), catalogue));
  });

  it('is as its schema says', () => {
    assertValid(CHECK_SCHEMA, parsed(jsonReport(sampleFiles(), catalogue)));
    assertValid(CHECK_SCHEMA, parsed(jsonReport([], catalogue)));
  });

  it('counts what is open by severity as shown, and everything by state', () => {
    assert.deepEqual(parsed(jsonReport(sampleFiles(), catalogue)).summary, {
      files: 2,
      problems: { error: 1, warning: 1, info: 1, hint: 1 },
      findings: { low: 1, medium: 1, high: 2, critical: 1 },
      states: { open: 2, unstated: 1, partial: 0, planned: 1, accepted: 1, expired: 1, 'not-applicable': 1 },
    });
  });

  it('counts lines and characters from zero, in UTF-16', () => {
    const [file] = parsed(jsonReport([fileWith('a: 1\r\n🚪: bot\n', 'bot')], catalogue)).files;
    assert.deepEqual(file?.findings[0]?.range, { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } });
  });

  for (const id of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    it(`keeps the name ${id}`, () => {
      const [file] = parsed(jsonReport([{ ...fileWith(`${id}: x\n`, id), path: id }], catalogue)).files;
      assert.equal(file?.findings[0]?.subject, id);
      assert.equal(file.path, id);
    });
  }

  it('is harmless where it is printed, and says exactly what was written', () => {
    const message = 'a\u001b[2J\u0000\u0085\u009b\u2028\u202e\u2066\ud800"\\';
    const report = jsonReport([fileWith('x: y\n', 'x', { message })], catalogue);
    assert.doesNotMatch(report.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}\p{Cs}]/u);
    assert.equal(parsed(report).files[0]?.findings[0]?.message, message);
  });
});

describe('report: gate', () => {
  const files = (changes: Parameters<typeof fileWith>[2]) => [fileWith('x: y\n', 'x', changes)];
  for (const [severity, threshold, fails] of [
    ['critical', 'high', true],
    ['high', 'high', true],
    ['medium', 'high', false],
    ['low', 'medium', false],
    ['low', 'low', true],
  ] as const) {
    it(`${fails ? 'fails' : 'passes'} ${severity} findings at ${threshold}`, () => {
      assert.equal(reaches(files({ severity }), threshold), fails);
    });
  }
  for (const [state, fails] of [
    ['open', true],
    ['unstated', true],
    ['partial', true],
    ['planned', true],
    ['expired', true],
    ['accepted', false],
    ['not-applicable', false],
  ] as const) {
    it(`${fails ? 'fails' : 'passes'} what is ${state}, by its full severity`, () => {
      assert.equal(reaches(files({ state, severity: 'medium', fullSeverity: 'high' }), 'high'), fails);
    });
  }
});
