import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, ProgressType } from 'vscode-jsonrpc';
import type {
  Diagnostic,
  DidChangeWatchedFilesRegistrationOptions,
  DocumentDiagnosticReport,
  Hover,
  Location,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient, type ClientOptions } from '../tools/lspClient.ts';

const GOOD = 'threatmodel: 1\nelements:\n  user: { kind: human-user }\n';
const BAD = GOOD.replace('human-user', 'humn-user');
const isFinding = ({ data }: Diagnostic): boolean => data !== undefined;
const WATCHES = { didChangeWatchedFiles: { dynamicRegistration: true } };

let client: LspClient;
let folder: string;

const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
const nameOf = (uri: string): string => decodeURIComponent(uri.slice(pathToFileURL(folder).href.length + 1));
const changed = (name: string, type: 1 | 2 | 3): Promise<void> =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type }] });
const store = (name: string, text: string): Promise<void> => {
  writeFiles(folder, { [name]: text });
  return changed(name, 2);
};
const start = async (files: Readonly<Record<string, string>>, options: ClientOptions = {}): Promise<void> => {
  writeFiles(folder, files);
  client = await LspClient.start({ folders: [pathToFileURL(folder).href], pull: true, capabilities: { workspace: WATCHES }, ...options });
};

/** A folder and a client for each test. */
function inFolder(): void {
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true, force: true });
  });
}

describe('diagnostics of a workspace, for a client that asks', () => {
  inFolder();
  const ask = async (previousResultIds: readonly PreviousResultId[] = []): Promise<WorkspaceDocumentDiagnosticReport[]> =>
    (await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds })).items;
  const ids = (reports: readonly WorkspaceDocumentDiagnosticReport[]): PreviousResultId[] =>
    reports.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [{ uri, value: resultId }]));
  /** `name: codes of problems`, or that nothing has changed. */
  const shown = (reports: readonly WorkspaceDocumentDiagnosticReport[]): string[] =>
    reports
      .map((report) => {
        const problems = report.kind === 'full' ? report.items.filter((item) => !isFinding(item)).map(({ code }) => String(code)) : ['='];
        return `${nameOf(report.uri)}: ${problems.join(' ')}`.trim();
      })
      .sort();

  it('says that it can', async () => {
    await start({});
    assert.equal(client.initialized.capabilities.diagnosticProvider?.workspaceDiagnostics, true);
  });

  it('reports models that nobody has open, and no others', async () => {
    await start({
      'a.threatmodel.yaml': BAD,
      'deep/in side/b.threatmodel.yml': GOOD,
      'c.yaml': BAD,
      'node_modules/d.threatmodel.yaml': BAD,
      'deep/.git/e.threatmodel.yaml': BAD,
    });
    assert.deepEqual(shown(await ask()), ['a.threatmodel.yaml: unknown-kind', 'deep/in side/b.threatmodel.yml:']);
  });

  it('says when nothing has changed, and reads again what has', async () => {
    await start({ 'a.threatmodel.yaml': BAD, 'b.threatmodel.yaml': GOOD });
    const first = await ask();
    assert.deepEqual(shown(await ask(ids(first))), ['a.threatmodel.yaml: =', 'b.threatmodel.yaml: =']);
    await store('a.threatmodel.yaml', GOOD);
    await store('c.threatmodel.yaml', BAD);
    await store('node_modules/d.threatmodel.yaml', BAD);
    const second = await ask(ids(first));
    assert.deepEqual(shown(second), ['a.threatmodel.yaml:', 'b.threatmodel.yaml: =', 'c.threatmodel.yaml: unknown-kind']);
    assert.deepEqual(shown(await ask(ids(second))), ['a.threatmodel.yaml: =', 'b.threatmodel.yaml: =', 'c.threatmodel.yaml: =']);
  });

  it('gives the same names in another session', async () => {
    await start({ 'a.threatmodel.yaml': BAD });
    const first = await ask();
    await client.stop();
    await start({});
    assert.deepEqual(shown(await ask(ids(first))), ['a.threatmodel.yaml: =']);
  });

  it('takes back what is gone, alone or with its folder', async () => {
    await start({ 'a.threatmodel.yaml': BAD, 'x/b.threatmodel.yaml': BAD, 'xy/c.threatmodel.yaml': BAD });
    const first = await ask();
    rmSync(path.join(folder, 'a.threatmodel.yaml'));
    await changed('a.threatmodel.yaml', 3);
    rmSync(path.join(folder, 'x'), { recursive: true });
    await changed('x', 3);
    assert.deepEqual(shown(await ask(ids(first))), ['a.threatmodel.yaml:', 'x/b.threatmodel.yaml:', 'xy/c.threatmodel.yaml: =']);
    assert.deepEqual(shown(await ask()), ['xy/c.threatmodel.yaml: unknown-kind']);
  });

  it('prefers what is open, however its name is written, and what is stored once it is closed', async () => {
    await start({ 'a b.threatmodel.yaml': GOOD });
    const uri = uriOf('a b.threatmodel.yaml').replace('/a', '/%61');
    await client.open(uri, BAD);
    const [open, ...others] = await ask();
    assert.equal(others.length, 0);
    assert.equal(open?.version, client.text(uri).version);
    assert.equal(open.uri, uri);
    assert.deepEqual(
      shown([open]).map((text) => text.split(': ')[1]),
      ['unknown-kind'],
    );
    await client.close(uri);
    // A client asks once more for what it has just closed.
    const after = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
    assert.ok(after.kind === 'full' && after.items.every(isFinding));
    const [stored] = await ask(ids([open]));
    assert.equal(stored?.version, null);
    assert.ok(stored.kind === 'full' && stored.items.every(isFinding));
  });

  it('checks only what is open when the settings say so', async () => {
    await start({ 'a.threatmodel.yaml': BAD });
    const first = await ask();
    const refreshed = client.refreshed();
    await client.configure({ check: { scope: 'openFiles' } });
    await refreshed;
    assert.deepEqual(shown(await ask(ids(first))), ['a.threatmodel.yaml:']);
    assert.deepEqual(await ask(), []);
    const closed = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: uriOf('a.threatmodel.yaml') },
    });
    assert.deepEqual(closed, { kind: 'full', items: [] });
  });

  it('does not begin before it knows the settings', async () => {
    await start({ 'a.threatmodel.yaml': BAD }, { settings: { check: { scope: 'openFiles' } } });
    assert.deepEqual(await ask(), []);
  });

  it('checks all again when a setting changes', async () => {
    await start({ 'a.threatmodel.yaml': GOOD.replace('human-user', 'agent') });
    const first = await ask();
    const refreshed = client.refreshed();
    await client.configure({ problems: { expand: true } });
    await refreshed;
    const [report] = await ask(ids(first));
    assert.equal(report?.kind, 'full');
  });

  it('follows the folders', async () => {
    await start({ 'one/a.threatmodel.yaml': BAD, 'two/b.threatmodel.yaml': BAD });
    const first = await ask();
    const folders = (name: string) => ({ uri: uriOf(name), name });
    const event = { added: [folders('two')], removed: [{ uri: pathToFileURL(folder).href, name: '' }] };
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    assert.deepEqual(shown(await ask(ids(first))), ['one/a.threatmodel.yaml:', 'two/b.threatmodel.yaml: =']);
  });

  it('wants to be told of models and of whatever goes away', async () => {
    await start({});
    const find = () => client.registered.find(({ method }) => method === 'workspace/didChangeWatchedFiles');
    const { watchers } = (await client.until(find)).registerOptions as DidChangeWatchedFilesRegistrationOptions;
    assert.deepEqual(watchers, [{ globPattern: '**/*.threatmodel.{yaml,yml}' }, { globPattern: '**', kind: 4 }]);
  });

  it('looks for itself when the client tells of no changes', async () => {
    await start({ 'a.threatmodel.yaml': BAD }, { capabilities: {} });
    const first = await ask();
    writeFiles(folder, { 'a.threatmodel.yaml': GOOD, 'b.threatmodel.yaml': BAD });
    assert.deepEqual(shown(await ask(ids(first))), ['a.threatmodel.yaml:', 'b.threatmodel.yaml: unknown-kind']);
  });

  it('leaves copies of files alone', async () => {
    await start({});
    const uri = 'git:/a.threatmodel.yaml?ref';
    await client.open(uri, BAD);
    const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
    assert.deepEqual(report, { kind: 'full', items: [] });
  });

  it('reads what is no text, or too large, as far as that goes', async () => {
    await start({ 'a.threatmodel.yaml': `\uFEFF${BAD}` });
    mkdirSync(path.join(folder, 'folder.threatmodel.yaml'));
    writeFileSync(path.join(folder, 'b.threatmodel.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    writeFileSync(path.join(folder, 'c.threatmodel.yaml'), Buffer.alloc(9 * 1024 * 1024, '#'));
    const reports = await ask();
    assert.deepEqual(reports.map(({ uri }) => nameOf(uri)).sort(), ['a.threatmodel.yaml', 'b.threatmodel.yaml']);
    const bad = reports.find(({ uri }) => nameOf(uri) === 'a.threatmodel.yaml');
    assert.ok(bad?.kind === 'full');
    assert.equal(bad.items.find(({ code }) => code === 'unknown-kind')?.range.start.character, '  user: { kind: '.length);
  });

  describe('of many models', () => {
    const COUNT = 120;
    const many = Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [`m${index}.threatmodel.yaml`, BAD]));

    it('sends them in parts', async () => {
      await start(many);
      const parts: WorkspaceDocumentDiagnosticReport[][] = [];
      client.connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'parts', ({ items }) => void parts.push(items));
      const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
        partialResultToken: 'parts',
      });
      assert.ok(parts.length > 2);
      assert.equal(new Set([...parts.flat(), ...items].map(({ uri }) => uri)).size, COUNT);
    });

    it('answers other requests meanwhile', async () => {
      await start(many);
      const uri = uriOf('open.threatmodel.yaml');
      await client.open(uri, GOOD);
      const order: string[] = [];
      const all = ask().then(() => order.push('workspace'));
      const hover = client.at<Hover>('textDocument/hover', uri, 'human-user').then(() => order.push('hover'));
      await Promise.all([all, hover]);
      assert.deepEqual(order, ['hover', 'workspace']);
    });

    it('stops when it is told to, and begins again', async () => {
      await start(many);
      const source = new CancellationTokenSource();
      const parts = new Promise<void>((resolve) => {
        client.connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'parts', () => resolve());
      });
      const params = { previousResultIds: [], partialResultToken: 'parts' };
      const answer = client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', params, source.token);
      await parts;
      source.cancel();
      await assert.rejects(answer, { code: -32800 });
      assert.equal((await ask()).length, COUNT);
    });

    it('shows how far it is, and lets the author end it', async () => {
      await start(many, { capabilities: { workspace: WATCHES, window: { workDoneProgress: true } } });
      const seen: { kind: string; title?: string; cancellable?: boolean }[] = [];
      const created = new Promise<void>((resolve) => {
        client.connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
          client.connection.onProgress(new ProgressType<(typeof seen)[number]>(), token, (value) => {
            seen.push(value);
            if (value.kind === 'begin') void client.connection.sendNotification('window/workDoneProgress/cancel', { token });
            if (value.kind === 'end') resolve();
          });
          return null;
        });
      });
      const first = await ask();
      await created;
      assert.deepEqual(seen[0], { kind: 'begin', title: 'Checking threat models', percentage: 0, cancellable: true });
      assert.ok(first.length < COUNT);
      // What has been checked stays; the rest is not wanted.
      assert.ok((await ask(ids(first))).length < COUNT);
    });
  });
});

describe('diagnostics of a workspace, for a client that is told', () => {
  inFolder();
  const told = async (name: string, count: number): Promise<void> => {
    await client.until(() => {
      const last = client.published.findLast(({ uri }) => decodeURIComponent(uri) === decodeURIComponent(uriOf(name)));
      return last?.diagnostics.filter((diagnostic) => !isFinding(diagnostic)).length === count ? last : undefined;
    });
  };

  it('tells of models that are not open, of their changes and of their end', async () => {
    await start({ 'a.threatmodel.yaml': BAD, 'b.threatmodel.yaml': GOOD }, { pull: false });
    await told('a.threatmodel.yaml', 1);
    await store('b.threatmodel.yaml', BAD);
    await told('b.threatmodel.yaml', 1);
    await store('a.threatmodel.yaml', GOOD);
    await told('a.threatmodel.yaml', 0);
    rmSync(path.join(folder, 'b.threatmodel.yaml'));
    await changed('b.threatmodel.yaml', 3);
    await told('b.threatmodel.yaml', 0);
  });

  it('tells of an open one as it is in the editor, and as it is stored once it is closed', async () => {
    await start({ 'a.threatmodel.yaml': BAD }, { pull: false });
    await told('a.threatmodel.yaml', 1);
    const uri = uriOf('a.threatmodel.yaml');
    await client.open(uri, GOOD);
    await told('a.threatmodel.yaml', 0);
    await client.close(uri);
    await told('a.threatmodel.yaml', 1);
  });

  it('takes back what the settings do not want', async () => {
    await start({ 'a.threatmodel.yaml': BAD }, { pull: false });
    await told('a.threatmodel.yaml', 1);
    await client.configure({ check: { scope: 'openFiles' } });
    await told('a.threatmodel.yaml', 0);
    await client.configure({ check: { scope: 'workspace' } });
    await told('a.threatmodel.yaml', 1);
  });

  it('takes back what is in a folder that is not part of the workspace any more', async () => {
    await start({ 'a.threatmodel.yaml': BAD }, { pull: false });
    await told('a.threatmodel.yaml', 1);
    const event = { added: [], removed: [{ uri: pathToFileURL(folder).href, name: '' }] };
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await told('a.threatmodel.yaml', 0);
  });
});

describe('a workspace of several models', () => {
  inFolder();

  it('finds a control in all of them', async () => {
    const uses = (control: string): string => `threatmodel: 1\nelements:\n  bot: { kind: agent, controls: [${control}] }\n`;
    await start({ 'a.threatmodel.yaml': uses('agent-unique-identity'), 'b.threatmodel.yaml': uses('human-approval') });
    const uri = uriOf('open.threatmodel.yaml');
    await client.open(uri, uses('agent-unique-identity'));
    const params = { textDocument: { uri }, position: client.position(uri, 'agent-unique'), context: { includeDeclaration: true } };
    const found = await client.request<Location[]>('textDocument/references', params);
    assert.deepEqual(
      found.map((each) => `${nameOf(each.uri)} ${each.range.start.line}`),
      ['open.threatmodel.yaml 2', 'a.threatmodel.yaml 2'],
    );
    const bot = { ...params, position: client.position(uri, 'bot') };
    assert.equal((await client.request<Location[]>('textDocument/references', bot)).length, 1);
  });

  it('keeps paths right when models and folders move', async () => {
    const application = 'threatmodel: 1\nuse:\n  base: ./lib/base.threatmodel.yaml\n  twin: "./twin.threatmodel.yaml"\n';
    await start({ 'app.threatmodel.yaml': application, 'lib/base.threatmodel.yaml': GOOD, 'twin.threatmodel.yaml': GOOD });
    assert.ok(client.initialized.capabilities.workspace?.fileOperations?.willRename);
    const move = (from: string, to: string) => ({ oldUri: uriOf(from), newUri: uriOf(to) });
    const ask = async (...files: readonly { oldUri: string; newUri: string }[]) => {
      const edit = await client.request<WorkspaceEdit | null>('workspace/willRenameFiles', { files });
      return edit?.documentChanges?.flatMap((change) =>
        'edits' in change ? change.edits.map((each) => ['newText' in each && each.newText, change.textDocument.version]) : [],
      );
    };
    assert.deepEqual(await ask(move('lib', 'common')), [['./common/base.threatmodel.yaml', null]]);
    assert.deepEqual(await ask(move('app.threatmodel.yaml', 'apps/app.threatmodel.yaml')), [
      ['../lib/base.threatmodel.yaml', null],
      ['"../twin.threatmodel.yaml"', null],
    ]);
    assert.equal(await ask(move('other.threatmodel.yaml', 'x.threatmodel.yaml')), undefined);
    const uri = uriOf('app.threatmodel.yaml');
    await client.open(uri, application.replace('./lib/base', './lib/../lib/base'));
    const { version } = client.text(uri);
    assert.deepEqual(await ask(move('lib/base.threatmodel.yaml', 'lib/new.threatmodel.yaml')), [['./lib/new.threatmodel.yaml', version]]);
  });

  it('follows what an author does to files', async () => {
    await start({ 'a.threatmodel.yaml': BAD });
    const uris = async () =>
      (await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] })).items.map(({ uri }) =>
        nameOf(uri),
      );
    await uris();
    mkdirSync(path.join(folder, 'x'));
    renameSync(path.join(folder, 'a.threatmodel.yaml'), path.join(folder, 'x', 'b.threatmodel.yaml'));
    const files = [{ oldUri: uriOf('a.threatmodel.yaml'), newUri: uriOf('x/b.threatmodel.yaml') }];
    await client.connection.sendNotification('workspace/didRenameFiles', { files });
    assert.deepEqual(await uris(), ['x/b.threatmodel.yaml']);
    renameSync(path.join(folder, 'x'), path.join(folder, 'y'));
    await client.connection.sendNotification('workspace/didRenameFiles', { files: [{ oldUri: uriOf('x'), newUri: uriOf('y') }] });
    assert.deepEqual(await uris(), ['y/b.threatmodel.yaml']);
    rmSync(path.join(folder, 'y'), { recursive: true });
    await client.connection.sendNotification('workspace/didDeleteFiles', { files: [{ uri: uriOf('y') }] });
    assert.deepEqual(await uris(), []);
  });
});
