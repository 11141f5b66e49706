import assert from 'node:assert/strict';
import { applyDelta } from '../../server/src/diagram/index.ts';
import type { ChangedDiagram, WholeDiagram, LocateResult, PdfResult } from '../../server/src/protocol/messages.ts';
import { LspClient } from '../tools/lspClient.ts';

const URI = 'file:///shop.threatmodel.yaml';

const SHOP = `threatmodel: 1
title: Shop
boundaries:
  corp: { kind: organization }
data:
  question: { kind: user-prompt }
elements:
  user: { kind: human-user }
  bot: { kind: agent, in: corp }
flows:
  ask: { from: user, to: bot, kind: prompt, carries: [question] }
`;

describe('the diagram of a document', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start();
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });
  beforeEach(() => client.open(URI, SHOP));
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });

  function diagram(have?: string): Promise<WholeDiagram> {
    return client.request('threatwright/diagram', { uri: URI, have });
  }

  it('has what is written and what was found', async () => {
    const { graph, marks, stale, uri, version } = await diagram();
    assert.deepEqual([uri, version, stale], [URI, client.text(URI).version, false]);
    assert.deepEqual(
      graph?.nodes.map(({ id }) => id),
      ['user', 'bot'],
    );
    assert.deepEqual(
      graph.edges.map(({ id }) => id),
      ['ask'],
    );
    assert.ok(marks.findings.length > 0);
  });

  it('is written as PDF from what a page has drawn, and what is no picture harms nobody', async () => {
    const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><title>A &amp; B</title><rect width="9" height="9"/></svg>';
    const pdf = await client.request<PdfResult>('threatwright/pdf', { svg: square });
    assert.match(Buffer.from(pdf.base64, 'base64').toString('latin1'), /^%PDF-1[^]*\(A & B\)[^]*%%EOF/);
    for (const svg of ['', 'no picture', '<svg', 7, undefined]) await client.request('threatwright/pdf', { svg });
    client.errors.splice(0);
  });

  it('is announced when it may have changed', async () => {
    const version = client.text(URI).version + 1;
    const announced = new Promise<unknown>((resolve) => {
      client.connection.onNotification('threatwright/diagramChanged', (params: { version: number }) => {
        if (params.version === version) resolve(params);
      });
    });
    await client.replace(URI, 'Shop', 'Store');
    assert.deepEqual(await announced, { uri: URI, version });
  });

  it('leaves out a graph that the caller has', async () => {
    const first = await diagram();
    const second = await diagram(first.picture);
    assert.equal(second.graph, undefined);
    assert.equal(second.picture, first.picture);
    await client.replace(URI, 'bot: { kind: agent', 'bot: { kind: agent, controls: [agent-unique-identity]');
    const controlled = await diagram(first.picture);
    assert.equal(controlled.graph, undefined);
    assert.notDeepEqual(controlled.marks, first.marks);
    await client.replace(URI, 'kind: human-user', 'kind: human-user, title: A customer');
    const titled = await diagram(first.picture);
    assert.notEqual(titled.picture, first.picture);
    assert.equal(titled.graph?.nodes[0]?.title, 'A customer');
  });

  it('tells only what has changed to somebody who has the last answer', async () => {
    const first = await diagram();
    await client.replace(URI, 'kind: human-user', 'kind: human-user, title: A customer');
    const since = (revision: string): Promise<ChangedDiagram> =>
      client.request('threatwright/diagram', { uri: URI, have: first.picture, since: revision });
    const second = await since(first.revision);
    assert.deepEqual(Object.keys(second).sort(), ['delta', 'picture', 'revision', 'stale', 'uri', 'version']);
    assert.deepEqual([second.delta.since, second.delta.edges, second.delta.names], [first.revision, [[0, 1]], undefined]);
    const whole = await diagram();
    assert.equal(second.revision, whole.revision);
    assert.deepEqual(applyDelta(first.graph!, first.marks, second.delta), { graph: whole.graph, marks: whole.marks });
    // Of an answer that is not the last one nothing is kept.
    assert.ok(!('delta' in (await since(first.revision))));
  });

  it('sends a graph that looks different', async () => {
    const first = await diagram();
    await client.replace(URI, 'kind: human-user', 'kind: human-user, outOfScope: { reason: a person }');
    const second = await diagram(first.picture);
    assert.notEqual(second.picture, first.picture);
    assert.equal(second.graph?.nodes[0]?.outOfScope, true);
    assert.equal((await diagram(second.picture)).graph, undefined);
  });

  it('keeps the last good picture while the text is broken', async () => {
    const good = await diagram();
    await client.replace(URI, 'bot: { kind: agent, in: corp }', 'bot: { kind: agent, in: ');
    const broken = await diagram();
    assert.equal(broken.stale, true);
    assert.equal(broken.version, client.text(URI).version);
    assert.deepEqual(broken.graph, good.graph);
    assert.deepEqual(broken.marks, good.marks);
    assert.equal((await diagram(good.picture)).graph, undefined);
    await client.replace(URI, 'bot: { kind: agent, in: ', 'bot: { kind: agent, in: corp }');
    const healed = await diagram();
    assert.deepEqual([healed.stale, healed.picture], [false, good.picture]);
  });

  it('draws what can be read of a text that was never whole', async () => {
    const uri = 'file:///broken.threatmodel.yaml';
    await client.open(uri, SHOP.replace('bot: { kind: agent, in: corp }', 'bot: { kind: agent, in: '));
    const broken = await client.request<WholeDiagram>('threatwright/diagram', { uri });
    assert.equal(broken.stale, true);
    assert.ok(broken.graph?.nodes.some(({ id }) => id === 'user'));
  });

  for (const [id, key] of [
    ['bot', 'bot'],
    ['ask', 'ask'],
    ['corp', 'corp'],
    ['question', 'question'],
    ['$model', 'title'],
  ]) {
    it(`is located in the text: ${id}`, async () => {
      const { range } = await client.request<LocateResult>('threatwright/locate', { uri: URI, id });
      assert.equal(client.slice(URI, range), key);
    });
  }

  it('has no place for what nobody wrote', async () => {
    for (const id of ['nobody', '__proto__', '', 7]) assert.equal(await client.request('threatwright/locate', { uri: URI, id }), null);
  });

  for (const [before, id] of [
    ['bot: {', 'bot'],
    ['in: corp', 'bot'],
    ['carries', 'ask'],
    ['organization', 'corp'],
    ['user-prompt', undefined],
    ['Shop', undefined],
    ['elements', undefined],
  ] as const) {
    it(`knows whose text it is at ${before}`, async () => {
      const position = client.position(URI, before, 1);
      assert.deepEqual(await client.request('threatwright/at', { uri: URI, position }), id === undefined ? {} : { id });
    });
  }
});
