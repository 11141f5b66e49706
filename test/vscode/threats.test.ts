import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { type Host, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { choose, clickUntil, cursorIn, goToLine, runCommand, webview } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const name = 'support.threatmodel.yaml';
const rule = 'Agent has no identity of its own';
const unmonitored = 'Model or agent without';
const unmetered = 'Unmetered access';

/** The *Threats* view and the status of the language, used as a person does. */
describe('the list of threats in the workbench', () => {
  let folder: string;
  let host: Host;
  let page: Page;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'threatwright-threats-'));
    cpSync(path.join(import.meta.dirname, 'workspace'), folder, { recursive: true });
    host = await startHost({ vsix: [buildVsix()] });
    page = await host.openPage({ folder });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  });
  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const line = (text: string): Locator => page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  const badge = (): Locator =>
    page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="Threatwright"]') }).locator('.badge-content');
  const group = (text: string): Locator => page.locator('.pane-body .monaco-list-row[aria-level="1"]', { hasText: text }).first();
  const editorText = async (): Promise<string> => (await page.locator('.view-line').allTextContents()).join('\n').replaceAll('\u00a0', ' ');

  it('is there with the first model, and counts in its badge what is high or critical', async () => {
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await badge().waitFor({ timeout: 60_000 });
    assert.match((await badge().textContent()) ?? '', /^[1-9]\d*$/);
    await runCommand(page, 'Focus on Threats View');
    await group('High').waitFor();
    await line(rule).waitFor();
    await page.screenshot({ path: path.join(root, 'out/vscode-threats.png') });
  });

  it('goes to the line of a finding', async () => {
    await line(rule).click();
    await cursorIn(page, 10);
  });

  it('filters while somebody types, and takes Escape for no', async () => {
    await runCommand(page, 'Filter Threats by Text');
    await page.locator('.quick-input-titlebar', { hasText: 'Filter Threats' }).waitFor();
    await page.keyboard.insertText('SUPPORT agent-without-identity');
    await page.locator('.quick-input-widget', { hasText: /1 of \d+/ }).waitFor();
    await page.locator('.pane-body .monaco-list-row[aria-level="2"]').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await group('Medium').waitFor();
  });

  it('groups by something else', async () => {
    await runCommand(page, 'Group Threats By');
    await choose(page, 'Element');
    await group('Support agent').waitFor();
    await runCommand(page, 'Group Threats By');
    await choose(page, 'Severity');
    await group('High').waitFor();
  });

  it('fixes a finding with its key, and the finding goes', async () => {
    await line(rule).click();
    await cursorIn(page, 10);
    await page.keyboard.press('Control+.');
    await choose(page, 'Unique identity');
    await line(rule).waitFor({ state: 'detached' });
    assert.match(await editorText(), /agent-unique-identity/);
  });

  it('accepts a finding: the author fills in what is selected', async () => {
    await line(unmonitored).click();
    await line(unmonitored).locator('a[aria-label^="Accept"]').click();
    await page.locator('.view-line', { hasText: /^accepted:/ }).waitFor();
    await page.locator('.statusbar-item', { hasText: /Ln 2\d, / }).waitFor();
    await page.keyboard.insertText('Only a trial');
    await page.locator('.view-line', { hasText: 'reason: "Only a trial"' }).first().waitFor();
  });

  it('chooses a finding in the diagram that it opens', async () => {
    await line(unmonitored).waitFor({ state: 'detached' });
    await line(unmetered).click();
    const opened = page.locator('iframe.webview').first();
    await clickUntil(line(unmetered).locator('a[aria-label^="Show in Diagram"]'), opened);
    await webview(page).locator('svg [data-id="agent"]').first().waitFor({ timeout: 30_000 });
    await webview(page).getByText('without a limit per caller').first().waitFor();
  });

  it('shows counts and server in the status of the language', async () => {
    await goToLine(page, 1);
    await page.locator('.statusbar-item[id="status.languageStatus"], [id="status.languageStatus"]').first().hover();
    const status = page
      .locator('.hover-language-status')
      .filter({ hasText: /\d+ (critical|high)/ })
      .first();
    await status.waitFor();
    await page.locator('.hover-language-status', { hasText: 'Language server runs' }).first().waitFor();
    await page.screenshot({ path: path.join(root, 'out/vscode-status.png') });
  });

  it('left the file alone on the disk', () => {
    assert.equal(readFileSync(path.join(folder, name), 'utf8'), readFileSync(path.join(import.meta.dirname, 'workspace', name), 'utf8'));
  });
});
