import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type Host, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { runCommand, webview } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const name = 'support.threatmodel.yaml';

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
      openFile: path.join(folder, name),
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
  const squiggle = (): Locator => page.locator('.squiggly-error, .squiggly-warning').first();
  const diagram = (): FrameLocator => webview(page);
  const node = (id: string): Locator => diagram().locator(`svg [data-id="${id}"]`).first();
  const cursor = (line: number): Locator => page.locator('.statusbar-item', { hasText: new RegExp(`^Ln ${line}, `) });

  it('underlines problems and findings in the opened file', async () => {
    await squiggle().waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+Shift+M');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'without two independent layers of screening' }).first().waitFor();
    await page.keyboard.press('Control+J');
  });

  it('opens the diagram with its key and shows elements and risks', async () => {
    await page.locator('.editor-instance .view-line').first().click();
    await page.keyboard.press('Control+K');
    await page.keyboard.press('V');
    await node('agent').waitFor({ timeout: 30_000 });
    const texts = await diagram().locator('svg text').allTextContents();
    assert(texts.some((text) => text.includes('Support agent')), texts.join(' | '));
    await diagram().getByText('without two independent layers of screening').first().waitFor();
    await page.screenshot({ path: path.join(root, 'out/vscode-diagram.png') });
  });
});
