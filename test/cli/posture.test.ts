import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';

const example = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');

describe('threatwright posture', function () {
  this.timeout(60_000);
  let program: Program;
  let folder: string;
  const run = (...args: string[]): Promise<Run> => program.run(['posture', ...args], { cwd: folder });
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...args], { cwd: folder });

  before(async () => {
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, {
      'a b.threatmodel.yaml': example,
      'sub/broken.threatmodel.yaml': 'threatmodel: 1\nelements: { a: { kind: agnet } }\n',
    });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    writeFiles(folder, {
      'a b.threatmodel.yaml': example.replace(
        'human-approval: { status: planned, owner: jane@contoso.example, due: 2027-01-15 }',
        'human-approval: in-place',
      ),
    });
  });
  after(() => {
    program.close();
    rmSync(folder, { recursive: true });
  });

  it('says which controls are called for, and what to do', async () => {
    const { code, out, err } = await run('a b.threatmodel.yaml', '--date', '2026-11-22');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /CONTOSO SUPPORT AGENT a b\.threatmodel\.yaml/);
    assert.match(out, /controls are called for: \d+ in place/);
    assert.match(out, /Agent and tool safety/);
    assert.match(out, /One control at one place/);
  });

  it('is the same each time, as JSON too', async () => {
    const once = await run('a b.threatmodel.yaml', '--format', 'json', '--date', '2026-11-22');
    assert.equal(once.out, (await run('a b.threatmodel.yaml', '--format', 'json', '--date', '2026-11-22')).out);
    const { models } = JSON.parse(once.out) as { models: { controls: { id: string; state: string }[] }[] };
    assert.equal(models[0]?.controls.find(({ id }) => id === 'human-approval')?.state, 'in-place');
  });

  for (const since of ['HEAD', 'main', 'HEAD~0']) {
    it(`says what has changed since ${since}`, async () => {
      const { code, out } = await run('a b.threatmodel.yaml', '--since', since, '--format', 'json');
      assert.equal(code, 0);
      const { models } = JSON.parse(out) as { models: { progress: { since: string; controls: object[] } }[] };
      assert.equal(models[0]?.progress.since, since);
      assert.ok(
        models[0].progress.controls.some(
          (it) => JSON.stringify(it) === '{"control":"human-approval","before":"planned","after":"in-place"}',
        ),
      );
    });
  }

  it('says what has changed since another file', async () => {
    writeFiles(folder, { 'old.yaml': 'threatmodel: 1\n' });
    const { code, out } = await run('a b.threatmodel.yaml', '--since', 'old.yaml');
    assert.equal(code, 0);
    assert.match(out, /Since old\.yaml: \d+ findings? closed.*, \d+ findings new/);
  });

  for (const [title, args, said] of [
    ['a revision that is not there', ['--since', 'nowhere'], /a b\.threatmodel\.yaml cannot be read in revision nowhere: .*nowhere/],
    ['a revision that is an option', ['--since=--output=x'], /"--output=x" is no revision/],
    ['a revision that is empty', ['--since='], /"" is no revision/],
    ['a format that is not known', ['--format', 'html'], /--format is one of text, json, markdown/],
    ['a place that cannot be written', ['--export-workshop', 'old.yaml/x'], /old\.yaml\/x cannot be written/],
  ] as const) {
    it(`exits with 2 for ${title}`, async () => {
      writeFiles(folder, { 'old.yaml': 'threatmodel: 1\n' });
      const { code, err } = await run('a b.threatmodel.yaml', ...args);
      assert.equal(code, 2);
      assert.match(err, said);
    });
  }

  it('exits with 2 for a model with errors, which it reports as far as it is understood', async () => {
    const { code, out, err } = await run('.', '--format', 'markdown');
    assert.equal(code, 2);
    assert.match(err, /broken\.threatmodel\.yaml has an error/);
    assert.match(out, /\| Model \| File \|/);
  });

  it('writes what the board of the workshop imports, and says that this is best effort', async () => {
    const { code, err } = await run('a b.threatmodel.yaml', '--export-workshop', 'out/board.json', '--date', '2026-11-22');
    assert.equal(code, 0);
    assert.match(err, /best effort/);
    const board = JSON.parse(readFileSync(path.join(folder, 'out/board.json'), 'utf8')) as {
      metadata: { exportType: string };
      configuration: { pillars: Record<string, { taskOverrides: object }> };
    };
    assert.equal(board.metadata.exportType, 'full-configuration');
    assert.ok(Object.keys(board.configuration.pillars['ai']?.taskOverrides ?? {}).length > 10);
  });
});
