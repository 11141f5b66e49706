import assert from 'node:assert/strict';
import { githubReport, type FileReport } from '../../../server/src/report/index.ts';
import { HOSTILE, ORDER_IN_LOG } from './hostileNames.ts';
import { assertGolden, catalogue, fileWith, sampleFiles } from './support.ts';

interface Command {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const report = (files: readonly FileReport[]): string => githubReport(files, catalogue);

/** As the runner reads a line: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function readCommand(line: string): Command {
  const [, level = '', properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const data = (text: string): string => text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
  const pairs = properties.split(',').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return [name, data(rest.join('=').replaceAll('%3A', ':').replaceAll('%2C', ','))] as const;
  });
  return { level, properties: Object.fromEntries(pairs), message: data(message) };
}

describe('report: GitHub annotations', () => {
  it('is as in the golden file', () => {
    assertGolden('two-files.github.txt', report(sampleFiles()));
  });

  it('says the place, with columns only within a line', () => {
    const [line = ''] = report([fileWith('x: 1\n🚪: bot\n', 'bot')]).split('\n');
    const one = readCommand(line);
    assert.deepEqual(one.properties, {
      ...{ file: 'm.threatmodel.yaml', line: '2', endLine: '2', col: '5', endColumn: '8', title: 'high: open-door' },
    });
    const { properties } = readCommand(report([fileWith('a: [x,\n  y]\n', '[x,\n  y]')]).split('\n')[0] ?? '');
    assert.deepEqual([properties['line'], properties['endLine'], properties['col']], ['1', '2', undefined]);
  });

  it('puts the heaviest first, of all files', () => {
    const files = (['low', 'critical', 'medium', 'high'] as const).map((severity) => fileWith('a: b\n', 'a', { severity }));
    const lines = report(files).trimEnd().split('\n');
    assert.deepEqual(
      lines.slice(0, -1).map((line) => readCommand(line).level),
      ['error', 'error', 'warning', 'notice'],
    );
    assert.match(lines.at(-1) ?? '', /^4 models, findings: /);
  });

  it('leaves out what is settled or was known', () => {
    assert.doesNotMatch(report([fileWith('a: b\n', 'a', { state: 'accepted' })]), /::/);
    const known = report([{ ...fileWith('a: b\n', 'a'), known: new Set(['open-door:a']) }]);
    assert.equal(known, '1 model, no new findings; 1 known before\n');
  });

  for (const name of HOSTILE) {
    it(`is read back with the name ${JSON.stringify(name)}`, () => {
      const file = { ...fileWith('a: b\n', 'a', { subject: name, message: name, missing: [] }), path: name };
      const lines = report([file]).trimEnd().split('\n');
      assert.equal(lines.length, 2);
      const [line = '', summary = ''] = lines;
      assert.doesNotMatch(line, ORDER_IN_LOG);
      assert.doesNotMatch(line, /[\p{Cc}\p{Bidi_Control}]/u);
      assert.doesNotMatch(summary, /^\s*::/);
      const { level, properties, message } = readCommand(line);
      assert.equal(level, 'error');
      assert.deepEqual(Object.keys(properties), ['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
      if (/^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(name) && !ORDER_IN_LOG.test(name))
        assert.deepEqual([properties['file'], message], [name, name]);
    });
  }
});
