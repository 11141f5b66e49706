import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient, type ClientOptions } from '../tools/lspClient.ts';

const SAMPLE = new URL('../../samples/shared-platform/', import.meta.url);
const sample = (name: string): string => readFileSync(new URL(`${name}.threatmodel.yaml`, SAMPLE), 'utf8');
const APP = sample('claims-assistant');
const PLATFORM = sample('platform');
const [app, platform] = ['app.threatmodel.yaml', 'platform.threatmodel.yaml'];

let client: LspClient;
let folder: string;
const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
const start = async (files: Readonly<Record<string, string>>, options: ClientOptions = {}): Promise<void> => {
  writeFiles(folder, files);
  client = await LspClient.start({ folders: [pathToFileURL(folder).href], initializationOptions: { packs: true }, ...options });
};
const store = (name: string, text: string | undefined): Promise<void> => {
  if (text === undefined) rmSync(path.join(folder, name));
  else writeFiles(folder, { [name]: text });
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uriOf(name), type: text === undefined ? 3 : 2 }],
  });
};
const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => String(code)).sort();
/** The next diagnostics of a file, of whatever version, after `act`. */
const after = async (name: string, act: () => Promise<void>): Promise<readonly Diagnostic[]> => {
  const before = client.published.length;
  await act();
  const uri = uriOf(name);
  return client.until(() => client.published.slice(before).find((told) => told.uri === uri)?.diagnostics);
};

describe('a model that uses another, in an editor', () => {
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the findings of both together, with the other file open or not', async () => {
    await start({ [platform]: PLATFORM });
    await client.open(uriOf(app), APP);
    const stored = codes(await client.told(uriOf(app)));
    assert.ok(stored.includes('unclassified-data-in-ai') && !stored.some((code) => code.startsWith('use')), stored.join());
    await client.open(uriOf(platform), PLATFORM);
    assert.deepEqual(codes(await client.told(uriOf(platform))), []);
    const open = await after(app, () => client.replace(uriOf(app), 'title: Question', 'title: Asked'));
    assert.deepEqual(codes(open), stored);
  });

  it('is analysed again when the other is edited, stored, deleted, or comes', async () => {
    await start({ [platform]: PLATFORM });
    await client.open(uriOf(platform), PLATFORM);
    await client.open(uriOf(app), APP);
    const first = codes(await client.told(uriOf(app)));
    const edited = await after(app, () => client.replace(uriOf(platform), '      - direct-injection-detection\n', ''));
    assert.deepEqual(
      codes(edited).filter((code) => !first.includes(code)),
      ['prompt-input-unscreened'],
    );
    // What an author has not stored counts only as long as it is open.
    assert.deepEqual(codes(await after(app, () => client.close(uriOf(platform)))), first);
    const renamed = await after(app, () => store(platform, PLATFORM.replace('payments:', 'payment:')));
    assert.ok(codes(renamed).includes('unknown-element'));
    const gone = await after(app, () => store(platform, undefined));
    assert.deepEqual(
      gone.filter(({ data }) => data === undefined).map(({ code }) => code),
      ['use-not-found'],
    );
    assert.deepEqual(codes(await after(app, () => store(platform, PLATFORM))), first);
  });

  it('hears of a file that is used by one it uses', async () => {
    const middle = 'threatmodel: 1\nuse: { base: ./base.threatmodel.yaml }\nelements:\n  m: { kind: tool, in: base.zone }\n';
    const base = 'threatmodel: 1\nboundaries:\n  zone: { kind: organization }\n';
    await start({ 'lib/middle.threatmodel.yaml': middle, 'lib/base.threatmodel.yaml': base });
    const text = 'threatmodel: 1\nuse: { m: ./lib/middle.threatmodel.yaml }\nelements:\n  a: { kind: agent, in: m.base.zone }\n';
    await client.open(uriOf(app), text);
    assert.ok(!codes(await client.told(uriOf(app))).includes('unknown-boundary'));
    const changed = await after(app, () => store('lib/base.threatmodel.yaml', base.replace('zone', 'area')));
    assert.ok(codes(changed).includes('unknown-boundary') && codes(changed).includes('used-has-errors'));
  });

  it('is asked for again by a client that asks, and is in the reports of the workspace', async () => {
    await start(
      { [platform]: PLATFORM, [app]: APP },
      { pull: true, capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } },
    );
    const pull = async (): Promise<string[]> => {
      const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: uriOf(app) } });
      return report.kind === 'full' ? codes(report.items) : [];
    };
    const workspace = async (): Promise<string[]> => {
      const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      const report = items.find(({ uri }) => uri === uriOf(app));
      return report?.kind === 'full' ? codes(report.items) : [];
    };
    const stored = await workspace();
    assert.ok(stored.includes('unclassified-data-in-ai'), stored.join());
    await store(platform, PLATFORM.replace('      - direct-injection-detection\n', ''));
    assert.ok((await workspace()).includes('prompt-input-unscreened'));
    await client.open(uriOf(app), APP);
    assert.ok((await pull()).includes('prompt-input-unscreened'));
    const asked = client.refreshed();
    await client.open(uriOf(platform), PLATFORM);
    await asked;
    assert.deepEqual(await pull(), stored);
  });

  it('says in Restricted Mode that the other file is not read, and takes no reference into it for a mistake', async () => {
    await start({ [platform]: PLATFORM }, { initializationOptions: { packs: false } });
    await client.open(uriOf(app), APP);
    const told = await client.told(uriOf(app));
    const problems = told.filter(({ data }) => data === undefined);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['use-not-trusted', 3]],
    );
    assert.equal(problems[0] && client.slice(uriOf(app), problems[0].range), './platform.threatmodel.yaml');
  });

  it('reads nothing outside its folder of the workspace, by a path or by a link', async () => {
    const outside = temporaryFolder();
    try {
      writeFiles(outside, { [platform]: PLATFORM });
      const using = (use: string): string =>
        `threatmodel: 1\nuse: { platform: ${use} }\nelements:\n  a: { kind: agent, in: platform.cluster }\n`;
      await start({ 'inner/b.threatmodel.yaml': PLATFORM }, { folders: [uriOf('inner'), uriOf('other')] });
      mkdirSync(path.join(folder, 'other'));
      symlinkSync(path.join(outside, platform), path.join(folder, 'inner/link.threatmodel.yaml'));
      for (const [at, use] of [
        ['inner/1', `../../${path.basename(outside)}/${platform}`],
        ['inner/2', './link.threatmodel.yaml'],
        ['other/3', '../inner/b.threatmodel.yaml'],
      ] as const) {
        const uri = uriOf(`${at}.threatmodel.yaml`);
        await client.open(uri, using(use));
        assert.deepEqual(codes((await client.told(uri)).filter(({ data }) => data === undefined)), ['use-outside'], use);
      }
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});
