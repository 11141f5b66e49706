import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CodeLens,
  DocumentLink,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient } from '../tools/lspClient.ts';

const SHOP = `threatmodel: 1
title: 🦊 https://shop.example/a
use: { base: ./base.threatmodel.yaml }
boundaries:
  web: { kind: internet }
elements:
  user: { kind: human-user, in: web }
  bot: { kind: agent }
# What moves,
# and where to
flows:
  ask: { from: user, to: bot }
`;

describe('what an editor shows of a text, over standard input and output', () => {
  let client: LspClient;
  let folder: string;
  let uri: string;
  const textDocument = (): { textDocument: { uri: string } } => ({ textDocument: { uri } });
  before(async () => {
    folder = temporaryFolder();
    writeFiles(folder, { 'base.threatmodel.yaml': 'threatmodel: 1\ntitle: Base\nelements:\n  x: { kind: agent }\n' });
    uri = pathToFileURL(path.join(folder, 'shop.threatmodel.yaml')).href;
    const initializationOptions = { pages: true, packs: true };
    client = await LspClient.start({ folders: [pathToFileURL(folder).href], initializationOptions });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await client.configure({});
    await client.open(uri, SHOP);
    await client.told(uri);
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });

  it('gives code lenses whose words come later', async () => {
    const [top, ...lenses] = await client.request<CodeLens[]>('textDocument/codeLens', textDocument());
    assert.deepEqual(top?.command, { title: 'Open diagram', command: 'threatwright.openDiagram', arguments: [uri] });
    const bot = lenses.find(({ range }) => client.slice(uri, range) === 'bot');
    assert.ok(bot && bot.command === undefined);
    const { command } = await client.request<CodeLens>('codeLens/resolve', bot);
    assert.equal(command?.command, 'threatwright.showInDiagram');
    assert.deepEqual(command.arguments, [uri, { id: 'bot' }]);
    assert.match(command.title, /^\d+ \w+.* \| 1 flow in, 0 out$/);
  });

  it('gives no code lenses to an author who wants none', async () => {
    await client.configure({ codeLens: { enabled: false } });
    // The settings are asked for before this is answered.
    for (let lenses: unknown = []; lenses !== null;) lenses = await client.request('textDocument/codeLens', textDocument());
  });

  it('gives inlay hints as the setting says', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    const hints = async (): Promise<string[] | undefined> => {
      const found = await client.request<InlayHint[] | null>('textDocument/inlayHint', { ...textDocument(), range });
      return found?.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    };
    assert.deepEqual(await hints(), ['prompt']);
    await client.configure({ inlayHints: 'all' });
    while ((await hints())?.length === 1);
    assert.match((await hints())?.[1] ?? '', /web →$/);
    await client.configure({ inlayHints: 'off' });
    while ((await hints()) !== undefined);
  });

  it('gives semantic tokens, and then what has changed of them', async () => {
    const full = await client.request<SemanticTokens>('textDocument/semanticTokens/full', textDocument());
    const ask = (previousResultId: string | undefined) =>
      client.request<SemanticTokens & SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
        ...textDocument(),
        previousResultId,
      });
    // web: line 4, column 2, three letters, the first type, declared.
    assert.deepEqual(full.data.slice(0, 5), [4, 2, 3, 0, 1]);
    const same = await ask(full.resultId);
    assert.deepEqual(same.edits, []);
    await client.replace(uri, 'to: bot', 'to: nobody');
    const delta = await ask(same.resultId);
    const data = [...full.data];
    for (const { data: put = [], deleteCount, start } of delta.edits) data.splice(start, deleteCount, ...put);
    const after = await client.request<SemanticTokens>('textDocument/semanticTokens/full', textDocument());
    assert.deepEqual(data, after.data);
    assert.notDeepEqual(data, full.data);
    assert.deepEqual((await ask('unknown')).data, after.data);
    const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 30 } };
    const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', { ...textDocument(), range });
    assert.deepEqual(part.data, full.data.slice(0, 10));
  });

  it('folds, selects and links', async () => {
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', textDocument());
    assert.deepEqual(
      folds.map(({ endLine, kind, startLine }) => [startLine, endLine, kind]),
      [
        [3, 4, undefined],
        [5, 7, undefined],
        [10, 11, undefined],
        [8, 9, 'comment'],
      ],
    );
    const positions = [client.position(uri, 'agent')];
    const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', { ...textDocument(), positions });
    assert.equal(client.slice(uri, selection!.range), 'agent');
    assert.equal(client.slice(uri, selection!.parent!.range), 'kind: agent');
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', textDocument());
    assert.deepEqual(
      links.map(({ range, target }) => [client.slice(uri, range), target]),
      [
        ['https://shop.example/a', 'https://shop.example/a'],
        ['./base.threatmodel.yaml', pathToFileURL(path.join(folder, 'base.threatmodel.yaml')).href],
      ],
    );
  });

  it('formats a text or a part of it', async () => {
    await client.replace(uri, '{ kind: agent }', '{kind: agent}  ');
    const options = { tabSize: 4, insertSpaces: true };
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    assert.deepEqual(await client.request<TextEdit[]>('textDocument/rangeFormatting', { ...textDocument(), options, range }), []);
    await client.edit(uri, await client.request<TextEdit[]>('textDocument/formatting', { ...textDocument(), options }));
    assert.equal(client.text(uri).getText(), SHOP);
    await client.replace(uri, '{ kind: agent }', '{ kind: [ ');
    assert.deepEqual(await client.request<TextEdit[]>('textDocument/formatting', { ...textDocument(), options }), []);
  });
});
