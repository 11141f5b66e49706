import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The inside of the n-th visible webview: VS Code nests two frames. */
export function webview(page: Page, n = 0): FrameLocator {
  return page.locator('iframe.webview.ready').nth(n).contentFrame().frameLocator('iframe#active-frame');
}

/**
 * Runs a command by its title, as a person does: F1, type, Enter. A list that is still closing is waited for: it gives
 * the focus back some time after, and that would close the next one.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
  await page.keyboard.press('Enter');
}

/** Chooses from the list that is about to open, by its words and Enter: the list may move below a pointer. */
export async function choose(page: Page, label: string): Promise<void> {
  const row = '.quick-input-list .monaco-list-row';
  await page.locator(row, { hasText: label }).first().waitFor();
  await page.locator('.quick-input-widget input').first().fill(label);
  await page.locator(`${row}.focused`, { hasText: label }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Clicks on something in a list, again where the list was drawn anew below the pointer and nothing came of it. */
export async function clickUntil(what: Locator, effect: Locator): Promise<void> {
  for (let tries = 5; ; tries--) {
    await what.click();
    try {
      return await effect.waitFor({ state: 'attached', timeout: 5000 });
    } catch (error) {
      if (tries === 0) throw error;
    }
  }
}

/** Waits until the cursor is in a line. */
export function cursorIn(page: Page, line: number): Promise<void> {
  return page.locator('.statusbar-item', { hasText: `Ln ${line}, ` }).waitFor();
}

/** Puts the focus and the cursor into a line of the first editor. */
export async function goToLine(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+1');
  // A panel hands keys on to the workbench one after the other, but the editor has the focus only some time after.
  await page.locator('.monaco-editor.focused').first().waitFor();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').first().fill(`:${line}`);
  await page.keyboard.press('Enter');
  await cursorIn(page, line);
}

/** Replaces what a line of the first editor has after its indentation. */
export async function typeOver(page: Page, line: number, text: string): Promise<void> {
  await goToLine(page, line);
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.insertText(text);
}

/** Opens the list of problems: not by its key, which closes it when it is there already. */
export async function openProblems(page: Page): Promise<void> {
  await runCommand(page, 'Focus on Problems View');
  await page.locator('.markers-panel').waitFor();
}

/** Waits until the list of problems has one with a text. */
export async function problemListed(page: Page, text: string): Promise<void> {
  await narrowTo(page, text);
  await problemFilter(page).fill('');
}

/** Does something that takes a problem with a text from the list, and waits until it is gone from there. */
export async function problemGoes(page: Page, text: string, act: () => unknown): Promise<void> {
  await narrowTo(page, text);
  await act();
  await problemRow(page, text).waitFor({ state: 'detached' });
  await problemFilter(page).fill('');
}

/**
 * Narrows the list of problems to those with a text, as soon as there is one. Only the rows in sight exist, and which these
 * are depends on all the other problems; and once nothing fitted, VS Code shows what comes later only when it is narrowed anew.
 */
async function narrowTo(page: Page, text: string): Promise<void> {
  for (let tries = 60; ; tries--) {
    await problemFilter(page).fill(text);
    try {
      return await problemRow(page, text).waitFor({ timeout: 1000 });
    } catch (error) {
      if (tries === 0) throw error;
      await problemFilter(page).fill('');
    }
  }
}

function problemFilter(page: Page): Locator {
  return page.locator('.viewpane-filter input');
}

/** The first row of the list of problems that has a text: there only while it is in sight. */
export function problemRow(page: Page, text: string): Locator {
  return page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
}
