import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  Location,
  LocationLink,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient, type ClientOptions } from '../tools/lspClient.ts';

const SAMPLE = new URL('../../samples/shared-platform/', import.meta.url);
const sample = (name: string): string => readFileSync(new URL(`${name}.threatmodel.yaml`, SAMPLE), 'utf8');
const APP = sample('claims-assistant');
const PLATFORM = sample('platform');
const [app, platform] = ['app.threatmodel.yaml', 'platform.threatmodel.yaml'];

let client: LspClient;
let folder: string;
const nameOf = (uri: string): string => uri.slice(pathToFileURL(folder).href.length + 1);
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

  it('is navigated across files: definition, references and rename, from either side', async () => {
    const other =
      'threatmodel: 1\nuse: { shared: ./platform.threatmodel.yaml }\nelements:\n  b: { kind: agent, in: shared.cluster }\nflows:\n  g: { from: b, to: shared.gateway, kind: prompt }\n';
    await start(
      { [platform]: PLATFORM, 'other.threatmodel.yaml': other },
      { capabilities: { workspace: { workspaceEdit: { documentChanges: true } } } },
    );
    await client.open(uriOf(app), APP);
    await client.told(uriOf(app));
    const offset = (text: string, word: string): { line: number; character: number } => {
      const lines = text.slice(0, text.indexOf(word)).split('\n');
      return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    };
    const links = await client.at<LocationLink[]>('textDocument/definition', uriOf(app), 'platform.gateway', 12);
    assert.deepEqual(
      links.map(({ targetUri, targetSelectionRange }) => [targetUri, targetSelectionRange.start]),
      [[uriOf(platform), offset(PLATFORM, 'gateway:')]],
    );
    const path = await client.at<LocationLink[]>('textDocument/definition', uriOf(app), './platform.threatmodel.yaml', 3);
    assert.deepEqual(
      path.map(({ targetUri }) => targetUri),
      [uriOf(platform)],
    );
    const places = await client.request<Location[]>('textDocument/references', {
      textDocument: { uri: uriOf(app) },
      position: client.position(uriOf(app), 'platform.gateway', 12),
      context: { includeDeclaration: true },
    });
    const named = (all: readonly { uri: string }[]): string[] => all.map(({ uri }) => nameOf(uri)).sort();
    assert.deepEqual(named(places), [app, app, 'other.threatmodel.yaml', platform]);

    const range = await client.at<Range>('textDocument/prepareRename', uriOf(app), 'platform.gateway', 12);
    assert.equal(client.slice(uriOf(app), range), 'gateway');
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      textDocument: { uri: uriOf(app) },
      position: client.position(uriOf(app), 'platform.gateway', 12),
      newName: 'platform.front',
    });
    const changes = (edit.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(
      changes.map(({ textDocument, edits }) => [nameOf(textDocument.uri), edits.map((it) => (it as TextEdit).newText)]).sort(),
      [
        [app, ['front', 'front']],
        ['other.threatmodel.yaml', ['front']],
        [platform, ['front']],
      ],
    );
    const refused = await client
      .request('textDocument/rename', {
        textDocument: { uri: uriOf(app) },
        position: client.position(uriOf(app), 'platform.gateway', 12),
        newName: 'llm',
      })
      .then(String, ({ message }: Error) => message);
    assert.match(refused, /"llm" is taken/);

    const shared = await client.at<Range>('textDocument/prepareRename', uriOf(app), 'platform: ./', 2);
    assert.equal(client.slice(uriOf(app), shared), 'platform');
    const namespace = await client.request<WorkspaceEdit>('textDocument/rename', {
      textDocument: { uri: uriOf(app) },
      position: client.position(uriOf(app), 'platform: ./', 2),
      newName: 'base',
    });
    const places2 = ((namespace.documentChanges ?? []) as TextDocumentEdit[]).map(({ textDocument, edits }) => [
      nameOf(textDocument.uri),
      edits.length,
    ]);
    // Its key, and before each name; not in the path.
    assert.deepEqual(places2, [[app, 1 + [...APP.matchAll(/\bplatform\.(?!threatmodel)[a-z]/g)].length]]);

    await client.open(uriOf(platform), PLATFORM);
    const there = await client.request<Location[]>('textDocument/references', {
      textDocument: { uri: uriOf(platform) },
      position: client.position(uriOf(platform), 'gateway:', 2),
      context: { includeDeclaration: false },
    });
    assert.deepEqual(named(there), [app, app, 'other.threatmodel.yaml']);
  });

  it('is explained, completed and shown in the diagram', async () => {
    await start({ [platform]: PLATFORM, 'deep/er.threatmodel.yaml': PLATFORM });
    await client.open(uriOf(app), APP);
    await client.told(uriOf(app));
    const hover = async (word: string): Promise<string> =>
      (await client.at<{ contents: { value: string } }>('textDocument/hover', uriOf(app), word, 12)).contents.value;
    assert.match(await hover('platform.gateway'), /\*\*AI gateway\*\* `platform.gateway` · `platform.threatmodel.yaml`/);
    assert.match(await hover('./platform.threatmodel.yaml'), /Fjord Insurance AI platform.*platform.threatmodel.yaml/);
    const items = async (word: string, skip: number): Promise<string[]> =>
      (await client.at<CompletionList | null>('textDocument/completion', uriOf(app), word, skip))?.items.map(({ label }) => label) ?? [];
    assert.ok((await items('platform.payments', 9)).includes('platform.claims'));
    assert.deepEqual(await items('./platform.threatmodel.yaml', 2), ['./platform.threatmodel.yaml', './deep/er.threatmodel.yaml']);
    const place = await client.request<{ uri?: string } | null>('threatwright/locate', { uri: uriOf(app), id: 'platform.gateway' });
    assert.equal(place?.uri, uriOf(platform));
    const frame = await client.request<{ uri?: string } | null>('threatwright/locate', { uri: uriOf(app), id: 'platform.' });
    assert.equal(frame?.uri, uriOf(platform));
    const finding = (await client.told(uriOf(app))).find(({ code }) => code === 'destructive-action-without-undo');
    assert.ok(finding?.relatedInformation?.some(({ location }) => location.uri === uriOf(platform)));
  });

  it('is mended only where it is itself', async () => {
    await start({ [platform]: PLATFORM });
    await client.open(uriOf(app), APP);
    for (const diagnostic of await client.told(uriOf(app))) {
      for (const { edit } of await client.fixes(uriOf(app), diagnostic)) {
        const uris = (edit?.documentChanges ?? []).map((change) => ('textDocument' in change ? change.textDocument.uri : ''));
        assert.deepEqual([...new Set(uris)], [uriOf(app)]);
      }
    }
    const finding = (await client.told(uriOf(app))).find(({ code }) => code === 'destructive-action-without-undo');
    assert.ok(finding && (await client.fixes(uriOf(app), finding)).length > 0);
  });
});
