import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type Host, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { cursorIn, goToLine, openProblems, problemListed, problemRow, runCommand, typeOver, webview } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const name = 'support.threatmodel.yaml';
const stale = 'this is the last good picture';

/** The packaged extension, used as a person does: by keyboard and mouse, looking at what is on the screen. */
describe('the installed package in the workbench', () => {
  let folder: string;
  let host: Host;
  let page: Page;
  const outside = new Set<string>();

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'threatwright-e2e-'));
    cpSync(path.join(import.meta.dirname, 'workspace'), folder, { recursive: true });
    mkdirSync(path.join(root, 'out'), { recursive: true });
    host = await startHost({ vsix: [buildVsix()] });
    page = await host.openPage({
      folder,
      beforeLoad: async (opened) => {
        opened.on('request', (request) => note(request.url()));
      },
    });
  });

  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const note = (url: string): void => {
    const { hostname, protocol } = new URL(url);
    // Resources of webviews have addresses of that domain, which the page's own service worker answers.
    const own = /^(localhost|127\.0\.0\.1)$/.test(hostname) || hostname.endsWith('.vscode-resource.vscode-cdn.net');
    if (/^https?:|^wss?:/.test(protocol) && !own) outside.add(hostname);
  };
  const diagram = (): FrameLocator => webview(page);
  const node = (id: string): Locator => diagram().locator(`svg [data-id="${id}"]:not([aria-hidden])`).first();
  const shot = (what: string): Promise<Buffer> => page.screenshot({ path: path.join(root, `out/vscode-${what}.png`) });

  it('underlines the problem and lists it with the findings', async () => {
    // By hand, not by the address: an address with a file hides what a reload would restore.
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick({ timeout: 60_000 });
    await page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await openProblems(page);
    await problemListed(page, '"refund" is a flow');
    await problemListed(page, 'acts under an identity of its own');
  });

  it('shows the page of a rule, rendered, from its link in the list', async () => {
    await problemRow(page, 'acts under an identity of its own').locator('a', { hasText: 'agent-without-identity' }).click();
    await diagram().locator('h1').waitFor();
    assert.match((await diagram().locator('h1').textContent()) ?? '', /identity/i);
    await page.keyboard.press('Control+W');
    await page.locator('.editor-instance').waitFor();
    await page.keyboard.press('Control+J');
  });

  it('opens the diagram with its key: elements and risks', async () => {
    await goToLine(page, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('V');
    await node('agent').waitFor({ timeout: 30_000 });
    const texts = await diagram().locator('svg text').allTextContents();
    for (const title of ['Customer', 'Support agent', 'Refunds', 'Our office'])
      assert(texts.includes(title), `${title} in ${texts.join(' | ')}`);
    await diagram().getByText('acts under an identity of its own').first().waitFor();
    await shot('diagram');
  });

  it('goes to the line of what is clicked twice, without taking the place of the diagram', async () => {
    await node('refunds').dblclick();
    await cursorIn(page, 15);
    await node('ask').dblclick();
    await cursorIn(page, 18);
    assert(await node('agent').isVisible());
  });

  it('selects in the diagram what the cursor is on', async () => {
    await page.keyboard.press('Control+1');
    await page.locator('.view-line', { hasText: 'autonomy' }).click();
    await diagram().locator('svg [data-id="agent"][data-selected]').first().waitFor();
  });

  it('follows an edit', async () => {
    await typeOver(page, 19, 'refund: { from: agent, to: refunds, kind: tool-call }');
    await node('refund').waitFor();
    await typeOver(page, 12, 'title: Helper');
    await diagram().locator('svg text', { hasText: 'Helper' }).first().waitFor();
  });

  it('selects the line of what is clicked, and keeps the focus', async () => {
    await node('agent').click();
    await diagram().locator('svg [data-id="agent"][data-selected]').first().waitFor();
    await page.locator('.editor-instance .view-overlays .selected-text').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'IFRAME');
  });

  it('shows what the editor says of a thing that the pointer rests on', async () => {
    await node('refunds').hover();
    await diagram().locator('.hover', { hasText: 'Kind: Tool' }).waitFor();
  });

  it('draws, retitles and deletes in the text, each one step to undo', async () => {
    const line = (text: string): Locator => page.locator('.editor-instance .view-line', { hasText: text }).first();
    await node('refunds').focus();
    await page.keyboard.press('.');
    await diagram().getByText('Draw a flow from here').click();
    await node('agent').focus();
    await page.keyboard.press('Enter');
    await line('refunds-to-agent').waitFor();
    await diagram().locator('svg [data-id="refunds-to-agent"][data-selected]').first().waitFor();
    await node('refunds').focus();
    await page.keyboard.press('F2');
    await diagram().getByLabel('New title').last().fill('Money back');
    await page.keyboard.press('Enter');
    await line('title: Money back').waitFor();
    await diagram().locator('svg text', { hasText: 'Money back' }).first().waitFor();
    await node('refunds-to-agent').focus();
    await page.keyboard.press('Delete');
    await line('refunds-to-agent').waitFor({ state: 'detached' });
    await goToLine(page, 1);
    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+Z');
    await line('title: Money back').waitFor({ state: 'detached' });
    await node('refunds-to-agent').waitFor({ state: 'detached' });
  });

  it('renames in the text as the editor does, and says what is refused', async () => {
    const line = (text: string): Locator => page.locator('.editor-instance .view-line', { hasText: text }).first();
    const rename = async (id: string, to: string): Promise<void> => {
      await node(id).focus();
      await page.keyboard.press('Shift+F2');
      await diagram().getByLabel('New id, here and wherever it is named').last().fill(to);
      await page.keyboard.press('Enter');
    };
    await rename('refunds', 'agent');
    await diagram().locator('.banner', { hasText: 'taken' }).waitFor();
    await rename('refunds', 'payments');
    await line('to: payments').waitFor();
    await node('payments').waitFor();
    await goToLine(page, 1);
    await page.keyboard.press('Control+Z');
    await line('to: payments').waitFor({ state: 'detached' });
    await node('refunds').waitFor();
  });

  it('offers fixes for a finding and does the preferred one in the text', async () => {
    await diagram().locator('[data-finding]', { hasText: 'acts under an identity of its own' }).first().click();
    await diagram().locator('.card-actions').getByText('Fix …').click();
    const fix = diagram().locator('.menu-item').first();
    await fix.waitFor();
    await shot('fix');
    await fix.click();
    await page.locator('.editor-instance .view-line', { hasText: 'controls' }).first().click();
    await page.keyboard.press('Control+Z');
    await page.locator('.editor-instance .view-line', { hasText: 'controls' }).first().waitFor({ state: 'detached' });
  });

  it('keeps an element where it was put in a file beside the model, and forgets it by a command', async () => {
    await node('agent').focus();
    await page.keyboard.press('Alt+ArrowRight');
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: '.threatmodel.layout.json' });
    await file.waitFor();
    await node('agent').click();
    await runCommand(page, 'Re-layout Diagram');
    await file.waitFor({ state: 'detached' });
  });

  it('saves the picture where the user says', async () => {
    await node('agent').click();
    await runCommand(page, 'Export Diagram');
    await diagram().locator('dialog').getByText('Save …').click();
    // The dialog comes with a name that fits.
    await page.waitForFunction(() => /\.svg$/.test(document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value ?? ''));
    await page.keyboard.press('Enter');
    await diagram().getByText('Saved as').first().waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: '.svg' }).waitFor();
  });

  it('keeps the last good picture, and says so, while the text is broken', async () => {
    await typeOver(page, 12, 'title: "Helper');
    await diagram().getByText(stale).waitFor();
    assert(await node('agent').isVisible());
    await shot('stale');
    await typeOver(page, 12, 'title: Helper again');
    await diagram().locator('svg text', { hasText: 'Helper again' }).first().waitFor();
    await diagram().getByText(stale).waitFor({ state: 'hidden' });
  });

  it('is there again after a reload', async () => {
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    // By its command, so that VS Code keeps what is open before it goes.
    await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
    await diagram().locator('svg text', { hasText: 'Helper again' }).first().waitFor({ timeout: 60_000 });
    await page.locator('.squiggly-warning, .squiggly-info').first().waitFor({ timeout: 60_000 });
    await typeOver(page, 12, 'title: After the reload');
    await diagram().locator('svg text', { hasText: 'After the reload' }).first().waitFor();
    await shot('reloaded');
  });

  it('shows the board of the posture, which is there again after a reload as it was left', async () => {
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    await runCommand(page, 'Threatwright: Show Posture Board');
    await diagram().locator('.card').first().waitFor();
    await diagram().getByLabel('Phase: next').uncheck();
    await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
    await diagram().locator('.card').first().waitFor({ timeout: 60_000 });
    assert.equal(await diagram().getByLabel('Phase: next').isChecked(), false);
    assert.equal(await diagram().getByLabel('Phase: first').isChecked(), true);
  });

  it('asked nobody outside of this machine', () => {
    assert.deepEqual([...outside], []);
  });
});
