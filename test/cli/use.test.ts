import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles } from '../tools/cli.ts';

const SAMPLE = new URL('../../samples/shared-platform/', import.meta.url);
const sample = (name: string): string => readFileSync(new URL(`${name}.threatmodel.yaml`, SAMPLE), 'utf8');
const PLATFORM = 'threatmodel: 1\nelements:\n  gateway: { kind: ai-gateway }\n';
const using = (use: string): string => `threatmodel: 1\nuse: { platform: ${use} }\nelements:\n  agent: { kind: agent }\n`;

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly { readonly code: string }[];
    readonly findings: readonly { readonly rule: string; readonly subject: string }[];
  }[];
}

describe('threatwright, of models that use others', () => {
  let program: Program;
  let folder: string;

  before(async function () {
    this.timeout(60_000);
    program = await Program.open();
  });
  after(() => program.close());
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const check = async (args: readonly string[], cwd = folder, input?: string): Promise<Report & { code: number | null }> => {
    const { code, out } = await program.run(['check', '--format', 'json', '--fail-on', 'none', ...args], { cwd, ...(input && { input }) });
    return { code, ...(JSON.parse(out) as Report) };
  };
  const codes = ({ files }: Report): string[] => files.flatMap(({ problems }) => problems.map(({ code }) => code));

  it('reads what a model uses, from wherever it is called', async () => {
    writeFiles(folder, {
      'shared/platform.threatmodel.yaml': sample('platform'),
      'app/app.threatmodel.yaml': sample('claims-assistant').replace('./', '../shared/'),
    });
    mkdirSync(path.join(folder, '.git'));
    const here = await check(['app/app.threatmodel.yaml']);
    assert.deepEqual([here.code, codes(here)], [0, []]);
    assert.ok(here.files[0]?.findings.some(({ subject }) => subject === 'platform.claims'));
    const there = await check(['app.threatmodel.yaml'], path.join(folder, 'app'));
    assert.deepEqual(there.files[0]?.findings, here.files[0]?.findings);
  });

  it('goes no further than the repository, else the folder with rules, else the working folder', async () => {
    writeFiles(folder, { 'platform.threatmodel.yaml': PLATFORM, 'a/b/app.threatmodel.yaml': using('../../platform.threatmodel.yaml') });
    const app = 'a/b/app.threatmodel.yaml';
    assert.deepEqual(codes(await check([app])), []);
    assert.deepEqual(codes(await check(['b/app.threatmodel.yaml'], path.join(folder, 'a'))), ['use-outside']);
    assert.deepEqual(codes(await check([path.join(folder, app)], path.join(folder, 'a/b'))), ['use-outside']);
    mkdirSync(path.join(folder, 'a/.threatwright'));
    assert.deepEqual(codes(await check([app])), ['use-outside']);
    mkdirSync(path.join(folder, '.git'));
    assert.deepEqual(codes(await check(['app.threatmodel.yaml'], path.join(folder, 'a/b'))), []);
  });

  it('follows no link out of it', async () => {
    const outside = temporaryFolder();
    try {
      writeFiles(outside, { 'secret.threatmodel.yaml': PLATFORM });
      writeFiles(folder, {
        'app.threatmodel.yaml': using('./link.threatmodel.yaml'),
        'inner.threatmodel.yaml': using('./deep/secret.threatmodel.yaml'),
      });
      symlinkSync(path.join(outside, 'secret.threatmodel.yaml'), path.join(folder, 'link.threatmodel.yaml'));
      symlinkSync(outside, path.join(folder, 'deep'));
      const report = await check(['app.threatmodel.yaml', 'inner.threatmodel.yaml']);
      assert.deepEqual([report.code, codes(report)], [2, ['use-outside', 'use-outside']]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('takes a link inside it for the file that it leads to', async () => {
    writeFiles(folder, {
      'platform.threatmodel.yaml': PLATFORM,
      'app.threatmodel.yaml': using('./one.threatmodel.yaml, q: ./platform.threatmodel.yaml'),
    });
    symlinkSync(path.join(folder, 'platform.threatmodel.yaml'), path.join(folder, 'one.threatmodel.yaml'));
    symlinkSync(path.join(folder, 'self.threatmodel.yaml'), path.join(folder, 'again.threatmodel.yaml'));
    writeFileSync(path.join(folder, 'self.threatmodel.yaml'), using('./again.threatmodel.yaml'));
    assert.deepEqual(codes(await check(['app.threatmodel.yaml'])), ['used-twice']);
    assert.deepEqual(codes(await check(['self.threatmodel.yaml'])), ['use-circle']);
  });

  it('says what is not there, is no file, is too large, or has no place to count from', async () => {
    writeFiles(folder, {
      'a.threatmodel.yaml': using('./none.threatmodel.yaml'),
      'b.threatmodel.yaml': using('./folder.threatmodel.yaml'),
      'c.threatmodel.yaml': using('./large.threatmodel.yaml'),
      'large.threatmodel.yaml': `# ${'x'.repeat(8 * 1024 * 1024)}\n`,
    });
    mkdirSync(path.join(folder, 'folder.threatmodel.yaml'));
    const report = await check(['a.threatmodel.yaml', 'b.threatmodel.yaml', 'c.threatmodel.yaml']);
    assert.deepEqual(codes(report), ['use-not-found', 'use-not-found', 'use-too-large']);
    assert.deepEqual(codes(await check(['-'], folder, using('./a.threatmodel.yaml'))), ['use-no-place']);
  });

  it('draws what a model uses of another', async function () {
    this.timeout(20_000);
    writeFiles(folder, { 'platform.threatmodel.yaml': sample('platform'), 'app.threatmodel.yaml': sample('claims-assistant') });
    const { code, err } = await program.run(['draw', 'app.threatmodel.yaml', '-o', 'app.svg'], { cwd: folder });
    assert.deepEqual([code, err], [0, '']);
    const svg = readFileSync(path.join(folder, 'app.svg'), 'utf8');
    assert.ok(svg.includes('data-id="platform.gateway"'));
  });
});
