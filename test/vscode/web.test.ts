import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readCatalogue } from '../tools/catalogue.ts';
import { writeFiles } from '../tools/cli.ts';
import { ARM_MODEL, GOOD_PACK } from '../tools/packs.ts';
import { type Host, startHost } from './vscodeHost.ts';
import { serveWebExtension } from './webExtension.ts';
import { choose, openProblems, problemGoes, problemListed, runCommand, typeOver, webview } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const name = 'support.threatmodel.yaml';

/** The report of an assessment in which all tests of a control failed. */
function reportOf(control: string): string {
  const tests = readCatalogue().controls.get(control)?.mappings['ms-zt-assessment-tests'] ?? [];
  const failed = tests.map((TestId) => ({ TestId, TestTitle: 'T', TestStatus: 'Failed' }));
  return JSON.stringify({ Tests: failed, EndOfJson: 'EndOfJson' });
}

/** The extension without any Node: in the web worker extension host of a browser, its server in a worker. */
describe('the extension in a browser', () => {
  let folder: string;
  let host: Host;
  let page: Page;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'threatwright-web-'));
    cpSync(path.join(import.meta.dirname, 'workspace'), folder, { recursive: true });
    mkdirSync(path.join(folder, 'plant'));
    writeFileSync(path.join(folder, 'plant/arm.threatmodel.yaml'), ARM_MODEL);
    writeFiles(path.join(folder, 'plant/.threatwright'), GOOD_PACK);
    writeFiles(path.join(folder, 'evidence'), {
      'claimed.threatmodel.yaml': 'threatmodel: 1\nelements:\n  bot: { kind: agent }\ncontrols: [agent-owner-sponsor]\n',
      'report.json': reportOf('agent-owner-sponsor'),
    });
    host = await startHost({ testDriver: true, settings: { 'threatwright.assessment.report': 'evidence/report.json' } });
    page = await host.openPage({ folder, beforeLoad: (opened) => serveWebExtension(opened, host.origin) });
  });
  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds problems and findings', async () => {
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick({ timeout: 60_000 });
    await page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await openProblems(page);
    await problemListed(page, '"refund" is a flow');
    await problemListed(page, 'acts under an identity of its own');
  });

  it("reads an organisation's own rules through the editor, and looks again when they change", async () => {
    await problemListed(page, 'arm-without-stop');
    rmSync(path.join(folder, 'plant/.threatwright'), { recursive: true });
    await problemListed(page, 'Unknown kind "robot-arm"');
  });

  it('holds models against the evidence that the settings name, read through the editor', async () => {
    await problemListed(page, 'assessment-saw-failing');
  });

  it('follows an edit', async () => {
    const fixed = 'refund: { from: agent, to: refunds, kind: tool-call }';
    await problemGoes(page, '"refund" is a flow', () => typeOver(page, 19, fixed));
    await page.keyboard.press('Control+J');
  });

  it('lists the threats', async () => {
    await runCommand(page, 'Focus on Threats View');
    await page.locator('.pane-body .monaco-list-row', { hasText: 'Agent has no identity of its own' }).first().waitFor();
  });

  it('draws the diagram', async () => {
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+K');
    await page.keyboard.press('V');
    await webview(page).locator('svg [data-id="agent"]').first().waitFor({ timeout: 30_000 });
    await page.screenshot({ path: path.join(root, 'out/vscode-web.png') });
  });

  it('shows the page of a rule', async () => {
    await page.keyboard.press('Control+1');
    await runCommand(page, 'Threatwright: Show Rule');
    await choose(page, 'agent-without-identity');
    await page.locator('.tab', { hasText: 'agent-without-identity' }).first().waitFor();
    assert.equal(await page.locator('.notification-list-item', { hasText: 'did not start' }).count(), 0);
  });
});
