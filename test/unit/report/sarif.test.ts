import assert from 'node:assert/strict';
import type { FileReport } from '../../../server/src/report/index.ts';
import { sarifReport } from '../../../server/src/report/index.ts';
import { assertGolden, assertValid, catalogue, fileWith, SARIF_SCHEMA, sampleFiles } from './support.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: object; readonly region: object } }[];
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly object[] }[] }[];
  readonly suppressions?: readonly object[];
  readonly partialFingerprints: object;
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
  readonly results: readonly Result[];
  readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly object[] }[];
}

function runOf(files: readonly FileReport[]): Run {
  const log = JSON.parse(sarifReport(files, catalogue, '1.2.3')) as { runs: [Run] };
  assertValid(SARIF_SCHEMA, log);
  return log.runs[0];
}

describe('report: SARIF', () => {
  it('is as in the golden file', () => {
    assertGolden('two-files.sarif', sarifReport(sampleFiles(), catalogue, '1.2.3'));
  });

  it('is as the standard says, also with nothing to say', () => {
    runOf(sampleFiles());
    runOf([]);
  });

  it('names each rule once, and results point at it', () => {
    const { tool, results } = runOf(sampleFiles());
    assert.deepEqual(
      tool.driver.rules.map(({ id }) => id),
      ['open-door'],
    );
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
  });

  it('counts lines and columns from one', () => {
    const [result] = runOf([fileWith('a: 1\n🚪: bot\n', 'bot')]).results;
    assert.deepEqual(result?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'm.threatmodel.yaml', index: 0 },
      region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 8 },
    });
  });

  it('has a code flow for a path, and none for a finding without one', () => {
    const [path, other] = runOf(sampleFiles()).results;
    assert.equal(path?.codeFlows?.[0]?.threadFlows[0]?.locations.length, 2);
    assert.equal(other?.codeFlows, undefined);
    const [begins] = runOf([fileWith('a: b\n', 'a', { sources: ['a'], related: [] })]).results;
    assert.equal(begins?.codeFlows, undefined);
  });

  it('suppresses what is accepted, and leaves out what does not apply', () => {
    const of = (state: 'open' | 'accepted' | 'not-applicable') =>
      runOf([fileWith('a: b\n', 'a', { state })]).results.map(({ suppressions }) => suppressions?.length ?? 0);
    assert.deepEqual([of('open'), of('accepted'), of('not-applicable')], [[0], [1], []]);
  });

  it('says in the invocation what is wrong with the files', () => {
    const [wrong] = runOf(sampleFiles()).invocations;
    assert.equal(wrong?.executionSuccessful, false);
    assert.equal(wrong.toolExecutionNotifications.length, 3);
    assert.equal(runOf([fileWith('a: b\n', 'a')]).invocations[0]?.executionSuccessful, true);
  });

  for (const [path, uri] of [
    ['models/a b.yaml', 'models/a%20b.yaml'],
    ['größe #1?.yaml', 'gr%C3%B6%C3%9Fe%20%231%3F.yaml'],
    ['../up.yaml', '../up.yaml'],
    ['a:b/100%.yaml', 'a%3Ab/100%25.yaml'],
    ['/srv/a b.yaml', 'file:///srv/a%20b.yaml'],
    ['D:/a b.yaml', 'file:///D:/a%20b.yaml'],
    ['\ud800.yaml', '%EF%BF%BD.yaml'],
    ['-', '-'],
  ] as const) {
    it(`writes the path ${JSON.stringify(path)} as a URI`, () => {
      assert.equal(runOf([{ ...fileWith('a: b\n', 'a'), path }]).artifacts[0]?.location.uri, uri);
    });
  }

  it('makes no link of what an author writes, and no order', () => {
    const message = '[approved](https://evil.example) \\ \u001b[2J\u009b\u202e';
    const report = sarifReport([fileWith('a: b\n', 'a', { message })], catalogue, '1.2.3');
    assert.doesNotMatch(report.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u);
    const { text } = runOf([fileWith('a: b\n', 'a', { message, missing: [] })]).results[0]!.message;
    assert.equal(text, '\\[approved\\](https://evil.example) \\\\ \u001b\\[2J\u009b\u202e');
  });

  it('keeps names of object prototypes', () => {
    const { results } = runOf([fileWith('__proto__: x\n', '__proto__', { rule: 'constructor', fingerprint: '__proto__' })]);
    assert.deepEqual(results[0]?.partialFingerprints, { 'threatwright/v1': '__proto__' });
    assert.equal(results[0].ruleId, 'constructor');
  });
});
