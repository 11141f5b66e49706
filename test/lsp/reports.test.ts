import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { AddControlResult, PostureBoard, ReportFormat, ReportResult } from '../../server/src/protocol/posture.ts';
import { LspClient } from '../tools/lspClient.ts';

const URI = 'file:///caf%C3%A9.threatmodel.yaml';
const TEXT = `threatmodel: 1
title: Shop
elements:
  bot: { kind: agent, title: Helper }
  desk: { kind: tool, title: Desk }
flows:
  call: { from: bot, to: desk, kind: tool-call }
`;

describe('posture and reports over the language server', function () {
  this.timeout(60_000);
  let client: LspClient;
  before(async () => {
    client = await LspClient.start();
    await client.open(URI, TEXT);
  });
  after(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
  });

  const board = (uri = URI): Promise<PostureBoard | null> => client.request('threatwright/posture', { uri });
  const report = (format: ReportFormat | 'docx', uris = [URI]): Promise<ReportResult> =>
    client.request('threatwright/report', { uris, format });
  const bytesOf = (result: ReportResult): Buffer => Buffer.from(result?.base64 ?? '', 'base64');

  it('has a card for each control, with what open findings ask for', async () => {
    const shown = await board();
    assert.equal(shown?.title, 'Shop');
    const cards = shown.pillars.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.cards));
    assert.ok(cards.length > 20 && cards.every(({ state }) => state === 'unstated'));
    assert.ok(cards.some(({ neededAt }) => neededAt.includes('Helper')));
    assert.ok(shown.roadmap.length > 0);
    assert.equal(await board('file:///other.threatmodel.yaml'), null);
  });

  it('states a control where most findings ask for it, and the board shows where', async () => {
    const cards = ((await board())?.pillars ?? []).flatMap(({ lanes }) => lanes.flatMap((lane) => lane.cards));
    const { control } = cards.find(({ neededAt }) => neededAt.includes('Helper'))!;
    const result = await client.request<AddControlResult>('threatwright/addControl', { uri: URI, control });
    assert.ok('edits' in result, JSON.stringify(result));
    const text = TextDocument.applyEdits(TextDocument.create(URI, '', 1, TEXT), [...result.edits]);
    await client.open('file:///after.threatmodel.yaml', text);
    const after = ((await board('file:///after.threatmodel.yaml'))?.pillars ?? []).flatMap(({ lanes }) =>
      lanes.flatMap((lane) => lane.cards),
    );
    const card = after.find((it) => it.control === control)!;
    assert.match(card.stated[0]?.text ?? '', new RegExp(`^in place at ${result.at}, line \\d+$`));
    assert.ok(card.neededAt.length < cards.find((it) => it.control === control)!.neededAt.length);
  });

  it('refuses what no finding asks for', async () => {
    const result = await client.request<AddControlResult>('threatwright/addControl', { uri: URI, control: '__proto__' });
    assert.ok('refused' in result);
  });

  it('writes every format of the command line, with the picture', async () => {
    assert.match(bytesOf(await report('html')).toString(), /^<!DOCTYPE html>[\s\S]*<svg[\s\S]*Helper/);
    assert.match(bytesOf(await report('md')).toString(), /^# Threat model: Shop\n[\s\S]*`café\.threatmodel\.yaml`/);
    assert.match(bytesOf(await report('csv')).toString(), /^\ufeffModel,File,Line/);
    assert.match(bytesOf(await report('controls.csv')).toString(), /^\ufeffModel,File,Pillar/);
    assert.match(bytesOf(await report('pdf')).toString('latin1'), /^%PDF-1[\s\S]*%%EOF\s*$/);
    assert.equal(await report('docx'), null);
  });

  it('writes one report of all models', async () => {
    await client.open('file:///bank.threatmodel.yaml', 'threatmodel: 1\ntitle: Bank\n');
    assert.match(bytesOf(await report('md', [URI, 'file:///bank.threatmodel.yaml'])).toString(), /\n## Shop\n[\s\S]*\n## Bank\n/);
  });
});
