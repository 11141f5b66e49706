import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';

const example = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');

describe('threatwright report', function () {
  this.timeout(60_000);
  let program: Program;
  let folder: string;
  const run = (...args: string[]): Promise<Run> => program.run(['report', ...args], { cwd: folder });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  before(async () => {
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, { 'a.threatmodel.yaml': example, 'b/b.threatmodel.yaml': 'threatmodel: 1\ntitle: Second\n', file: 'in the way' });
  });
  after(() => {
    program.close();
    rmSync(folder, { recursive: true });
  });

  it('writes all formats at once, the same bytes each time', async () => {
    const outputs = ['r.html', 'r.md', 'r.pdf', 'r.csv', 'R.Controls.CSV'];
    const { code, out, err } = await run('.', ...outputs.flatMap((name) => ['-o', name]), '--date', '2026-11-22');
    assert.deepEqual([code, out, err], [0, `${outputs.join('\n')}\n`, '']);
    assert.match(read('r.html'), /^<!DOCTYPE html>[\s\S]*<svg[\s\S]*Contoso support agent[\s\S]*Second[\s\S]*<\/html>\n$/);
    assert.match(read('r.md'), /^# Threat models\n[\s\S]*\n## Contoso support agent\n/);
    assert.match(read('r.pdf'), /^%PDF-1[\s\S]*%%EOF\s*$/);
    assert.match(read('r.csv'), /^\ufeffModel,File,Line,Severity/);
    assert.match(read('R.Controls.CSV'), /^\ufeffModel,File,Pillar/);
    const before = outputs.map(read);
    await run('.', ...outputs.flatMap((name) => ['-o', `again/${name}`]), '--date', '2026-11-22');
    assert.deepEqual(
      outputs.map((name) => read(`again/${name}`)),
      before,
    );
  });

  it('draws elements where they were put by hand, as a picture does, and says when that cannot be known', async () => {
    const placeOf = (name: string): string => /data-id="crm"[^>]* transform="([^"]*)"/.exec(read(name))?.[1] ?? '';
    const pins = 'a.threatmodel.layout.json';
    assert.equal((await run('a.threatmodel.yaml', '-o', 'laid-out.html')).err, '');
    writeFiles(folder, { [pins]: JSON.stringify({ version: 1, pins: { crm: { in: 'runtime', x: 150, y: 180 } } }) });
    assert.equal((await run('a.threatmodel.yaml', '-o', 'pinned.html')).err, '');
    await program.run(['draw', 'a.threatmodel.yaml', '-o', 'pinned.svg'], { cwd: folder });
    assert.match(placeOf('pinned.html'), /^translate/);
    assert.notEqual(placeOf('pinned.html'), placeOf('laid-out.html'));
    assert.equal(placeOf('pinned.html'), placeOf('pinned.svg'));
    writeFiles(folder, { [pins]: '{"version":7}' });
    assert.match((await run('a.threatmodel.yaml', '-o', 'refused.html')).err, /a\.threatmodel\.layout\.json says no places/);
    assert.equal(read('refused.html'), read('laid-out.html'));
    rmSync(path.join(folder, pins));
  });

  it('says where an assessment and the model differ', async () => {
    const report = {
      Tests: [{ TestId: '61011', TestTitle: 'Sign in', TestStatus: 'Failed' }],
      EndOfJson: 'EndOfJson',
      ExecutedAt: '2026-08-01T10:00:00Z',
    };
    writeFiles(folder, { 'zt.json': JSON.stringify(report) });
    assert.equal((await run('a.threatmodel.yaml', '-o', 'evidence.md', '--assessment', 'zt.json')).code, 0);
    assert.match(read('evidence.md'), /### Evidence of the Zero Trust Assessment[\s\S]*saw test 61011 \(Sign in\) fail/);
    const checked = await program.run(['check', 'a.threatmodel.yaml', '--assessment', 'zt.json', '--fail-on', 'none'], { cwd: folder });
    assert.equal(checked.code, 0);
    assert.match(checked.out, /warning: "Users authenticate before using AI" is stated as in place, .* \(assessment-saw-failing\)/);
    assert.match(checked.out, /info: The Zero Trust Assessment, 2026-08-01 has/);
  });

  it('has what an assessment saw in the JSON and SARIF of a check', async () => {
    const tests = [{ TestId: '61011', TestTitle: 'Sign in', TestStatus: 'Failed' }];
    writeFiles(folder, {
      'zt.json': JSON.stringify({ Tests: tests, EndOfJson: 'EndOfJson', CurrentVersion: '99.1', ExecutedAt: '2026-08-01T10:00:00Z' }),
    });
    const args = ['check', 'a.threatmodel.yaml', '--assessment', 'zt.json', '--fail-on', 'none', '--date', '2026-11-22'];
    const checked = async (format: string): Promise<string> => (await program.run([...args, '--format', format], { cwd: folder })).out;
    const json = JSON.parse(await checked('json')) as {
      readonly files: readonly {
        readonly path: string;
        readonly problems: readonly { readonly code: string; readonly severity: string }[];
      }[];
    };
    const ofJson = json.files.flatMap(({ path, problems }) => problems.map(({ code, severity }) => `${path} ${severity} ${code}`));
    const expected = [
      'a.threatmodel.yaml info assessment-summary',
      'a.threatmodel.yaml warning assessment-saw-failing',
      'zt.json warning assessment-note',
    ];
    assert.deepEqual(ofJson.filter((line) => line.includes('assessment-')).sort(), expected);
    const sarif = JSON.parse(await checked('sarif')) as {
      readonly runs: readonly {
        readonly invocations: readonly {
          readonly toolExecutionNotifications: readonly {
            readonly descriptor: { readonly id: string };
            readonly level: string;
            readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }];
          }[];
        }[];
      }[];
    };
    const ofSarif = sarif.runs
      .flatMap(({ invocations }) => invocations.flatMap((it) => it.toolExecutionNotifications))
      .map(({ descriptor, level, locations }) => `${locations[0].physicalLocation.artifactLocation.uri} ${level} ${descriptor.id}`);
    assert.deepEqual(
      ofSarif.filter((line) => line.includes('assessment-')).sort(),
      expected.map((line) => line.replace(' info ', ' note ')),
    );
  });

  it('says when an assessment cannot be read', async () => {
    writeFiles(folder, { 'cut.json': '{ "Tests": [' });
    const checked = await program.run(['check', 'a.threatmodel.yaml', '--assessment', 'cut.json', '--fail-on', 'none'], { cwd: folder });
    assert.equal(checked.code, 2);
    assert.match(checked.out, /No evidence can be taken from cut\.json\. It ends in the middle/);
    const reported = await run('a.threatmodel.yaml', '-o', 'x.md', '--assessment', 'gone.json');
    assert.equal(reported.code, 2);
    assert.match(reported.err, /gone\.json\. It cannot be read: there is no such file/);
  });

  for (const [title, args, said] of [
    ['no model is named', ['-o', 'x.html'], /Which models are to be reported/],
    ['no output is named', ['a.threatmodel.yaml'], /Where to\?/],
    ['the ending is unknown', ['a.threatmodel.yaml', '-o', 'x.docx'], /A report ends with \.html, \.md/],
    ['the file cannot be written', ['a.threatmodel.yaml', '-o', 'file/x.md'], /file\/x\.md cannot be written/],
    ['there is no such model', ['gone.threatmodel.yaml', '-o', 'x.md'], /gone\.threatmodel\.yaml cannot be read/],
  ] as const) {
    it(`exits with 2 when ${title}`, async () => {
      const { code, err } = await run(...args);
      assert.equal(code, 2);
      assert.match(err, said);
    });
  }
});
