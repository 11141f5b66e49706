import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentSymbol,
  Location,
  SymbolInformation,
} from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient } from '../tools/lspClient.ts';

const SHOP = `threatmodel: 1
title: Shop
boundaries:
  corp: { kind: organization, title: "🦊" }
elements:
  user: { kind: human-user }
  bot: { kind: agent, in: corp, title: Sales assistant }
  old: { kind: tool, in: corp, outOfScope: { reason: gone } }
flows:
  ask: { from: user, to: bot, kind: prompt }
`;
const BANK = 'threatmodel: 1\nelements:\n  robot: { kind: agent }\n';

describe('symbols and data flow over standard input and output', () => {
  let client: LspClient;
  let folder: string;
  before(async () => {
    folder = temporaryFolder();
    writeFiles(folder, { 'bank.threatmodel.yaml': BANK, 'shop.threatmodel.yaml': 'threatmodel: 1\n' });
    const documentSymbol = { hierarchicalDocumentSymbolSupport: true };
    client = await LspClient.start({ folders: [pathToFileURL(folder).href], capabilities: { textDocument: { documentSymbol } } });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  let uri: string;
  beforeEach(async () => {
    uri = uriOf('shop.threatmodel.yaml');
    await client.open(uri, SHOP);
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });

  it('gives an outline of sections with what is in them', async () => {
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['boundaries', 'elements', 'flows'],
    );
    const [boundaries, elements, flows] = symbols;
    const corp = boundaries?.children?.[0];
    assert.deepEqual(
      elements?.children?.map(({ name, detail, kind, tags }) => [name, detail, kind, tags]),
      [
        ['user', 'human-user', 5, undefined],
        ['bot', 'agent · corp', 5, undefined],
        ['old', 'tool · corp', 5, [1]],
      ],
    );
    assert.equal(flows?.children?.[0]?.name, 'ask: user → bot');
    assert.equal(flows.children[0].detail, 'prompt');
    assert.equal(client.slice(uri, corp?.selectionRange ?? corp!.range), 'corp');
  });

  it('finds names in all models, open or not', async () => {
    const find = async (query: string) => {
      const found = await client.request<(SymbolInformation & { location: Location })[]>('workspace/symbol', { query });
      return found.map(({ name, containerName, location }) => `${name} in ${containerName} ${location.range.start.line}`);
    };
    assert.deepEqual(await find('bot'), [
      'bot (Sales assistant) in Shop 6',
      'ask: user → bot in Shop 9',
      'robot in bank.threatmodel.yaml 2',
    ]);
    assert.deepEqual(await find('sls'), ['bot (Sales assistant) in Shop 6']);
    assert.deepEqual(await find('nonsense'), []);
    await client.replace(uri, 'bot: {', 'helper: {');
    assert.ok((await find('helper'))[0]?.startsWith('helper (Sales assistant)'));
  });

  it('walks along the data', async () => {
    const [bot, ...others] = await client.at<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', uri, 'bot: {', 1);
    assert.equal(others.length, 0);
    assert.equal(bot?.name, 'Sales assistant');
    assert.equal(bot.detail, 'Agent');
    const incoming = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item: bot });
    assert.deepEqual(
      incoming.map(({ from, fromRanges }) => [from.name, from.detail, ...fromRanges.map((range) => client.slice(uri, range))]),
      [['user', 'End user · ask', 'ask']],
    );
    const outgoing = await client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: bot });
    assert.deepEqual(
      outgoing.map(({ to }) => [to.name, to.detail]),
      [['user', 'End user · ask (reply)']],
    );
    const back = await client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: outgoing[0]?.to });
    assert.deepEqual(
      back.map(({ to }) => to.name),
      ['Sales assistant'],
    );
    assert.equal(await client.at('textDocument/prepareCallHierarchy', uri, 'title: Shop'), null);
  });

  it('gives lists to clients that know no outlines', async () => {
    const other = await LspClient.start();
    await other.open(uri, SHOP);
    const symbols = await other.request<SymbolInformation[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['corp (🦊)', 'user', 'bot (Sales assistant)', 'old', 'ask: user → bot'],
    );
    assert.equal(await other.stop(), 0);
  });
});
