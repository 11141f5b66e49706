import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { crc32 } from 'node:zlib';
import { LATER } from '../../server/src/optimiseLater.ts';
import { Program, temporaryFolder, writeFiles } from '../tools/cli.ts';

describe('the code that the command line keeps', () => {
  /** V8 takes code for that of any source of the same length: which of the two runs tells whose code was used. */
  const [first, other] = ['first', 'other'].map((word) => `process.stdout.write('${word}');\n`) as [string, string];
  let program: Program;
  let folder: string;

  const run = async (source: string, more: { readonly args?: string[]; readonly env?: Record<string, string> } = {}): Promise<string> => {
    writeFileSync(path.join(folder, 'program.cjs'), source);
    const { args = ['check'], env } = more;
    const home = { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, HOME: folder, NODE_DISABLE_COMPILE_CACHE: '', ...env };
    const { code, out, err } = await program.run(args, { file: path.join(folder, 'cli.cjs'), env: home });
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    return out;
  };
  const keptFiles = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.code'))
      .map((name) => path.join(folder, name));
  const keptFile = (source: string): string => {
    const files = keptFiles().filter((name) => name.includes(crc32(Buffer.from(source)).toString(16)));
    assert.equal(files.length, 1, files.join());
    return files[0]!;
  };
  /** Keeps the code of the one as if it were that of the other. */
  const keepOther = async (): Promise<void> => {
    for (const source of [first, other]) assert.equal(await run(source), await run(source));
    copyFileSync(keptFile(other), keptFile(first));
  };

  before(async function () {
    this.timeout(60_000);
    program = await Program.open();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    writeFiles(folder, { 'cli.cjs': '' });
    copyFileSync(program.file, path.join(folder, 'cli.cjs'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  after(() => program.close());

  it('is used by the next call', async () => {
    await keepOther();
    assert.equal(await run(first), 'other');
    assert.equal(await run(first, { args: ['draw'] }), 'other');
  });

  it('is not used when it is damaged, of another program, or could be from another user; then it is made again', async () => {
    const damages: readonly ((file: string) => void)[] = [
      (file) => writeFileSync(file, readFileSync(file).fill(0, 200, 210)),
      (file) => writeFileSync(file, readFileSync(file).subarray(0, 100)),
      (file) => writeFileSync(file, ''),
      ...(process.platform === 'win32' ? [] : [(file: string) => chmodSync(file, 0o666)]),
    ];
    for (const damage of damages) {
      await keepOther();
      damage(keptFile(first));
      assert.equal(await run(first), 'first');
      writeFileSync(keptFile(other), readFileSync(keptFile(first)));
      assert.equal(await run(other), 'first');
      rmSync(keptFile(other));
    }
  });

  it('is kept of the last four programs, and not made again when two are called in turn', async () => {
    assert.equal(await run(first), 'first');
    assert.equal(await run(other), 'other');
    const made = keptFiles().map((file) => statSync(file).mtimeMs);
    assert.equal(made.length, 2);
    assert.equal(await run(first), 'first');
    assert.equal(await run(other), 'other');
    assert.deepEqual(
      keptFiles().map((file) => statSync(file).mtimeMs),
      made,
    );
    const old = new Date('2020-01-01');
    utimesSync(keptFile(other), old, old);
    for (const more of ['a', 'b', 'c']) assert.equal(await run(`process.stdout.write('${more}');`), more);
    assert.equal(keptFiles().length, 4);
    keptFile(first);
    assert.throws(() => keptFile(other));
  });

  it('is that of its parts too, which later calls add to, and of no other file', async () => {
    const names = ['part-0A1B2C3D.cjs', 'late-0A1B2C3D.cjs', 'other.cjs'];
    const source = `for (const name of process.env.PARTS.split(' ')) process.stdout.write(require('./' + name));\n`;
    const write = (word: string): void => {
      for (const name of names) writeFileSync(path.join(folder, name), `module.exports = '${word}';\n`);
    };
    const [part, late, whole] = names as [string, string, string];
    write('first');
    assert.equal(await run(source, { env: { PARTS: part } }), 'first');
    assert.equal(await run(source, { env: { PARTS: `${part} ${late} ${part} ${whole}` } }), 'firstfirstfirstfirst');
    // Such a name is never that of another text; here it tells whose code is run.
    write('other');
    assert.equal(await run(source, { env: { PARTS: `${part} ${late} ${whole}` } }), 'firstfirstother');
  });

  it('is run by a V8 that optimises later, where V8 has an option for that', async () => {
    const told = await run(`process.stdout.write(String(require('node:v8').cachedDataVersionTag()));`);
    assert.equal(Number(told) !== cachedDataVersionTag(), LATER.has(process.versions.v8.split('.')[0]!));
  });

  it('is that of checks, for the user alone, and only where it may be', async () => {
    const nothing = (): void => assert.deepEqual(readdirSync(folder).sort(), ['cli.cjs', 'program.cjs']);
    assert.equal(await run(first, { args: ['--version'] }), 'first');
    nothing();
    assert.equal(await run(first, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } }), 'first');
    nothing();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    assert.equal(await run(first, { env: { XDG_CACHE_HOME: file, LOCALAPPDATA: file, HOME: file } }), 'first');
    assert.equal(await run(first), 'first');
    assert.ok(existsSync(keptFile(first)));
    if (process.platform !== 'win32') assert.equal(statSync(keptFile(first)).mode & 0o777, 0o600);
  });
});
