import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList, Hover, PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient } from '../tools/lspClient.ts';
import { ARM_MODEL as MODEL, ARM_RULE as RULE, GOOD_PACK as GOOD } from '../tools/packs.ts';

const codesOf = (params: PublishDiagnosticsParams): unknown[] => params.diagnostics.map(({ code }) => code);

describe("the language server with an organisation's own rules", () => {
  let client: LspClient;
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    write(GOOD);
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  const write = (files: Readonly<Record<string, string>>): void => writeFiles(path.join(folder, '.threatwright'), files);
  const start = async (packs: boolean, pull = false): Promise<void> => {
    client = await LspClient.start({ folders: [pathToFileURL(folder).href], initializationOptions: { packs, pages: true }, pull });
  };
  /** What is told of a file after `act`. */
  const toldAfter = async (name: string, act: () => void | Promise<void>): Promise<PublishDiagnosticsParams> => {
    const before = client.published.length;
    await act();
    return client.until(() => client.published.slice(before).find(({ uri }) => uri === uriOf(name)));
  };
  const changed = (name: string, type = 2): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(`.threatwright/${name}`), type }] });

  it('finds what they miss, offers the fix and has their pages', async () => {
    await start(true);
    const uri = uriOf('a/arm.threatmodel.yaml');
    await client.open(uri, MODEL);
    const finding = (await client.told(uri)).find(({ code }) => code === 'arm-without-stop');
    assert.ok(finding);
    assert.equal(client.slice(uri, finding.range), 'move');
    const [fix] = await client.fixes(uri, finding);
    assert.ok(fix);
    await client.apply(uri, fix);
    assert.match(client.text(uri).getText(), /controls: \[emergency-stop\]/);
    assert.ok((await client.told(uri)).every(({ code }) => code !== 'arm-without-stop'));
    const page = await client.request<{ markdown: string }>('threatwright/page', { kind: 'rule', id: 'arm-without-stop' });
    assert.match(page.markdown, /^# Robot arm without an emergency stop$/m);
  });

  it('leaves them alone in a workspace that is not trusted', async () => {
    write({ [RULE]: GOOD[RULE]!.replace('severity: high', 'severity: banana') });
    await start(false);
    const uri = uriOf('arm.threatmodel.yaml');
    await client.open(uri, MODEL);
    const told = await client.told(uri);
    assert.ok(told.some(({ code }) => code === 'unknown-kind') && told.every(({ code }) => code !== 'arm-without-stop'));
    const again = await toldAfter('arm.threatmodel.yaml', async () => {
      await changed(RULE);
      await client.edit(uri, [{ range: { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } }, newText: '# more\n' }]);
    });
    assert.ok(codesOf(again).includes('unknown-kind'));
    assert.deepEqual([...new Set(client.published.map((each) => each.uri))], [uri]);
    const page = await client.request<{ markdown?: string }>('threatwright/page', { kind: 'rule', id: 'arm-without-stop' });
    assert.equal(page.markdown, undefined);
  });

  it('leaves alone what lies outside the folders of the workspace', async () => {
    await start(true);
    const uri = pathToFileURL(path.join(`${folder}-other`, 'arm.threatmodel.yaml')).href;
    await client.open(uri, MODEL);
    assert.ok((await client.told(uri)).some(({ code }) => code === 'unknown-kind'));
  });

  it('helps to write them, and counts what is typed before it is stored', async () => {
    await start(true);
    const model = uriOf('arm.threatmodel.yaml');
    await client.open(model, MODEL);
    assert.ok((await client.told(model)).some(({ code }) => code === 'arm-without-stop'));
    const rule = uriOf(`.threatwright/${RULE}`);
    await client.open(rule, GOOD[RULE]!);
    const { items } = await client.at<CompletionList>('textDocument/completion', rule, 'severity: ', 'severity: '.length);
    assert.ok(items.some(({ label }) => label === 'critical'));
    const hover = await client.at<Hover>('textDocument/hover', rule, 'satisfiedBy', 2);
    assert.match(JSON.stringify(hover), /finding go away/);
    const told = await toldAfter(`.threatwright/${RULE}`, () => client.replace(rule, 'severity: high', 'severity: banana'));
    assert.deepEqual(codesOf(told), ['unknown-value']);
    const isWithout = (each: PublishDiagnosticsParams): boolean => each.uri === model && !codesOf(each).includes('arm-without-stop');
    await client.until(() => client.published.find(isWithout));
    const back = await toldAfter(`.threatwright/${RULE}`, () => client.close(rule));
    assert.deepEqual(back.diagnostics, []);
  });

  it('tells problems of their files, where they are, and takes them back', async () => {
    write({ [RULE]: GOOD[RULE]!.replace('severity: high', 'severity: banana') });
    await start(true);
    const name = `.threatwright/${RULE}`;
    const told = await client.until(() => client.published.find(({ uri }) => uri === uriOf(name)));
    assert.deepEqual(
      told.diagnostics.map(({ code, severity, range, message }) => ({ code, severity, range, message })),
      [
        {
          code: 'unknown-value',
          severity: 1,
          range: { start: { line: 3, character: 10 }, end: { line: 3, character: 16 } },
          message: 'Must be one of low, medium, high, critical',
        },
      ],
    );
    const mended = await toldAfter(name, () => {
      write(GOOD);
      return changed(RULE);
    });
    assert.deepEqual(mended.diagnostics, []);
  });

  it('looks at open models again when they change, and when they go', async () => {
    await start(true);
    const uri = uriOf('arm.threatmodel.yaml');
    await client.open(uri, MODEL);
    assert.ok((await client.told(uri)).some(({ code }) => code === 'arm-without-stop'));
    const off = await toldAfter('arm.threatmodel.yaml', () => {
      write({ 'config.yaml': 'rules:\n  arm-without-stop: { off: true, reason: Toys. }\n' });
      return changed('config.yaml', 1);
    });
    assert.ok(!codesOf(off).includes('arm-without-stop') && !codesOf(off).includes('unknown-kind'));
    const gone = await toldAfter('arm.threatmodel.yaml', () => {
      rmSync(path.join(folder, '.threatwright'), { recursive: true });
      return changed('', 3);
    });
    assert.ok(codesOf(gone).includes('unknown-kind'));
  });

  it('follows the folders of the workspace', async () => {
    await start(true);
    const uri = uriOf('arm.threatmodel.yaml');
    await client.open(uri, MODEL);
    assert.ok((await client.told(uri)).some(({ code }) => code === 'arm-without-stop'));
    const removed = [{ uri: pathToFileURL(folder).href, name: 'plant' }];
    const without = await toldAfter('arm.threatmodel.yaml', () =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } }),
    );
    assert.ok(codesOf(without).includes('unknown-kind'));
  });

  it('answers clients that ask', async () => {
    await start(true, true);
    const uri = uriOf('arm.threatmodel.yaml');
    await client.open(uri, MODEL);
    const report = await client.request<{ items: { code: string }[] }>('textDocument/diagnostic', { textDocument: { uri } });
    assert.ok(report.items.some(({ code }) => code === 'arm-without-stop'));
  });
});
