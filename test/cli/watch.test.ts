import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles } from '../tools/cli.ts';

const quiet = 'threatmodel: 1\nelements:\n  visitor: { kind: human-user }\n';
const louder = `${quiet}  bot: { kind: agent }\n`;

describe('threatwright check --watch', function () {
  this.timeout(60_000);
  let program: Program;
  let folder: string;
  let child: ChildProcess;
  let out = '';
  let wake: () => void = () => undefined;

  /** What is printed until it waits again. */
  const round = async (): Promise<string> => {
    while (!out.includes('waiting for changes')) await new Promise<void>((resolve) => (wake = resolve));
    const printed = out;
    out = '';
    return printed;
  };

  before(async function () {
    if (process.platform === 'win32') this.skip();
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, {
      'models/a.threatmodel.yaml': quiet,
      'models/b.threatmodel.yaml': 'threatmodel: 1\nuse:\n  s: ../shared/s.threatmodel.yaml\n',
      'shared/s.threatmodel.yaml': quiet,
      '.threatwright/config.yaml': 'mandatory: []\n',
      '.git/HEAD': '',
    });
    child = spawn(process.execPath, [program.file, 'check', '--watch', '--fail-on', 'none', 'models'], { cwd: folder });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        wake();
      });
    }
  });
  after(() => {
    child?.kill('SIGKILL');
    program?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  it('checks again after each change, and ends cleanly', async () => {
    assert.match(await round(), /^2 models, findings/m);
    writeFiles(folder, { 'models/a.threatmodel.yaml': louder });
    assert.match(await round(), /bot/);
    writeFiles(folder, { 'models/c.threatmodel.yaml': quiet });
    assert.match(await round(), /^3 models/m);
    rmSync(path.join(folder, 'models/a.threatmodel.yaml'));
    const without = await round();
    assert.match(without, /^2 models/m);
    assert.doesNotMatch(without, /bot/);
    writeFiles(folder, { 'shared/s.threatmodel.yaml': 'threatmodel: 1\nelements:\n  x: { kind: agnet }\n' });
    assert.match(await round(), /b\.threatmodel\.yaml/);
    writeFiles(folder, { '.threatwright/config.yaml': 'mandatory: [nothing-like-that]\n' });
    assert.match(await round(), /Unknown control/);

    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
  });

  it('is for text and files only', async () => {
    for (const args of [['--format', 'json'], ['-']]) {
      const { code, err } = await program.run(['check', '--watch', ...args]);
      assert.equal(code, 2);
      assert.match(err, /--watch is for people/);
    }
  });
});
