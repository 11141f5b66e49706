import assert from 'node:assert/strict';
import type { DocumentHighlight, Location, LocationLink, Range, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { LspClient } from '../tools/lspClient.ts';

const URI = 'file:///shop.threatmodel.yaml';
const SHOP = `threatmodel: 1
title: Shop
boundaries:
  corp: { kind: organization }
elements:
  user: { kind: human-user, title: "🦊" }
  bot: { kind: agent, in: corp, controls: [agent-unique-identity] }
  pay: { kind: tool, in: corp, sideEffects: [spend] }
flows:
  ask: { title: "🦊🦊", from: user, to: bot, kind: prompt }
  buy: { from: "bot", to: pay, kind: tool-call }
`;

describe('finding the way over standard input and output', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start({
      initializationOptions: { pages: true },
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } },
    });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });
  beforeEach(() => client.open(URI, SHOP));
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });

  const lineOf = ({ range }: { range: Range }): string =>
    client.text(URI).getText().split('\n')[range.start.line]?.trim().slice(0, 3) ?? '';

  it('says that it can', () => {
    const { capabilities } = client.initialized;
    assert.equal(capabilities.definitionProvider, true);
    assert.equal(capabilities.typeDefinitionProvider, true);
    assert.equal(capabilities.referencesProvider, true);
    assert.equal(capabilities.documentHighlightProvider, true);
    assert.deepEqual(capabilities.renameProvider, { prepareProvider: true });
  });

  it('finds every use of an element, with and without its declaration', async () => {
    const ask = (includeDeclaration: boolean) =>
      client.request<Location[]>('textDocument/references', {
        textDocument: { uri: URI },
        position: client.position(URI, 'bot, kind'),
        context: { includeDeclaration },
      });
    const found = await ask(true);
    assert.deepEqual(found.map(lineOf), ['bot', 'ask', 'buy']);
    assert.ok(found.every(({ range, uri }) => uri === URI && client.slice(URI, range) === 'bot'));
    assert.deepEqual((await ask(false)).map(lineOf), ['ask', 'buy']);
  });

  it('tells sources from targets', async () => {
    const found = await client.at<DocumentHighlight[]>('textDocument/documentHighlight', URI, 'bot:');
    assert.deepEqual(
      found.map(({ kind, range }) => [client.slice(URI, range), kind]),
      [
        ['bot', 1],
        ['bot', 3],
        ['bot', 2],
      ],
    );
  });

  it('goes to the page of a control', async () => {
    for (const method of ['textDocument/definition', 'textDocument/typeDefinition']) {
      const [link] = [await client.at<LocationLink[] | Location>(method, URI, 'agent-unique-identity', 3)].flat();
      assert.ok(link);
      const uri = 'targetUri' in link ? link.targetUri : link.uri;
      assert.equal(uri, 'threatwright:/controls/agent-unique-identity.md');
    }
    assert.equal(await client.at('textDocument/typeDefinition', URI, 'bot:'), null);
  });

  it('renames everywhere at once, with the quotes that are there', async () => {
    assert.deepEqual(await client.at('textDocument/prepareRename', URI, 'bot:', 1), {
      start: { line: 6, character: 2 },
      end: { line: 6, character: 5 },
    });
    const params = { textDocument: { uri: URI }, position: client.position(URI, 'bot:'), newName: 'agent1' };
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', params);
    assert.deepEqual(edit.changeAnnotations, { here: { label: 'Rename to agent1' } });
    const before = client.text(URI).version;
    for (const change of edit.documentChanges ?? []) {
      assert.ok('edits' in change && change.textDocument.version === before);
      assert.ok(change.edits.every((each) => 'annotationId' in each && each.annotationId === 'here'));
      await client.edit(
        URI,
        change.edits.filter((each) => 'newText' in each),
      );
    }
    assert.equal(client.text(URI).getText(), SHOP.replaceAll(/bot\b/g, 'agent1'));
  });

  it('says why not', async () => {
    const rename = (newName: string) =>
      client.request('textDocument/rename', { textDocument: { uri: URI }, position: client.position(URI, 'bot:'), newName });
    await assert.rejects(rename('pay'), { message: 'The id "pay" is taken in this model.' });
    await assert.rejects(rename('a b'), /cannot be an id/);
    await assert.rejects(client.at('textDocument/prepareRename', URI, 'agent-unique'), /is a control of the catalogue/);
    assert.equal(await client.at('textDocument/prepareRename', URI, 'kind: tool'), null);
  });
});

describe('finding the way with a client that knows little', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start({ capabilities: { textDocument: { definition: {} }, workspace: { workspaceEdit: {} } } });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });

  it('gives places, plain changes and no pages', async () => {
    await client.open(URI, SHOP);
    assert.deepEqual(await client.at('textDocument/definition', URI, 'bot, kind'), {
      uri: URI,
      range: { start: { line: 6, character: 2 }, end: { line: 6, character: 5 } },
    });
    assert.equal(await client.at('textDocument/definition', URI, 'agent-unique'), null);
    const params = { textDocument: { uri: URI }, position: client.position(URI, 'bot:'), newName: 'agent1' };
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', params);
    assert.deepEqual(Object.keys(edit), ['changes']);
    assert.equal(edit.changes?.[URI]?.length, 3);
    await client.closeAll();
    const textDocument = { uri: 'file:///nowhere.yaml' };
    const position = { line: 3, character: 3 };
    for (const method of ['references', 'documentHighlight', 'prepareRename', 'rename', 'typeDefinition']) {
      const answer = await client.request(`textDocument/${method}`, { textDocument, position, context: {}, newName: 'x' });
      assert.equal(answer, null);
    }
    assert.deepEqual(client.errors, []);
  });
});
