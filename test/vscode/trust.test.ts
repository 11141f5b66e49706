import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { writeFiles } from '../tools/cli.ts';
import { ARM_MODEL, GOOD_PACK } from '../tools/packs.ts';
import { type Host, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { openProblems, problemGoes, problemListed, runCommand } from './workbench.ts';

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

  it('are not read in Restricted Mode, where the built-in rules find all the same', async () => {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await openProblems(page);
    await problemListed(page, 'Unknown kind "robot-arm"');
    await problemListed(page, 'identity of its own');
  });

  it('are read as soon as the workspace is trusted', async () => {
    await problemGoes(page, 'Unknown kind "robot-arm"', async () => {
      await runCommand(page, 'Workspaces: Manage Workspace Trust');
      await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
    });
    await problemListed(page, 'arm-without-stop');
  });

  it('are read again when one of their files changes', async () => {
    const off = { 'config.yaml': 'rules:\n  arm-without-stop: { off: true, reason: Toys. }\n' };
    await problemGoes(page, 'arm-without-stop', () => writeFiles(path.join(folder, '.threatwright'), off));
    rmSync(path.join(folder, '.threatwright'), { recursive: true });
    await problemListed(page, 'Unknown kind "robot-arm"');
  });
});
