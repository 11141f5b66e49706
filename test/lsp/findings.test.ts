import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FindingsResult, ModelsChangedParams } from '../../server/src/protocol/findings.ts';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { LspClient } from '../tools/lspClient.ts';

const URI = 'file:///shop.threatmodel.yaml';
const OTHER = 'file:///bank.threatmodel.yaml';

const SHOP = `threatmodel: 1
title: Shop
boundaries:
  corp: { kind: organization }
elements:
  bot: { kind: agent, title: Helper, in: corp }
threats:
  - { title: Somebody may ask too much, at: bot, severity: low }
accepted:
  - { rule: agent-without-identity, at: bot, owner: jane@shop.example, reason: A test., until: 2027-01-01 }
`;

describe('the findings of all models', () => {
  let client: LspClient;
  let told: ModelsChangedParams[];
  let tell: () => void;
  before(async () => {
    client = await LspClient.start({ initializationOptions: { models: true } });
    client.connection.onNotification('threatwright/modelsChanged', (params: ModelsChangedParams) => {
      told.push(params);
      tell();
    });
  });
  beforeEach(async () => {
    told = [];
    tell = () => undefined;
    await client.open(URI, SHOP);
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });

  const findings = (have?: Record<string, string>): Promise<FindingsResult> => client.request('threatwright/findings', { have });
  /** What is told of the models once it is as described. */
  const toldThat = (test: (params: ModelsChangedParams) => boolean): Promise<ModelsChangedParams> =>
    new Promise((resolve) => {
      tell = () => {
        const found = told.find(test);
        if (found) resolve(found);
      };
      tell();
    });

  it('come with their rule, their place and the names that the author gave', async () => {
    const { models } = await findings();
    const [model] = models;
    assert.ok(model?.findings && model.rules);
    assert.deepEqual([models.length, model.uri, model.title], [1, URI, 'Shop']);
    const accepted = model.findings.find(({ rule }) => rule === 'agent-without-identity');
    assert.ok(accepted);
    const { severity, state, subject, subjectTitle, message, range } = accepted;
    assert.deepEqual([severity, state, subject, subjectTitle], ['high', 'accepted', 'bot', 'Helper']);
    assert.match(message, /Helper/);
    assert.equal(client.slice(URI, range), 'bot');
    assert.deepEqual(model.rules[accepted.rule], {
      title: 'Agent has no identity of its own',
      category: 'identity',
      principles: ['verify-explicitly'],
      pillar: 'Identity',
      swimLane: 'Identity and access for AI',
      page: true,
    });
    assert.deepEqual(Object.keys(model.rules).sort(), [...new Set(model.findings.map(({ rule }) => rule))].sort());
  });

  it('have those that the author states, without a page', async () => {
    const [model] = (await findings()).models;
    const stated = model?.findings?.find(({ message }) => message.includes('ask too much'));
    assert.ok(stated);
    assert.deepEqual([stated.severity, stated.subjectTitle], ['low', 'Helper']);
    assert.deepEqual([model?.rules?.[stated.rule]?.page, model?.rules?.[stated.rule]?.swimLane], [false, '']);
  });

  it('are sent once for each version', async () => {
    const [first] = (await findings()).models;
    assert.ok(first);
    const [again] = (await findings({ [URI]: first.revision })).models;
    assert.deepEqual(again, { uri: URI, revision: first.revision });
    await client.replace(URI, 'title: Shop', 'title: Store');
    const [changed] = (await findings({ [URI]: first.revision })).models;
    assert.deepEqual([changed?.title, (changed?.findings ?? []).length > 0], ['Store', true]);
  });

  it('are counted, and the counts told, after each change of any model', async () => {
    const one = await toldThat(({ models }) => models.length === 1);
    const all = (await findings()).models[0]?.findings ?? [];
    for (const severity of ['critical', 'high', 'medium', 'low'] as const) {
      const open = all.filter((finding) => finding.severity === severity && finding.state !== 'accepted');
      assert.equal(one.models[0]?.counts[severity], open.length, severity);
    }
    await client.open(OTHER, SHOP.replace('Shop', 'Bank'));
    await toldThat(({ models }) => models.map(({ title }) => title).join() === 'Shop,Bank');
    told = [];
    await client.close(URI);
    await toldThat(({ models }) => models.map(({ uri }) => uri).join() === OTHER);
  });

  it('of something that makes no sense are none', async () => {
    assert.deepEqual(await client.request('threatwright/findings', { have: null }), { models: (await findings()).models });
  });
});

describe('the findings of models that nobody has open', () => {
  let client: LspClient;
  let folder: string;
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  before(async () => {
    folder = temporaryFolder();
    writeFiles(folder, { 'a/shop.threatmodel.yaml': SHOP, 'bank.threatmodel.yml': SHOP.replace('Shop', 'Bank') });
    client = await LspClient.start({ folders: [pathToFileURL(folder).href], initializationOptions: { models: true } });
  });
  after(async () => {
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });
  const findings = async (have?: Record<string, string>): Promise<FindingsResult['models']> =>
    (await client.request<FindingsResult>('threatwright/findings', { have })).models;

  it('are listed and counted, and read again only after a change', async () => {
    const first = await findings();
    assert.deepEqual(first.map(({ uri, title }) => `${uri} ${title}`).sort(), [
      `${uriOf('a/shop.threatmodel.yaml')} Shop`,
      `${uriOf('bank.threatmodel.yml')} Bank`,
    ]);
    assert.ok(first.every((model) => (model.findings ?? []).length > 0));
    const have = Object.fromEntries(first.map(({ uri, revision }) => [uri, revision]));
    assert.ok((await findings(have)).every((model) => model.findings === undefined));
    const counted = new Promise<ModelsChangedParams>((resolve) => {
      client.connection.onNotification('threatwright/modelsChanged', (params: ModelsChangedParams) => {
        if (params.models.some(({ title }) => title === 'Safe')) resolve(params);
      });
    });
    writeFiles(folder, { 'bank.threatmodel.yml': 'threatmodel: 1\ntitle: Safe\n' });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('bank.threatmodel.yml'), type: 2 }],
    });
    const [changed, ...more] = (await findings(have)).filter((model) => model.findings !== undefined);
    assert.deepEqual([changed?.title, more], ['Safe', []]);
    assert.ok(changed?.findings?.every(({ subject }) => subject === '$model'));
    const counts = (await counted).models.find(({ title }) => title === 'Safe')?.counts;
    assert.deepEqual([counts?.critical, counts?.high], [0, 0]);
  });

  it('are those of the text in the editor once somebody opens one', async () => {
    const uri = uriOf('a/shop.threatmodel.yaml');
    await client.open(uri, SHOP.replace('Shop', 'Edited'));
    const titles = (await findings()).map(({ title }) => title).sort();
    assert.deepEqual(titles, ['Edited', 'Safe']);
    await client.close(uri);
    assert.deepEqual((await findings()).map(({ title }) => title).sort(), ['Safe', 'Shop']);
  });
});
