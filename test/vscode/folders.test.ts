import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { writeFiles } from '../tools/cli.ts';
import { ARM_MODEL, GOOD_PACK } from '../tools/packs.ts';
import { type Host, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { openProblems, problemListed, runCommand } from './workbench.ts';

/** Two folders in one window: a plant that has rules of its own for robot arms, and an office that has none. */
describe('a workspace of several folders in the workbench', () => {
  let folder: string;
  let host: Host;
  let page: Page;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'threatwright-folders-'));
    for (const name of ['plant', 'office']) {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, `${name}.threatmodel.yaml`), ARM_MODEL);
    }
    writeFiles(path.join(folder, 'plant/.threatwright'), GOOD_PACK);
    const workspace = path.join(folder, 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'plant' }, { path: 'office' }] }));
    host = await startHost({ vsix: [buildVsix()] });
    page = await host.openPage({ folder: workspace });
  });
  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds the models of both, each by the rules of its own folder', async () => {
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    await openProblems(page);
    await problemListed(page, 'Unknown kind "robot-arm"');
    await problemListed(page, 'arm-without-stop');
  });

  it('lists the threats of both', async () => {
    await runCommand(page, 'Focus on Threats View');
    await page.locator('.pane-body .monaco-list-row', { hasText: 'Robot arm without an emergency stop' }).waitFor();
  });
});
