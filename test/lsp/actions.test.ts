import assert from 'node:assert/strict';
import type { CodeAction, ShowDocumentParams, SnippetTextEdit, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol';
import { FIXES_REQUEST, type FixesResult } from '../../server/src/protocol/messages.ts';
import { LspClient } from '../tools/lspClient.ts';

const URI = 'file:///shop.threatmodel.yaml';

const SHOP = `threatmodel: 1
title: Shop
owner: ann
elements:
  bot: { kind: agent, title: "Bot 🦊" }
  pay: { kind: tool, sideEffects: [spend] }
flows:
  buy: { from: bot, to: pay, kind: tool-call }
`;

describe('actions over standard input and output', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start();
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });

  it('say what can be done about a finding, as edits of the version that is open', async () => {
    await client.open(URI, SHOP);
    const finding = (await client.told(URI)).find(({ range }) => client.slice(URI, range) === 'buy');
    assert.ok(finding);
    const { fingerprint } = finding.data as { fingerprint: string };
    const ways = await client.request<FixesResult>(FIXES_REQUEST, { uri: URI, fingerprint });
    assert.deepEqual([...new Set(ways.map(({ kind }) => kind))], ['fix', 'plan', 'not-applicable', 'accept']);
    assert.equal(ways[0]?.preferred, true);
    const accept = ways.at(-1);
    assert.ok(accept?.select);
    const [change] = accept.edit.documentChanges;
    assert.deepEqual(change?.textDocument, { uri: URI, version: client.text(URI).version });
    await client.edit(URI, change.edits as TextEdit[]);
    assert.equal(client.slice(URI, accept.select), '');
    assert.match(client.text(URI).getText(), /owner: ann\n {4}reason: ""/);
    const { line } = accept.select.start;
    assert.match(client.text(URI).getText().split('\n')[line] ?? '', /reason/);
    const left = (await client.told(URI)).filter(({ data }) => (data as { fingerprint?: string } | undefined)?.fingerprint === fingerprint);
    assert.deepEqual(left, []);
  });

  it('are none for a finding or a document that is not there', async () => {
    await client.open(URI, SHOP);
    assert.deepEqual(await client.request(FIXES_REQUEST, { uri: URI, fingerprint: 'nothing' }), []);
    assert.deepEqual(await client.request(FIXES_REQUEST, { uri: 'file:///other.threatmodel.yaml', fingerprint: 'nothing' }), []);
  });

  it('work out the edits of an action when it is chosen, for a client that can wait', async () => {
    const patient = await LspClient.start({
      capabilities: {
        textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } },
        workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
      },
      initializationOptions: { pages: true },
    });
    try {
      await patient.open(URI, SHOP);
      const finding = (await patient.told(URI)).find(({ range }) => patient.slice(URI, range) === 'buy');
      assert.ok(finding);
      const actions = await patient.fixes(URI, finding);
      assert.ok(actions.every(({ edit }) => edit === undefined));
      assert.ok(actions.some(({ kind }) => kind === 'refactor.rewrite'));
      const commands = actions.flatMap(({ command }) => (command ? [command.command] : []));
      assert.deepEqual([...new Set(commands)].sort(), ['threatwright.showInDiagram', 'threatwright.showRule']);
      const { rule, fingerprint } = actions[0]?.data as { rule: string; fingerprint: string };
      assert.deepEqual({ rule, fingerprint }, finding.data);
      const accept = actions.find(({ title }) => title.startsWith('Accept'));
      const { edit } = await patient.request<CodeAction>('codeAction/resolve', accept);
      const [change] = edit?.documentChanges as TextDocumentEdit[];
      const [snippet] = change?.edits as SnippetTextEdit[];
      assert.match(
        snippet?.snippet.value ?? '',
        /^\naccepted:\n {2}- rule: .*\n.*\n {4}owner: ann\n {4}reason: "\$\{1:\}"\n {4}until: \$\{2:2/,
      );
      await patient.replace(URI, 'title: Shop', 'title: Store');
      await assert.rejects(patient.request('codeAction/resolve', accept), /changed/);
      assert.deepEqual(patient.errors, []);
    } finally {
      await patient.stop();
    }
  });

  it('tell a client that knows no places to fill in, but shows documents, where to put the cursor', async () => {
    const plain = await LspClient.start({ capabilities: { window: { showDocument: { support: true } } } });
    try {
      assert.deepEqual(plain.initialized.capabilities.executeCommandProvider, { commands: ['threatwright.server.select'] });
      await plain.open(URI, SHOP);
      const finding = (await plain.told(URI)).find(({ range }) => plain.slice(URI, range) === 'buy');
      assert.ok(finding);
      const actions = await plain.fixes(URI, finding);
      const accept = actions.find(({ title }) => title.startsWith('Accept'));
      assert.ok(accept?.command);
      assert.ok(actions.some(({ edit, command }) => edit && !command));
      const shown = new Promise<ShowDocumentParams>((resolve) =>
        plain.connection.onRequest('window/showDocument', (params: ShowDocumentParams) => {
          resolve(params);
          return { success: true };
        }),
      );
      await plain.apply(URI, accept);
      await plain.request('workspace/executeCommand', accept.command);
      const { uri, selection, takeFocus } = await shown;
      assert.deepEqual({ uri, takeFocus }, { uri: URI, takeFocus: true });
      assert.ok(selection);
      const text = plain.text(URI);
      assert.equal(text.getText().slice(0, text.offsetAt(selection.start)).split('\n').at(-1), '    reason: "');
      const nonsense = { command: 'threatwright.server.select', arguments: [URI, { start: 1 }] };
      assert.equal(await plain.request('workspace/executeCommand', nonsense), null);
      assert.deepEqual(plain.errors, []);
    } finally {
      await plain.stop();
    }
  });

  it('fix all that is safe when the client asks for that kind', async () => {
    await client.open(URI, SHOP.replace('kind: tool,', 'Kind: tool,').replace('from:', 'form:'));
    const ask = (only: string[]): Promise<CodeAction[]> => {
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      return client.request('textDocument/codeAction', { textDocument: { uri: URI }, range, context: { diagnostics: [], only } });
    };
    const [fixAll, more] = await ask(['source.fixAll']);
    assert.ok(fixAll && !more);
    assert.equal(fixAll.kind, 'source.fixAll.threatwright');
    await client.apply(URI, fixAll);
    assert.equal(client.text(URI).getText().split('\n')[5], SHOP.split('\n')[5]);
    assert.deepEqual(await ask(['source.organizeImports']), []);
  });
});
