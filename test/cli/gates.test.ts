import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';
import { assertSarif } from '../tools/sarifSchema.ts';
import { assertValid, CHECK_SCHEMA } from '../unit/report/support.ts';

const example = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');
const quiet = 'threatmodel: 1\nelements:\n  visitor: { kind: human-user }\n';
/** One more element, one more finding. */
const louder = `${quiet}  bot: { kind: agent }\n`;

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly { readonly subject: string; readonly new?: boolean }[] }[];
  readonly summary: { readonly known?: number };
}

describe('threatwright check as a gate', function () {
  let program: Program;
  let folder: string;
  const run = (...args: string[]): Promise<Run> => program.run(['check', ...args], { cwd: folder });
  const pathsOf = async (...args: string[]): Promise<string[]> => {
    const report = JSON.parse((await run('--format', 'json', ...args)).out) as Report;
    return report.files.map((file) => file.path);
  };
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', ...args], { cwd: folder, encoding: 'utf8' });

  before(async function () {
    this.timeout(60_000);
    program = await Program.open();
  });
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  after(() => program.close());

  describe('--baseline', () => {
    for (const format of ['json', 'sarif']) {
      it(`lets pass what an earlier ${format} had, and marks what is new`, async () => {
        const name = 'a b/größe.threatmodel.yaml';
        writeFiles(folder, { [name]: quiet });
        writeFiles(folder, { 'base.json': (await run('--format', format, '.')).out });
        assert.equal((await run('--fail-on', 'low', '.')).code, 1);
        const same = await run('--fail-on', 'low', '--baseline', 'base.json', '.');
        assert.equal(same.code, 0);
        assert.match(same.out, /no new findings; \d+ known before/);

        writeFiles(folder, { [name]: louder });
        const more = await run('--fail-on', 'low', '--baseline', 'base.json', '--format', 'json', '.');
        assert.equal(more.code, 1);
        const report = JSON.parse(more.out) as Report;
        assertValid(CHECK_SCHEMA, report);
        const fresh = report.files[0]!.findings.filter((finding) => finding.new);
        assert.ok(fresh.some(({ subject }) => subject === 'bot'));
        assert.ok(fresh.every(({ subject }) => subject !== 'visitor'));
        const sarif = JSON.parse((await run('--baseline', 'base.json', '--format', 'sarif', '.')).out) as object;
        assertSarif(sarif);
        assert.match(
          JSON.stringify(sarif),
          /"baselineState":"new".*"baselineState":"unchanged"|"baselineState":"unchanged".*"baselineState":"new"/,
        );
      });
    }

    it('does not know what was accepted then and is open now', async () => {
      writeFiles(folder, { 'm.threatmodel.yaml': quiet });
      const { files } = JSON.parse((await run('--format', 'json', '.')).out) as {
        files: { findings: { rule: string; subject: string }[] }[];
      };
      const entries = files[0]!.findings.map(
        ({ rule, subject }) => `  - { rule: ${rule}, at: ${subject}, owner: me, reason: A test., until: 2026-12-31 }\n`,
      );
      writeFiles(folder, { 'm.threatmodel.yaml': `${quiet}accepted:\n${entries.join('')}` });
      writeFiles(folder, { 'base.json': (await run('--format', 'json', '--date', '2026-12-31', '.')).out });
      const later = await run('--fail-on', 'low', '--baseline', 'base.json', '--date', '2027-01-01', '.');
      assert.equal(later.code, 1);
    });

    it('is 2 for what is no output of a check', async () => {
      writeFiles(folder, { 'm.threatmodel.yaml': quiet, 'other.json': '{"version": 2}', 'broken.json': '{' });
      for (const name of ['other.json', 'broken.json', 'gone.json']) {
        const { code, out, err } = await run('--baseline', name, '.');
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, new RegExp(`--baseline ${name} (is neither|cannot be read)`));
      }
    });
  });

  describe('--changed-since', () => {
    beforeEach(() => {
      writeFiles(folder, {
        'base.threatmodel.yaml': quiet,
        'user.threatmodel.yaml': `threatmodel: 1\nuse:\n  b: ./base.threatmodel.yaml\n`,
        'far/user.threatmodel.yaml': `threatmodel: 1\nuse:\n  u: ../user.threatmodel.yaml\n`,
        'alone ü.threatmodel.yaml': quiet,
        'ruled/m.threatmodel.yaml': quiet,
        'ruled/.threatwright/config.yaml': 'mandatory: []\n',
      });
      git('init', '--quiet', '--initial-branch', 'main');
      git('add', '.');
      git('commit', '--quiet', '--message', 'first');
    });

    it('checks nothing when nothing has changed', async () => {
      const { code, out } = await run('--changed-since', 'HEAD', '.');
      assert.deepEqual([code, out], [0, '0 models, no findings\n']);
    });

    it('checks what has changed, what is new, and what uses or obeys what has changed', async () => {
      writeFiles(folder, { 'alone ü.threatmodel.yaml': louder });
      assert.deepEqual(await pathsOf('--changed-since', 'HEAD', '.'), ['alone ü.threatmodel.yaml']);
      writeFiles(folder, { 'new.threatmodel.yaml': quiet });
      assert.deepEqual(await pathsOf('--changed-since', 'HEAD', '.'), ['alone ü.threatmodel.yaml', 'new.threatmodel.yaml']);
      git('add', '.');
      git('commit', '--quiet', '--message', 'second');
      writeFiles(folder, { 'base.threatmodel.yaml': louder });
      const users = ['base.threatmodel.yaml', 'far/user.threatmodel.yaml', 'user.threatmodel.yaml'];
      assert.deepEqual(await pathsOf('--changed-since', 'HEAD', '.'), users);
      rmSync(path.join(folder, 'base.threatmodel.yaml'));
      assert.deepEqual(await pathsOf('--changed-since', 'HEAD', '.'), users.slice(1));
      git('checkout', '--quiet', '.');
      writeFiles(folder, { 'ruled/.threatwright/config.yaml': 'mandatory: [] # changed\n' });
      assert.deepEqual(await pathsOf('--changed-since', 'HEAD', '.'), ['ruled/m.threatmodel.yaml']);
    });

    it('counts from where a branch was left', async () => {
      git('checkout', '--quiet', '-b', 'work');
      git('checkout', '--quiet', 'main');
      writeFiles(folder, { 'alone ü.threatmodel.yaml': louder });
      git('commit', '--quiet', '--all', '--message', 'on main');
      git('checkout', '--quiet', 'work');
      assert.deepEqual(await pathsOf('--changed-since', 'main', '.'), []);
    });

    it('is 2 when git cannot say', async () => {
      for (const revision of ['nothing', '--output=x', '']) {
        const { code, out, err } = await run(`--changed-since=${revision}`, '.');
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, /--changed-since/);
      }
      rmSync(path.join(folder, '.git'), { recursive: true });
      assert.match((await run('--changed-since', 'HEAD', '.')).err, /not a git repository/);
    });
  });

  describe('--fix', () => {
    const mistaken = 'threatmodel: 1\r\nelements:\r\n  visitor: { kind: human-usr } # ü\r\n';
    const mended = mistaken.replace('usr', 'user');
    for (const [name, encode] of [
      ['UTF-8', (text: string) => Buffer.from(text)],
      ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
      ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['UTF-16 big endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ] as const) {
      it(`mends the file and nothing else: ${name}, Windows line ends`, async () => {
        writeFiles(folder, { 'm.threatmodel.yaml': encode(mistaken) });
        const { code, err } = await run('--fix', '.');
        assert.deepEqual([code, err], [0, 'threatwright: m.threatmodel.yaml is mended.\n']);
        assert.deepEqual(readFileSync(path.join(folder, 'm.threatmodel.yaml')), encode(mended));
        const again = await run('--fix', '.');
        assert.deepEqual([again.code, again.err], [0, '']);
      });
    }

    it('adds lines as the others are', async () => {
      writeFiles(folder, { 'm.threatmodel.yaml': mended.replace('threatmodel: 1\r\n', '') });
      await run('--fix', '.');
      assert.doesNotMatch(readFileSync(path.join(folder, 'm.threatmodel.yaml'), 'utf8'), /(^|[^\r])\n/);
      assert.match(readFileSync(path.join(folder, 'm.threatmodel.yaml'), 'utf8'), /^threatmodel: 1\r\n/);
    });

    it('leaves bytes alone that are no text', async () => {
      const bytes = Buffer.concat([Buffer.from(mistaken), Buffer.from([0x23, 0xff, 0xfe, 0x0a])]);
      writeFiles(folder, { 'm.threatmodel.yaml': bytes });
      const { code, out } = await run('--fix', '.');
      assert.equal(code, 2);
      assert.match(out, /is not mended/);
      assert.deepEqual(readFileSync(path.join(folder, 'm.threatmodel.yaml')), bytes);
    });
  });

  it('takes quoted patterns, and says when nothing fits', async () => {
    writeFiles(folder, {
      'a/prod-1.threatmodel.yaml': quiet,
      'b/c/prod-2.threatmodel.yml': quiet,
      'b/test.threatmodel.yaml': quiet,
      'b/prod.md': '',
    });
    assert.deepEqual(await pathsOf('**/prod-*'), ['a/prod-1.threatmodel.yaml', 'b/c/prod-2.threatmodel.yml']);
    assert.deepEqual(await pathsOf('b/*.yaml'), ['b/test.threatmodel.yaml']);
    const { code, err } = await run('**/dev-*');
    assert.deepEqual([code, err], [2, 'threatwright: No *.threatmodel.yaml fits **/dev-*.\n']);
  });

  it('says the same of many models as of each', async function () {
    this.timeout(60_000);
    const names = Array.from({ length: 80 }, (_, at) => `${at}.threatmodel.yaml`);
    const texts = names.map((_, at) => (at % 3 === 0 ? example : at % 3 === 1 ? quiet : `${quiet}  x: { kind: agnet }\n`));
    writeFiles(folder, Object.fromEntries(names.map((name, at) => [`many/${name}`, texts[at]!])));
    mkdirSync(path.join(folder, 'few'));
    writeFiles(folder, { 'few/0.threatmodel.yaml': example, 'few/1.threatmodel.yaml': quiet, 'few/2.threatmodel.yaml': texts[2]! });
    const few = (JSON.parse((await run('--format', 'json', 'few')).out) as Report).files;
    const many = await run('--format', 'json', 'many');
    const { files } = JSON.parse(many.out) as Report;
    assert.deepEqual([many.code, files.length], [2, 80]);
    for (const file of files) {
      const like = few[Number(path.basename(file.path).split('.')[0]) % 3];
      assert.deepEqual({ ...file, path: '' }, { ...like, path: '' });
    }
  });

  it('writes what each reader of CI wants', async () => {
    writeFiles(folder, { 'm.threatmodel.yaml': example });
    assert.match((await run('--format', 'junit', '.')).out, /^<\?xml .*<\/testsuites>\n$/s);
    assert.match((await run('--format', 'github', '.')).out, /^::error file=m\.threatmodel\.yaml,line=\d+,/);
    const sarif = JSON.parse((await run('--format', 'sarif', '.')).out) as { runs: [{ results: { fixes?: unknown[] }[] }] };
    assertSarif(sarif);
    assert.ok(
      sarif.runs[0].results.some(({ fixes }) => fixes?.length === 1),
      'no fix is offered',
    );
  });
});
