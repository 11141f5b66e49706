import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { Program, temporaryFolder, writeFiles } from '../tools/cli.ts';
import { assertSarif } from '../tools/sarifSchema.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, ROOT), 'utf8');
/** The first fenced example of a page. */
const example = (page: string): unknown => parse(/```yaml\n(.*?)```/s.exec(read(`docs/ci/${page}.md`))?.[1] ?? '');
const quiet = 'threatmodel: 1\nelements:\n  visitor: { kind: human-user }\n';
const risky = read('samples/agent-with-tools.before.threatmodel.yaml');

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly bash?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, string>>;
}

describe('examples for CI', function () {
  this.timeout(60_000);
  let program: Program;
  let folder: string;
  let bin: string;

  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', ...args], { cwd: folder, encoding: 'utf8' });
  /** As the runners do: one shell, which ends at the first command that fails. */
  const bash = (script: string, env: Readonly<Record<string, string>> = {}) =>
    spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH']}`, ...env },
    });
  const file = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  before(async function () {
    if (process.platform === 'win32') this.skip();
    program = await Program.open();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    bin = path.join(folder, '.bin');
    const tool = `#!/usr/bin/env bash\nexec "${process.execPath}" "${program.file}" "$@"\n`;
    writeFiles(folder, {
      '.bin/threatwright': tool,
      '.bin/gh': '#!/usr/bin/env bash\necho "$@" > gh.txt\n',
      '.gitignore': '.bin/\n',
      'm.threatmodel.yaml': quiet,
    });
    for (const name of ['threatwright', 'gh']) chmodSync(path.join(bin, name), 0o755);
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  after(() => program?.close());

  describe('action.yml', () => {
    const action = parse(read('action.yml')) as {
      inputs: Record<string, { default: string; description: string }>;
      runs: { using: string; steps: Step[] };
    };
    const run = (id: string, inputs: Readonly<Record<string, string>>) => {
      const script = action.runs.steps.find((step) => step.id === id)?.run ?? '';
      const value = (name: string): string => inputs[name] ?? action.inputs[name]?.default ?? '';
      const env = {
        ...{ PATHS: value('paths'), FAIL_ON: value('fail-on'), BASELINE: value('baseline'), CHANGED_SINCE: value('changed-since') },
        ...{ SARIF_FILE: value('sarif-file'), GITHUB_OUTPUT: path.join(folder, 'output.txt') },
      };
      writeFiles(folder, { 'output.txt': '' });
      return { ...bash(script, env), decision: file('output.txt') };
    };

    it('is a composite action that puts no input into the text of a script', () => {
      assert.equal(action.runs.using, 'composite');
      for (const step of action.runs.steps) {
        if (step.run === undefined) continue;
        assert.equal(step.shell, 'bash');
        assert.doesNotMatch(step.run, /\$\{\{/);
      }
    });

    it('writes SARIF and annotations, and fails in its last step', () => {
      writeFiles(folder, { 'm.threatmodel.yaml': risky });
      const { stdout, status } = run('check', {});
      const decision = file('output.txt');
      assert.deepEqual([status, decision], [0, 'status=1\n']);
      assert.match(stdout, /^::error file=m\.threatmodel\.yaml,/);
      assertSarif(JSON.parse(file('threatwright.sarif')));
      const last = action.runs.steps.at(-1)?.run ?? '';
      assert.deepEqual([bash(last, { STATUS: '1' }).status, bash(last, { STATUS: '0' }).status], [1, 0]);
    });

    it('passes on every input as it is', () => {
      writeFiles(folder, { 'a b/$(touch hacked).threatmodel.yaml': risky });
      assert.equal(run('check', { paths: 'a b/**\n', 'fail-on': 'none' }).decision, 'status=0\n');
      assert.equal(run('check', { paths: 'm.threatmodel.yaml\na b' }).decision, 'status=1\n');
      assert.match(file('threatwright.sarif'), /a%20b\//);
      assert.equal(run('check', { 'changed-since': 'HEAD', paths: 'm.threatmodel.yaml' }).decision, 'status=0\n');
      assert.equal(run('check', { baseline: 'gone.json' }).decision, 'status=2\n');
      assert.ok(!existsSync(path.join(folder, 'hacked')));
    });

    it('finds the program in its own folder, for later steps too', () => {
      const own = path.dirname(path.dirname(program.file));
      const script = action.runs.steps[0]?.run ?? '';
      const env = { RUNNER_TEMP: path.join(folder, 'temp'), GITHUB_PATH: path.join(folder, 'path.txt') };
      assert.equal(spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd: own, env: { ...process.env, ...env } }).status, 0);
      const tool = path.join(file('path.txt').trim(), 'threatwright');
      assert.match(execFileSync(tool, ['--version'], { encoding: 'utf8' }), /^\d+\.\d+\.\d+\n$/);
    });
  });

  it('GitHub: the inputs are those of the action, and a pull request gets a comment', () => {
    const { jobs } = example('github') as { jobs: { check: { steps: Step[] } } };
    const action = parse(read('action.yml')) as { inputs: object };
    const own = jobs.check.steps.find(({ uses }) => uses?.includes('/threatwright@'));
    assert.ok(Object.keys(own?.with ?? {}).every((name) => Object.hasOwn(action.inputs, name)));
    const base = git('rev-parse', 'HEAD').trim();
    const script = jobs.check.steps.find(({ run }) => run !== undefined)?.run ?? '';
    assert.equal(bash(script, { BASE: base, NUMBER: '7' }).status, 0);
    assert.ok(!existsSync(path.join(folder, 'gh.txt')), 'nothing has changed');
    writeFiles(folder, { 'm.threatmodel.yaml': `${quiet}  bot: { kind: agent }\n` });
    git('commit', '--quiet', '--all', '--message', 'second');
    assert.equal(bash(script, { BASE: base, NUMBER: '7' }).status, 0);
    assert.match(file('changes.md'), /\*\*Added\*\* `bot`/);
    assert.match(file('gh.txt'), /^pr comment 7 --body-file changes\.md/);
  });

  it('GitLab: the job fails with findings and leaves its reports', () => {
    const { 'threat-models': job } = example('gitlab') as {
      'threat-models': { script: string[]; artifacts: { paths: string[]; reports: { junit: string } } };
    };
    assert.equal(bash(job.script.join('\n')).status, 0);
    writeFiles(folder, { 'm.threatmodel.yaml': risky });
    const { status, stdout } = bash(job.script.join('\n'));
    assert.equal(status, 1);
    assert.match(stdout, /\d+ high/);
    for (const name of [...job.artifacts.paths, job.artifacts.reports.junit]) assert.ok(file(name).length > 0);
    assert.match(file(job.artifacts.reports.junit), /<failure /);
  });

  it('Azure Pipelines: the gate fails with findings and leaves its reports', () => {
    const { steps } = example('azure-pipelines') as { steps: Step[] };
    const [, show = '', gate = ''] = steps.flatMap((step) => step.bash ?? []);
    const env = { BUILD_ARTIFACTSTAGINGDIRECTORY: folder };
    writeFiles(folder, { 'm.threatmodel.yaml': risky });
    assert.deepEqual([bash(show, env).status, bash(gate, env).status], [0, 1]);
    assertSarif(JSON.parse(file('threatwright.sarif')));
    assert.match(file('threatwright.xml'), /<failure /);
  });

  it('pre-commit: the hooks take names of files and are those of the example', () => {
    const hooks = parse(read('.pre-commit-hooks.yaml')) as { id: string; entry: string; files: string }[];
    const { repos } = example('pre-commit') as { repos: [{ hooks: { id: string; args?: string[] }[] }] };
    writeFiles(folder, { 'a b.threatmodel.yaml': quiet.replace('human-user', 'human-usr'), 'risky.threatmodel.yaml': risky });
    const statuses = repos[0].hooks.map(({ id, args = [] }) => {
      const hook = hooks.find((it) => it.id === id);
      assert.ok(hook, id);
      assert.match('a b.threatmodel.yaml', new RegExp(hook.files));
      return bash(`${hook.entry} ${args.join(' ')} "a b.threatmodel.yaml" risky.threatmodel.yaml`).status;
    });
    assert.deepEqual(statuses, [0, 1]);
    assert.equal(file('a b.threatmodel.yaml'), quiet);
    const script = /```sh\n(.*?)```/s.exec(read('docs/ci/pre-commit.md'))?.[1] ?? '';
    assert.equal(bash(script).status, 1);
    git('add', '.');
    git('commit', '--quiet', '--message', 'second');
    assert.equal(bash(script).status, 0);
  });

  it('say what is to be filled in, where it stands, and name the version that this is', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    for (const name of ['action.yml', ...['github', 'gitlab', 'azure-pipelines', 'pre-commit'].map((page) => `docs/ci/${page}.md`)]) {
      const text = read(name);
      const named = [...text.matchAll(/\bv\d+\.\d+\.\d+\b/g)].map(([it]) => it);
      assert.ok(named.length > 0, name);
      assert.deepEqual(new Set(named), new Set([`v${version}`]), name);
      // Outside of comments and sentences, a placeholder has its explanation on its own line.
      for (const line of text.split('\n').filter((it) => /^\s*- (uses|repo): .*OWNER/.test(it))) assert.match(line, / # fill in OWNER: /);
      assert.ok(!text.includes('THREATWRIGHT_REPOSITORY') || /`THREATWRIGHT_REPOSITORY` is a\s+variable of your/.test(text), name);
    }
  });
});
