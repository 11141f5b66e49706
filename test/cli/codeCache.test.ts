import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
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
  const keptFile = (): string => {
    const below = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.code'));
    assert.equal(below.length, 1, below.join());
    return path.join(folder, below[0]!);
  };
  /** Keeps the code of the one as if it were that of the other. */
  const keepOther = async (): Promise<void> => {
    assert.equal(await run(other), 'other');
    const kept = readFileSync(keptFile());
    kept.writeUInt32LE(crc32(Buffer.from(first)), 0);
    writeFileSync(keptFile(), kept);
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
      damage(keptFile());
      assert.equal(await run(first), 'first');
      assert.equal(readFileSync(keptFile()).readUInt32LE(0), crc32(Buffer.from(first)));
      assert.equal(await run(other), 'other');
    }
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
    assert.ok(existsSync(keptFile()));
    if (process.platform !== 'win32') assert.equal(statSync(keptFile()).mode & 0o777, 0o600);
  });
});
