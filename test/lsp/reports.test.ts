import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { AddControlResult, PostureBoard, ReportFormat, ReportResult } from '../../server/src/protocol/posture.ts';
import { generateModel } from '../bench/models.ts';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
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

  it('draws elements where they were put by hand', async () => {
    const folder = temporaryFolder();
    const uri = pathToFileURL(path.join(folder, 'shop.threatmodel.yaml')).href;
    const placeOf = async (): Promise<string> =>
      /data-id="desk"[^>]* transform="([^"]*)"/.exec(bytesOf(await report('html', [uri])).toString())?.[1] ?? '';
    await client.open(uri, TEXT);
    const before = await placeOf();
    writeFiles(folder, { 'shop.threatmodel.layout.json': JSON.stringify({ version: 1, pins: { desk: { x: 700, y: 500 } } }) });
    assert.match(before, /^translate/);
    assert.notEqual(await placeOf(), before);
    writeFiles(folder, { 'shop.threatmodel.layout.json': '[' });
    assert.equal(await placeOf(), before);
    rmSync(folder, { recursive: true });
  });

  it('answers an author who types while a report of a large model is made, and stops when it is not wanted', async () => {
    const uri = 'file:///large.threatmodel.yaml';
    await client.open(uri, generateModel('local', 600));
    let isWritten = false;
    const written = report('md', [uri]).finally(() => (isWritten = true));
    // Asked behind the report, answered before it: the work stops after each analysis of the model.
    let answered = 0;
    for (; !isWritten; answered++) await client.request('textDocument/foldingRange', { textDocument: { uri: URI } });
    assert.ok(answered >= 8, `${answered} answers`);
    assert.match(bytesOf(await written).toString(), /^# Threat model: Generated model\n/);

    const cancel = new CancellationTokenSource();
    const unwanted = client.connection.sendRequest('threatwright/report', { uris: [uri], format: 'md' }, cancel.token);
    cancel.cancel();
    await assert.rejects(unwanted, { code: LSPErrorCodes.RequestCancelled });
  });

  it('draws of a large model what has room on a page, and says so', async () => {
    const uri = 'file:///large.threatmodel.yaml';
    const html = bytesOf(await report('html', [uri])).toString();
    const [svg = ''] = /<svg[\s\S]*?<\/svg>/.exec(html) ?? [];
    const boxes = svg.match(/ data-id="/g)?.length ?? 0;
    assert.ok(boxes > 100, `${boxes} drawn`);
    assert.match(html, /too large for one page, so \d+ trust boundaries are drawn closed/);
    assert.doesNotMatch(bytesOf(await report('html')).toString(), /too large for one page/);
  });

  it('writes one report of all models', async () => {
    await client.open('file:///bank.threatmodel.yaml', 'threatmodel: 1\ntitle: Bank\n');
    assert.match(bytesOf(await report('md', [URI, 'file:///bank.threatmodel.yaml'])).toString(), /\n## Shop\n[\s\S]*\n## Bank\n/);
  });
});
