import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { writeFiles } from '../tools/cli.ts';
import { ARM_MODEL, GOOD_PACK } from '../tools/packs.ts';
import { type Host, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { runCommand } from './workbench.ts';

const name = 'arm.threatmodel.yaml';

/** Restricted Mode: what lies in a folder of strangers decides nothing until somebody trusts it. */
describe("an organisation's own rules in the workbench", () => {
  let folder: string;
  let host: Host;
  let page: Page;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'threatwright-trust-'));
    writeFileSync(path.join(folder, name), ARM_MODEL);
    writeFiles(path.join(folder, '.threatwright'), GOOD_PACK);
    host = await startHost({ vsix: [buildVsix()], askTrust: true });
    page = await host.openPage({ folder });
  });
  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const problem = (text: string): Locator => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();

  it('are not read in Restricted Mode, where the built-in rules find all the same', async () => {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+Shift+M');
    await problem('Unknown kind "robot-arm"').waitFor();
    await problem('identity of its own').waitFor();
  });

  it('are read as soon as the workspace is trusted', async () => {
    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
    await problem('arm-without-stop').waitFor({ timeout: 30_000 });
    await problem('Unknown kind "robot-arm"').waitFor({ state: 'detached' });
  });

  it('are read again when one of their files changes', async () => {
    writeFiles(path.join(folder, '.threatwright'), { 'config.yaml': 'rules:\n  arm-without-stop: { off: true, reason: Toys. }\n' });
    await problem('arm-without-stop').waitFor({ state: 'detached' });
    rmSync(path.join(folder, '.threatwright'), { recursive: true });
    await problem('Unknown kind "robot-arm"').waitFor();
  });
});
