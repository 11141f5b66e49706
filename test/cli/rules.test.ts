import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';
import { ARM_MODEL as MODEL, ARM_RULE as RULE, GOOD_PACK as GOOD } from '../tools/packs.ts';

describe("the command line with an organisation's own rules", () => {
  let program: Program;
  let folder: string;
  before(async () => {
    program = await Program.open();
  });
  after(() => program.close());
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]): Promise<Run> => program.run(args, { cwd: folder });
  /** Files of the organisation, in a folder below `at`. */
  const pack = (files: Readonly<Record<string, string>>, at = ''): void =>
    writeFiles(path.join(folder, at, '.threatwright'), { ...GOOD, ...files });

  describe('check', () => {
    it('uses those around a model, and only there', async () => {
      pack({}, 'plant');
      writeFiles(folder, { 'plant/a/arm.threatmodel.yaml': MODEL, 'office/arm.threatmodel.yaml': MODEL });
      const inside = await run('check', 'plant', '--fail-on', 'critical');
      assert.deepEqual([inside.code, inside.err], [0, '']);
      assert.match(inside.out, /^high: planner moves arm, and nobody can stop it\. \(arm-without-stop\)$/m);
      assert.match(inside.out, /needs: "Emergency stop"$/m);
      const outside = await run('check', 'office');
      assert.equal(outside.code, 2);
      assert.match(outside.out, /Unknown kind "robot-arm"/);
    });

    it('looks no further than the root of the repository', async () => {
      pack({});
      writeFiles(folder, { 'repo/.git/HEAD': '', 'repo/arm.threatmodel.yaml': MODEL });
      assert.match((await run('check', 'repo')).out, /Unknown kind "robot-arm"/);
    });

    it('uses the nearest of several, and says each in every format', async () => {
      pack({ 'config.yaml': 'rules:\n  arm-without-stop: { severity: critical }\n' });
      pack({}, 'plant');
      writeFiles(folder, { 'arm.threatmodel.yaml': MODEL, 'plant/arm.threatmodel.yaml': MODEL });
      const { files } = JSON.parse((await run('check', '--format', 'json')).out) as {
        files: { path: string; findings: { rule: string; severity: string }[] }[];
      };
      const severities = files.map(({ path, findings }) => [path, findings.find(({ rule }) => rule === 'arm-without-stop')?.severity]);
      assert.deepEqual(severities, [
        ['arm.threatmodel.yaml', 'critical'],
        ['plant/arm.threatmodel.yaml', 'high'],
      ]);
      const sarif = await run('check', 'plant', '--format', 'sarif');
      assert.match(sarif.out, /"name": "Robot arm without an emergency stop"/);
    });

    it('tells their problems, and exits with 2', async () => {
      pack({ [RULE]: GOOD[RULE]!.replace('severity: high', 'severity: banana') });
      writeFiles(folder, { 'arm.threatmodel.yaml': MODEL });
      const { code, out } = await run('check', '--fail-on', 'none');
      assert.equal(code, 2);
      assert.match(
        out,
        /^error: Must be one of low, medium, high, critical \(unknown-value\)\n {2}→ \.threatwright\/rules\/agents\/arm-without-stop\.yaml:4:11$/m,
      );
      assert.match(out, /^1 model, .*1 error in the files/m);
    });
  });

  describe('rules', () => {
    it('lists those that hold here', async () => {
      const builtIn = (await run('rules')).out;
      assert.match(builtIn, /^critical {2}\S+ +\S.*$/m);
      const count = Number(/^(\d+) rules$/m.exec(builtIn)?.[1]);
      assert.ok(count > 100);
      pack({ 'config.yaml': 'rules:\n  no-siem: { off: true, reason: Done elsewhere. }\n' });
      const { code, out } = await run('rules');
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^${count + 1} rules$`, 'm'));
      assert.match(out, /no-siem .*\(off: Done elsewhere\.\)$/m);
    });

    it('filters', async () => {
      pack({});
      const args = [
        ['--category', 'agent'],
        ['--severity', 'high'],
        ['--principle', 'assume-breach'],
        ['--control', 'emergency-stop'],
        ['--taxonomy', 'eu-ai-act:Article 14'],
      ];
      const all = await run('rules', '--format', 'json', ...args.flat());
      const rules = JSON.parse(all.out) as { id: string; controls: string[] }[];
      assert.deepEqual(
        rules.map(({ id, controls }) => [id, controls]),
        [['arm-without-stop', ['emergency-stop']]],
      );
      for (const some of args) assert.match((await run('rules', ...some)).out, /arm-without-stop/);
      assert.doesNotMatch((await run('rules', '--category', 'data')).out, /arm-without-stop/);
    });

    for (const [args, message] of [
      [['--category', 'nonsense'], /No rule has --category "nonsense"\. There are: agent,/],
      [['--severity', 'awful'], /--severity is one of low, medium, high, critical/],
      [['--control', 'wishing'], /No rule has --control "wishing"/],
      [['more'], /takes options only, not "more"/],
      [['test'], /Which rules are to be tested/],
      [['test', '.'], /There is no \.threatwright in/],
    ] as const) {
      it(`refuses ${args.join(' ')}`, async () => {
        const { code, err } = await run('rules', ...args);
        assert.equal(code, 2);
        assert.match(err, message);
      });
    }
  });

  describe('rules test', () => {
    it('runs the examples', async () => {
      pack({});
      assert.deepEqual(await run('rules', 'test', '.'), { code: 0, out: '3 passed, 0 failed\n', err: '' });
      assert.deepEqual(await run('rules', 'test', '.threatwright'), { code: 0, out: '3 passed, 0 failed\n', err: '' });
    });

    it('runs the variants', async () => {
      const still = 'threatmodel: 1\n      elements:\n        arm: { kind: robot-arm }\n';
      const variant = (kind: string, title: string): string => `  - kind: ${kind}\n    title: ${title}\n    model: |\n      ${still}`;
      pack({ [RULE]: `${GOOD[RULE]!}variants:\n${variant('good', 'Nobody moves it')}` });
      assert.equal((await run('rules', 'test', '.')).out, '4 passed, 0 failed\n');
      pack({ [RULE]: `${GOOD[RULE]!}variants:\n${variant('bad', 'It moves by itself').trimEnd()} #!\n` });
      const { code, out } = await run('rules', 'test', '.');
      assert.equal(code, 1);
      assert.match(out, /bad variant "It moves by itself": the rule must be raised on line 3, but is raised nowhere$/m);
      assert.match(out, /^3 passed, 1 failed$/m);
    });

    it('says what fails and where it should be', async () => {
      const wrong = GOOD[RULE]!.replace('arm: { kind: robot-arm } #', '')
        .replace('controls: [emergency-stop]', 'title: Arm')
        .replace('kind: tool-call } #!', 'kind: tool-call }')
        .replace('planner: { kind: agent }\n', 'planner: { kind: agent } #!\n');
      pack({ [RULE]: wrong });
      const { code, out } = await run('rules', 'test', '.');
      assert.equal(code, 1);
      assert.match(out, /"Nobody can stop it": the rule must be raised on line 3, but is raised on line 6$/m);
      assert.match(out, /good example "There is a button": the rule must stay silent, but is raised on line 6$/m);
      assert.match(out, /^1 passed, 2 failed$/m);
    });

    it('tests what is switched off, and not what is a draft', async () => {
      pack({ 'config.yaml': 'rules:\n  arm-without-stop: { off: true, reason: Toys. }\n' });
      assert.equal((await run('rules', 'test', '.')).out, '3 passed, 0 failed\n');
      pack({ [RULE]: GOOD[RULE]!.replace('status: final', 'status: draft') });
      assert.equal((await run('rules', 'test', '.')).out, '0 passed, 0 failed; 1 draft not run\n');
    });

    it('exits with 2 when the rules have errors', async () => {
      pack({ 'config.yaml': 'mandatory: [wishing]\n' });
      const { code, out } = await run('rules', 'test', '.');
      assert.equal(code, 2);
      assert.match(out, /Unknown control "wishing"/);
      assert.match(out, /^3 passed, 0 failed$/m);
    });

    it('passes the example of the documentation', async () => {
      const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/organisation-rules.md'), 'utf8');
      const files = [...page.matchAll(/`\.threatwright\/(\S+)`:\n\n```yaml\n([\s\S]*?)```/g)].map(([, name = '', text = '']) => [
        name,
        text,
      ]);
      assert.deepEqual(
        files.map(([name]) => name),
        ['rules/support-bot-unreviewed.yaml', 'config.yaml'],
      );
      writeFiles(path.join(folder, '.threatwright'), Object.fromEntries(files) as Record<string, string>);
      assert.deepEqual(await run('rules', 'test', '.'), { code: 0, out: '3 passed, 0 failed\n', err: '' });
    });
  });

  describe('explain', () => {
    it('prints a rule as text', async () => {
      pack({});
      const { code, out } = await run('explain', 'arm-without-stop');
      assert.equal(code, 0);
      assert.match(out, /^ROBOT ARM WITHOUT AN EMERGENCY STOP$/m);
      assert.match(out, /^1\. Emergency stop \(emergency-stop\)$/m);
      assert.match(out, /^ {4} {2}arm: \{ kind: robot-arm \}$/m);
      assert.match(out, /^ {2}EU AI Act.* {2}Article 14 {2}Human Oversight$/m);
      assert.doesNotMatch(out, /\]\(|`|\u001b/);
    });

    it('prints a control, and a built-in rule with its examples', async () => {
      assert.match((await run('explain', 'human-approval')).out, /^ {2}Layer of defence {2,}Human$/m);
      assert.match((await run('explain', 'no-siem')).out, /^ {4}threatmodel: 1$/m);
    });

    it('says why a rule is off', async () => {
      pack({ 'config.yaml': 'rules:\n  no-siem: { off: true, reason: Done elsewhere. }\n' });
      assert.match((await run('explain', 'no-siem')).out, /^ {2}Switched off by your organisation: Done elsewhere\.$/m);
    });

    it('refuses what it does not know', async () => {
      const { code, err } = await run('explain', 'nonsense');
      assert.equal(code, 2);
      assert.match(err, /There is no rule and no control "nonsense"/);
    });
  });
});
