import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { installHost } from './installHost.ts';
import { startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';
import { runCommand, webview } from './workbench.ts';

/** `npm run screenshots`: takes the pictures of the README again, in the offline host. Needs a minified build. */
const root = path.resolve(import.meta.dirname, '../..');
const images = path.join(root, 'docs/images');
const sample = 'agent-with-tools.before.threatmodel.yaml';

mkdirSync(images, { recursive: true });
installHost();
const host = await startHost({
  vsix: [buildVsix()],
  settings: {
    'workbench.colorTheme': 'Default Dark Modern',
    'editor.minimap.enabled': false,
    'breadcrumbs.enabled': false,
    'editor.fontSize': 13,
  },
});
try {
  const page = await host.openPage({ folder: path.join(root, 'samples') });
  await page.setViewportSize({ width: 1680, height: 1050 });
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: sample }).dblclick({ timeout: 60_000 });
  await page.locator('[class*="squiggly-"]').first().waitFor({ timeout: 60_000 });
  await page.keyboard.press('Control+B');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('V');
  const diagram = webview(page);
  await diagram.locator('svg [data-id="agent"]').first().waitFor({ timeout: 30_000 });

  // Go to a flow with a critical finding and open what its squiggle says.
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+F');
  await page.keyboard.insertText('answer-mail');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover:visible .hover-row').first().waitFor();
  await page.screenshot({ path: path.join(images, 'editor.png') });

  await page.keyboard.press('Escape');
  await diagram.getByText('Anybody with e-mail').last().waitFor();
  await diagram.locator('[role="option"], button, li').filter({ hasText: 'send data out' }).first().click();
  await page.keyboard.press('Control+2');
  await runCommand(page, 'Toggle Maximize Editor Group');
  await diagram.locator('.tw-hop').first().waitFor();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.screenshot({ path: path.join(images, 'diagram.png') });
} finally {
  await host.stop();
}
