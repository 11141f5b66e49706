import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run, type RunOptions } from '../tools/cli.ts';
import { assertSarif } from '../tools/sarifSchema.ts';
import { assertValid, CHECK_SCHEMA } from '../unit/report/support.ts';

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly { readonly code: string; readonly severity: string }[];
    readonly findings: readonly Found[];
  }[];
}
interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly fullSeverity: string;
  readonly state: string;
  readonly subject: string;
}

const SEVERITIES = ['low', 'medium', 'high', 'critical'];
const example = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');
/** No agent, no flow: what is found is not severe. */
const quiet = 'threatmodel: 1\nelements:\n  visitor: { kind: human-user }\n';
const broken = `${quiet}  bot: { kind: agnet }\n`;

describe('threatwright check', function () {
  let program: Program;
  let folder: string;
  const run = (args: readonly string[], options: RunOptions = {}): Promise<Run> => program.run(args, { cwd: folder, ...options });
  const reportOf = async (args: readonly string[], options: RunOptions = {}): Promise<Report & Run> => {
    const result = await run(['check', '--format', 'json', ...args], options);
    const report = JSON.parse(result.out) as Report;
    assertValid(CHECK_SCHEMA, report);
    return { ...result, ...report };
  };
  const pathsOf = ({ files }: Report): string[] => files.map((file) => file.path);

  before(async function () {
    this.timeout(60_000);
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, {
      'example.threatmodel.yaml': example,
      'quiet.threatmodel.yaml': quiet,
      'broken.threatmodel.yaml': broken,
      'empty.threatmodel.yaml': '',
      'no models/readme.md': '# nothing',
      'many/b.threatmodel.yml': quiet,
      'many/a b/größe 商.threatmodel.yaml': quiet,
      'many/B.threatmodel.yaml': quiet,
      'many/other.yaml': quiet,
      'many/node_modules/x/n.threatmodel.yaml': quiet,
      'many/.hg/h.threatmodel.yaml': quiet,
      'many/.git/g.threatmodel.yaml': quiet,
      'many/.hidden/h.threatmodel.yaml': quiet,
      ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`large/${at}.threatmodel.yaml`, example])),
    });
  });
  after(() => {
    program.close();
    rmSync(folder, { recursive: true });
  });

  describe('exit code', () => {
    it('is 1 exactly when an open finding reaches the threshold by its full severity', async () => {
      const { files } = await reportOf(['example.threatmodel.yaml', '--fail-on', 'none']);
      const open = files[0]!.findings.filter(({ state }) => state !== 'accepted' && state !== 'not-applicable');
      const worst = Math.max(...open.map(({ fullSeverity }) => SEVERITIES.indexOf(fullSeverity)));
      const worstShown = Math.max(...open.map(({ severity }) => SEVERITIES.indexOf(severity)));
      assert.equal(SEVERITIES[worst], 'critical', 'the example has a promised control against something critical');
      assert.equal(SEVERITIES[worstShown], 'high');
      for (const threshold of SEVERITIES) assert.equal((await run(['check', 'example.threatmodel.yaml', '--fail-on', threshold])).code, 1);
      assert.equal((await run(['check', 'example.threatmodel.yaml', '--fail-on', 'none'])).code, 0);
    });

    it('is 0 below the threshold, which is high when nothing is said', async () => {
      assert.equal((await run(['check', 'quiet.threatmodel.yaml'])).code, 0);
      assert.equal((await run(['check', 'quiet.threatmodel.yaml', '--fail-on', 'low'])).code, 1);
      assert.equal((await run(['check', 'example.threatmodel.yaml'])).code, 1);
    });

    it('looks at all files', async () => {
      assert.equal((await run(['check', 'quiet.threatmodel.yaml', 'example.threatmodel.yaml'])).code, 1);
    });

    it('is 2 when a file is broken, and the findings of all are printed', async () => {
      const { code, files } = await reportOf(['broken.threatmodel.yaml', 'quiet.threatmodel.yaml']);
      assert.equal(code, 2);
      assert.deepEqual(
        files[0]?.problems.map((problem) => problem.code),
        ['unknown-kind'],
      );
      assert.ok(files.every(({ findings }) => findings.length > 0));
    });

    it('is 2 when a file is missing, and the others are printed', async () => {
      const { code, out, err } = await run(['check', 'gone.threatmodel.yaml', 'example.threatmodel.yaml']);
      assert.equal(code, 2);
      assert.equal(err, 'threatwright: gone.threatmodel.yaml cannot be read: there is no such file or folder.\n');
      assert.match(out, /example\.threatmodel\.yaml:\d+:\d+/);
      assert.match(out, /^1 model, findings: /m);
    });

    it('is 2 with only a missing file, and nothing is printed as if it were checked', async () => {
      const { code, out } = await run(['check', 'gone.threatmodel.yaml', '--fail-on', 'none']);
      assert.deepEqual([code, out], [2, '']);
    });

    it('tells programs of files that cannot be read', async () => {
      const args = ['gone.threatmodel.yaml', 'quiet.threatmodel.yaml/below', 'no models', `${'long'.repeat(1000)}.threatmodel.yaml`];
      const { code, files } = await reportOf([...args, 'quiet.threatmodel.yaml']);
      assert.equal(code, 2);
      assert.deepEqual(
        files.map(({ problems }) => problems.map((problem) => problem.code)),
        [[], ...args.map(() => ['unreadable-file'])],
      );
      const sarif = JSON.parse((await run(['check', '--format', 'sarif', 'gone.threatmodel.yaml'])).out) as {
        runs: [{ invocations: [{ executionSuccessful: boolean }] }];
      };
      assert.equal(sarif.runs[0].invocations[0].executionSuccessful, false);
    });

    for (const [name, args, message] of [
      ['an unknown command', ['chekc'], /There is no command "chekc"/],
      ['an unknown option', ['check', '--frmat', 'json'], /--frmat/],
      ['an unknown format', ['check', '--format', 'xml'], /--format is one of text, json, sarif, junit, github, not "xml"/],
      ['an unknown severity', ['check', '--fail-on', 'hihg'], /--fail-on is one of low, medium, high, critical, none/],
      ['an option without its value', ['check', '--format'], /--format/],
      ['a day that does not exist', ['check', '--date', '2026-02-31'], /--date is a day like/],
      ['a day in another notation', ['check', '--date', '1.2.2026'], /--date is a day like/],
    ] as const) {
      it(`is 2 after ${name}, with a hint and nothing on standard output`, async () => {
        const { code, out, err } = await run(args);
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, message);
        assert.match(err, /Try threatwright --help/);
        assert.doesNotMatch(err, /\n\s+at /);
      });
    }

    it('is 2 for a folder without a model', async () => {
      const { code, err } = await run(['check', 'no models']);
      assert.equal(code, 2);
      assert.equal(err, 'threatwright: There is no *.threatmodel.yaml in no models.\n');
    });

    it('is 0 for help and version', async () => {
      for (const args of [['--help'], ['check', '-h'], ['help'], []]) assert.match((await run(args)).out, /threatwright check/);
      const { code, out } = await run(['--version']);
      assert.equal(code, 0);
      assert.match(out, /^\d+\.\d+\.\d+\n$/);
    });
  });

  describe('acceptances', () => {
    /** The model with every finding accepted until a day. */
    async function accepted(until: string): Promise<string> {
      const { files } = await reportOf(['-'], { input: quiet });
      const entries = files[0]!.findings.map(
        ({ rule, subject }) => `  - { rule: ${rule}, at: ${subject}, owner: me@contoso.example, reason: A test., until: ${until} }\n`,
      );
      assert.ok(entries.length > 0);
      return `${quiet}accepted:\n${entries.join('')}`;
    }

    it('hold until their last day, which --date decides', async () => {
      const input = await accepted('2026-12-31');
      const codeOn = async (date: string): Promise<number | null> =>
        (await run(['check', '-', '--fail-on', 'low', '--date', date], { input })).code;
      assert.deepEqual([await codeOn('2026-12-31'), await codeOn('2027-01-01')], [0, 1]);
    });

    it('are counted, not shown as findings', async () => {
      const { out } = await run(['check', '-', '--date', '2026-01-01'], { input: await accepted('2026-12-31') });
      assert.match(out, /no findings.* \d+ accepted/);
    });
  });

  describe('inputs', () => {
    it('reads all models below a folder in one order, but none of other people', async () => {
      const { files } = await reportOf(['many']);
      assert.deepEqual(pathsOf({ files }), [
        'many/.hidden/h.threatmodel.yaml',
        'many/B.threatmodel.yaml',
        'many/a b/größe 商.threatmodel.yaml',
        'many/b.threatmodel.yml',
      ]);
    });

    it('reads the working folder when nothing is named, and from any folder', async () => {
      assert.deepEqual(pathsOf(await reportOf([], { cwd: path.join(folder, 'many/a b') })), ['größe 商.threatmodel.yaml']);
      const up = await reportOf(['../B.threatmodel.yaml'], { cwd: path.join(folder, 'many/a b') });
      assert.deepEqual(pathsOf(up), ['../B.threatmodel.yaml']);
    });

    it('reads what is named twice once, and any ending when it is named', async () => {
      const twice = await reportOf(['many/B.threatmodel.yaml', './many/B.threatmodel.yaml', path.join(folder, 'many/B.threatmodel.yaml')]);
      assert.deepEqual(pathsOf(twice), ['many/B.threatmodel.yaml']);
      assert.deepEqual(pathsOf(await reportOf(['many/other.yaml'])), ['many/other.yaml']);
    });

    it('does not follow links in folders, which may lead in circles', async function () {
      const linked = path.join(folder, 'linked');
      mkdirSync(linked);
      try {
        symlinkSync('..', path.join(linked, 'circle'), 'dir');
        symlinkSync('../quiet.threatmodel.yaml', path.join(linked, 'out.threatmodel.yaml'));
      } catch {
        // Windows lets only some users make links.
        this.skip();
      }
      writeFiles(linked, { 'own.threatmodel.yaml': quiet });
      assert.deepEqual(pathsOf(await reportOf(['linked'])), ['linked/own.threatmodel.yaml']);
      assert.deepEqual(pathsOf(await reportOf(['linked/out.threatmodel.yaml'])), ['linked/out.threatmodel.yaml']);
      rmSync(linked, { recursive: true });
    });

    it('reads standard input, also beside files', async () => {
      const { files, code } = await reportOf(['-', 'quiet.threatmodel.yaml'], { input: example });
      assert.deepEqual(pathsOf({ files }), ['-', 'quiet.threatmodel.yaml']);
      assert.equal(code, 1);
    });

    it('takes an empty file, and empty input, as a model that says nothing', async () => {
      for (const args of [['empty.threatmodel.yaml'], ['-']]) {
        const { code, files } = await reportOf(args, { input: '' });
        assert.equal(code, 2);
        assert.deepEqual(
          files[0]?.problems.map((problem) => problem.code),
          ['missing-version'],
        );
      }
    });

    for (const [name, encode] of [
      ['UTF-8', (text: string) => Buffer.from(text)],
      ['UTF-16 little endian', (text: string) => Buffer.from(text, 'utf16le')],
      ['UTF-16 big endian', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ] as const) {
      it(`reads ${name} with a byte order mark, which takes no column`, async () => {
        const marked = await run(['check', '-'], { input: encode(`\ufeff${example}`) });
        const plain = await run(['check', '-'], { input: example });
        assert.deepEqual(marked, plain);
      });
    }

    it('reads a line of a million characters and a file of 200,000 lines', async function () {
      this.timeout(60_000);
      const long = `${quiet}  bot: { kind: agent, title: "${'long '.repeat(200_000)}" }\n`;
      const { code, out, err } = await run(['check', '-'], { input: long });
      assert.deepEqual([code, err], [1, '']);
      assert.ok(out.length < 100_000, `${out.length} characters for one long line`);
      const lines = `${quiet}${'  # nothing\n'.repeat(200_000)}  bot: { kind: agnet }\n`;
      const many = await run(['check', '-'], { input: lines });
      assert.equal(many.code, 2);
      assert.match(many.out, /-:200004:16/);
    });

    it('reads bytes that are no text', async () => {
      const { code, err } = await run(['check', '-'], { input: Uint8Array.from({ length: 2_000 }, (_, at) => (at * 7919) % 256) });
      assert.deepEqual([code, err], [2, '']);
    });
  });

  describe('output', () => {
    it('is the same bytes for the same input, whole also when it is large and piped', async function () {
      this.timeout(60_000);
      for (const format of ['text', 'json', 'sarif']) {
        const [first, second] = [await run(['check', 'large', '--format', format]), await run(['check', 'large', '--format', format])];
        assert.ok(first.out.length > 500_000);
        assert.equal(first.out, second.out);
        assert.match(first.out, /\n$/);
        if (format !== 'text') assert.doesNotThrow(() => JSON.parse(first.out) as unknown);
      }
    });

    it('is quiet when its reader stops early', async () => {
      const { err } = await run(['check', 'large', '--format', 'json'], { hangUp: true });
      assert.equal(err, '');
    });

    it('is SARIF as the standard says', async () => {
      const { out, code } = await run(['check', '--format', 'sarif', 'example.threatmodel.yaml', 'broken.threatmodel.yaml', 'many']);
      assert.equal(code, 2);
      assertSarif(JSON.parse(out));
      assert.match(out, /"uri": "many\/a%20b\/gr%C3%B6%C3%9Fe%20%E5%95%86\.threatmodel\.yaml"/);
    });

    it('has no colour where nobody sees it', async () => {
      const { out } = await run(['check', 'example.threatmodel.yaml'], { env: { FORCE_COLOR: '1' } });
      assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}/u);
    });

    it('lets no name of a file steer the terminal', async () => {
      const { err } = await run(['check', 'a\u001b[2J\u202e.threatmodel.yaml']);
      assert.equal(err, 'threatwright: a·[2J·.threatmodel.yaml cannot be read: there is no such file or folder.\n');
    });
  });

  it('needs nothing but the catalogue: what draws is not loaded', async () => {
    const bare = temporaryFolder();
    writeFiles(bare, {
      'package.json': readFileSync(path.join(path.dirname(program.file), '../package.json')),
      'dist/cli.cjs': readFileSync(program.file),
      'dist/program.cjs': readFileSync(path.join(path.dirname(program.file), 'program.cjs')),
      'dist/catalogue.json': readFileSync(path.join(path.dirname(program.file), 'catalogue.json')),
    });
    const { code, out } = await program.run(['check', 'quiet.threatmodel.yaml'], { cwd: folder, file: path.join(bare, 'dist/cli.cjs') });
    rmSync(bare, { recursive: true });
    assert.equal(code, 0);
    assert.match(out, /^1 model, /m);
  });
});
