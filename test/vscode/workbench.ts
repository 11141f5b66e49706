import type { FrameLocator, Page } from 'playwright-core';

/** The inside of the n-th visible webview: VS Code nests two frames. */
export function webview(page: Page, n = 0): FrameLocator {
  return page.locator('iframe.webview.ready').nth(n).contentFrame().frameLocator('iframe#active-frame');
}

/** Runs a command by its title, as a person does: F1, type, Enter. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}
