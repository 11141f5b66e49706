import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver-protocol';
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
});
