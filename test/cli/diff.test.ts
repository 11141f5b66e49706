import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';

const OLD =
  'threatmodel: 1\ntitle: Shop\nelements:\n  visitor: { kind: human-user }\n  old: { kind: agent }\nflows:\n  f: { from: visitor, to: old }\n';
const NEW = OLD.replace('  old: { kind: agent }', '  old: { kind: agent }\n  fresh: { kind: tool }');

describe('threatwright diff', function () {
  this.timeout(30_000);
  let program: Program;
  let folder: string;
  const run = (...args: string[]): Promise<Run> => program.run(['diff', ...args], { cwd: folder });
  const addedBy = async (...args: string[]): Promise<string[]> => {
    const { out } = await run('--format', 'json', ...args);
    return (JSON.parse(out) as { elements: { added: { id: string }[] } }).elements.added.map(({ id }) => id);
  };

  before(async function () {
    this.timeout(60_000);
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, { 'old.threatmodel.yaml': OLD, 'new.threatmodel.yaml': NEW, 'm ü/m.threatmodel.yaml': OLD });
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', ...args], { cwd: folder });
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    writeFiles(folder, { 'm ü/m.threatmodel.yaml': NEW });
    git('commit', '--quiet', '--all', '--message', 'second');
    rmSync(path.join(folder, 'new.threatmodel.yaml'));
    git('commit', '--quiet', '--all', '--message', 'third');
    writeFiles(folder, { 'new.threatmodel.yaml': NEW });
  });
  after(() => {
    program.close();
    rmSync(folder, { recursive: true });
  });

  it('compares files, and revisions of them', async () => {
    const model = 'm ü/m.threatmodel.yaml';
    assert.deepEqual(await addedBy('old.threatmodel.yaml', 'new.threatmodel.yaml'), ['fresh']);
    assert.deepEqual(await addedBy('new.threatmodel.yaml', 'old.threatmodel.yaml'), []);
    assert.deepEqual(await addedBy(`HEAD~2:${model}`, model), ['fresh']);
    assert.deepEqual(await addedBy('--rev', 'HEAD~2..HEAD', model), ['fresh']);
    assert.deepEqual(await addedBy('--rev', 'HEAD~2', model), ['fresh']);
    assert.deepEqual(await addedBy('--rev', 'HEAD~1', model), []);
    rmSync(path.join(folder, 'new.threatmodel.yaml'));
    assert.deepEqual(await addedBy('old.threatmodel.yaml', 'HEAD~1:new.threatmodel.yaml'), ['fresh']);
    writeFiles(folder, { 'new.threatmodel.yaml': NEW });
  });

  it('is 0 with a difference and without one', async () => {
    const { code, out, err } = await run('old.threatmodel.yaml', 'new.threatmodel.yaml');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /Added fresh: kind tool/);
    const same = await run('old.threatmodel.yaml', 'old.threatmodel.yaml', '--format', 'markdown');
    assert.equal(same.code, 0);
    assert.match(same.out, /Nothing has changed/);
  });

  it('draws the change', async () => {
    const { code } = await run('old.threatmodel.yaml', 'new.threatmodel.yaml', '-o', 'out/d.svg');
    assert.equal(code, 0);
    const svg = readFileSync(path.join(folder, 'out/d.svg'), 'utf8');
    assert.equal(svg.match(/class="tw-changes"/g)?.length, 2);
    assert.match(svg, /data-id="fresh"/);
    await run('old.threatmodel.yaml', 'new.threatmodel.yaml', '-o', 'd.png');
    assert.equal(readFileSync(path.join(folder, 'd.png')).subarray(1, 4).toString(), 'PNG');
  });

  for (const [name, args, message] of [
    ['one model', ['old.threatmodel.yaml'], /Which models/],
    ['a file that is not there', ['gone', 'old.threatmodel.yaml'], /gone cannot be read: there is no such file/],
    ['a revision that is not there', ['nothing:old.threatmodel.yaml', 'old.threatmodel.yaml'], /cannot be read in revision nothing/],
    ['an option as a revision', ['--rev=--output=x', 'old.threatmodel.yaml'], /is no revision/],
    ['another picture', ['old.threatmodel.yaml', 'old.threatmodel.yaml', '-o', 'x.gif'], /ends with \.svg or \.png/],
    ['three revisions', ['--rev', 'a..b..c', 'x'], /Revisions of one file/],
  ] as const) {
    it(`is 2 for ${name}`, async () => {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });
  }
});
