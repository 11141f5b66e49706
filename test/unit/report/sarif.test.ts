import assert from 'node:assert/strict';
import type { Acceptance } from '../../../server/src/model/index.ts';
import { LineIndex } from '../../../server/src/syntax/index.ts';
import type { FileReport } from '../../../server/src/report/index.ts';
import { sarifReport } from '../../../server/src/report/index.ts';
import { assertSarif } from '../../tools/sarifSchema.ts';
import { assertGolden, catalogue, fileWith, sampleFiles, spanOf } from './support.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: object; readonly region: object } }[];
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly object[] }[] }[];
  readonly suppressions?: readonly object[];
  readonly partialFingerprints: object;
  readonly baselineState?: string;
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly { readonly replacements: readonly Replacement[] }[];
  }[];
}
interface Replacement {
  readonly deletedRegion: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>;
  readonly insertedContent: { readonly text: string };
}
interface Descriptor {
  readonly id: string;
  readonly relationships?: readonly {
    readonly target: {
      readonly id: string;
      readonly index: number;
      readonly toolComponent: { readonly name: string; readonly index: number };
    };
  }[];
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Descriptor[] } };
  readonly taxonomies?: readonly { readonly name: string; readonly taxa: readonly { readonly id: string }[] }[];
  readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
  readonly results: readonly Result[];
  readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly object[] }[];
}

function runOf(files: readonly FileReport[]): Run {
  const log = JSON.parse(sarifReport(files, catalogue, '1.2.3')) as { runs: [Run] };
  assertSarif(log);
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

  it('says who has accepted a finding, why, until when and where', () => {
    const source = 'a: b\naccepted: x\n';
    const acceptance = (changes: Partial<Acceptance>): Acceptance => ({
      ...{ rule: 'open-door', at: 'a', from: undefined, owner: undefined, reason: undefined, until: undefined, untilSpan: undefined },
      ...{ span: spanOf(source, 'x'), ...changes },
    });
    const file = fileWith(source, 'a', { state: 'accepted', sources: ['s'] });
    const said = (acceptances: readonly Acceptance[]) => runOf([{ ...file, acceptances }]).results[0]?.suppressions?.[0];
    const location = {
      physicalLocation: {
        artifactLocation: { uri: 'm.threatmodel.yaml', index: 0 },
        region: { startLine: 2, startColumn: 11, endLine: 2, endColumn: 12 },
      },
    };
    const [kind, status] = ['inSource', 'accepted'];
    assert.deepEqual(
      said([acceptance({ from: ['other'] }), acceptance({ owner: 'me', reason: 'Old.', until: '2027-01-01', from: ['s'] })]),
      { kind, status, justification: 'Old. (accepted by me, until 2027-01-01)', location },
    );
    assert.deepEqual(said([acceptance({})]), { kind, status, location });
    assert.deepEqual(said([acceptance({ rule: 'other' })]), { kind, status });
  });

  it('offers a fix whose replacements make the fixed text', () => {
    const source = 'a: 1\r\n🚪: bot\r\nend: x';
    const file = fileWith(source, 'bot');
    const edits = [
      { span: { start: 3, end: 4 }, text: '[1]' },
      { span: { start: source.length, end: source.length }, text: '\r\nnew: [y]' },
      { span: spanOf(source, 'bot'), text: '' },
    ];
    const { fixes } = runOf([{ ...file, fixes: new Map([['open-door:bot', { title: 'Do [it]', edits }]]) }]).results[0]!;
    assert.equal(fixes?.[0]?.description.text, 'Do \\[it\\]');
    const lines = new LineIndex(source);
    const read = fixes[0].artifactChanges[0]!.replacements.map(({ deletedRegion: at, insertedContent: { text } }) => ({
      span: {
        start: lines.offsetAt({ line: at.startLine - 1, character: at.startColumn - 1 }),
        end: lines.offsetAt({ line: at.endLine - 1, character: at.endColumn - 1 }),
      },
      text,
    }));
    assert.deepEqual(read, edits);
  });

  it('relates rules to the frameworks that they are mapped to', () => {
    const { tool, taxonomies } = runOf(sampleFiles());
    const relations = tool.driver.rules.flatMap(({ relationships }) => relationships ?? []);
    assert.ok(relations.length > 0);
    for (const { target } of relations) {
      const framework = taxonomies?.[target.toolComponent.index];
      assert.equal(framework?.name, target.toolComponent.name);
      assert.equal(framework.taxa[target.index]?.id, target.id);
    }
    assert.equal(runOf([]).taxonomies, undefined);
  });

  it('marks what is new when it is compared with an earlier run', () => {
    const file = fileWith('a: b\n', 'a');
    const stateOf = (known?: ReadonlySet<string>) => runOf([known ? { ...file, known } : file]).results[0]?.baselineState;
    assert.deepEqual([stateOf(), stateOf(new Set()), stateOf(new Set(['open-door:a']))], [undefined, 'new', 'unchanged']);
  });

  it('keeps the most severe of too many results, and says how many are left out', () => {
    const [low] = fileWith('a: b\n', 'a', { severity: 'low' }).findings;
    const [high] = fileWith('a: b\n', 'a').findings;
    assert.ok(low && high);
    const findings = [...Array.from({ length: 25_000 }, () => low), high];
    const { results, invocations } = runOf([{ ...fileWith('a: b\n', 'a'), findings }]);
    assert.deepEqual([results.length, results.at(-1)?.level], [25_000, 'error']);
    assert.match(JSON.stringify(invocations[0]?.toolExecutionNotifications), /1 findings, the least severe/);
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
