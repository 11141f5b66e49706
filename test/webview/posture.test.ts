import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { boardPage } from '../../client/src/features/posture/page.ts';
import { parseFromBoard } from '../../client/src/features/posture/messages.ts';
import { takeSnapshot } from '../../server/src/language/snapshot.ts';
import { rangeOf } from '../../server/src/lsp/convert.ts';
import { boardOf } from '../../server/src/lsp/postureBoard.ts';
import { atOnce } from '../../server/src/posture/index.ts';
import type { FromBoard, PostureBoard, ToBoard } from '../../server/src/protocol/posture.ts';
import { TODAY } from '../tools/analyseText.ts';
import { readCatalogue } from '../tools/catalogue.ts';
import { chromiumArguments, findChromium } from '../tools/chromium.ts';
import { bundleFakeHost, bundleWebview } from './tools/bundle.ts';
import { THEMES, type Theme } from './tools/themes.ts';
import { postTo } from './tools/webviewPage.ts';

const ORIGIN = 'http://board.test';
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const EXAMPLE = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');

function boardOfText(text: string): PostureBoard {
  const document = TextDocument.create('file:///m.threatmodel.yaml', 'threatmodel', 1, text);
  return atOnce(boardOf(document.uri, takeSnapshot(text, readCatalogue(), TODAY), (span) => rangeOf(document, span)));
}

describe('the board of the posture', function () {
  this.timeout(60_000);
  let browser: Browser;
  let files: ReadonlyMap<string, Uint8Array>;
  let fakeHost: string;
  const example = boardOfText(EXAMPLE);

  before(async () => {
    [files, fakeHost] = await Promise.all([bundleWebview(), bundleFakeHost()]);
    browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
  });
  after(() => browser.close());

  interface Opened {
    readonly page: Page;
    readonly faults: string[];
    readonly messages: FromBoard[];
    post(message: ToBoard): Promise<void>;
    /** What VS Code was last asked to keep. */
    kept(): unknown;
    close(): Promise<void>;
  }

  async function open(theme: Theme = THEMES.light, state?: unknown): Promise<Opened> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults: string[] = [];
    const messages: FromBoard[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
    await page.route('**', async (route) => {
      const { pathname } = new URL(route.request().url());
      const name = pathname.slice(1);
      const file = files.get(name);
      if (name === '') {
        const parts = { cspSource: ORIGIN, nonce: 'dGVzdA', script: `${ORIGIN}/posture.js`, style: `${ORIGIN}/posture.css` };
        await route.fulfill({ contentType: 'text/html', body: boardPage(parts) });
      } else if (file) await route.fulfill({ contentType: TYPES[name.split('.').at(-1)!] ?? '', body: Buffer.from(file) });
      else {
        faults.push(`request: ${pathname}`);
        await route.abort();
      }
    });
    await page.exposeFunction('toHost', (message: unknown) => {
      const known = parseFromBoard(message);
      if (known) messages.push(known);
      else faults.push(`not understood: ${JSON.stringify(message)}`);
    });
    let kept: unknown;
    await page.exposeFunction('keepState', (given: string) => (kept = JSON.parse(given)));
    await page.addInitScript({ content: `const hostSettings = ${JSON.stringify({ theme, state })};\n${fakeHost}` });
    await page.goto(`${ORIGIN}/`);
    const post = (message: ToBoard): Promise<void> => postTo(page, message);
    return { page, faults, messages, post, kept: () => kept, close: () => context.close() };
  }

  for (const [name, theme] of Object.entries<Theme>(THEMES)) {
    it(`axe has nothing to say in the theme ${name}, and the policy holds`, async () => {
      const { page, faults, messages, post, close } = await open(theme);
      await post({ v: 1, type: 'board', board: example });
      await page.locator('.card').first().click();
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
        ),
        [],
      );
      assert.deepEqual([messages[0]?.type, faults], ['ready', []]);
      await close();
    });
  }

  it('has a column a pillar, a card a control, and the roadmap', async () => {
    const { page, post, close } = await open();
    await post({ v: 1, type: 'board', board: example });
    await page.locator('.card').first().waitFor();
    const titles = example.pillars.map(({ title }) => title);
    assert.deepEqual(await page.locator('.pillar > h2').allTextContents(), titles);
    const cards = example.pillars.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.cards));
    assert.equal(await page.locator('.card').count(), cards.length);
    assert.equal(await page.locator('section[aria-labelledby=roadmap] ol > li').count(), example.roadmap.length);
    assert.equal(await page.locator('output').textContent(), `${cards.length} of ${cards.length} controls shown`);
    await page.getByLabel('Phase: then').uncheck();
    await page.getByLabel('Phase: next').uncheck();
    assert.equal(await page.locator('.card').count(), cards.filter(({ phase }) => phase === 'first').length);
    await page.getByLabel('Only what open findings ask for').check();
    const left = cards.filter(({ phase, neededAt }) => phase === 'first' && neededAt.length > 0).length;
    assert.ok(left > 0 && left < cards.length);
    assert.equal(await page.locator('.card').count(), left);
    await close();
  });

  it('goes to a statement and asks for one with the keyboard, and keeps the focus when the text changes', async () => {
    const { page, messages, post, close } = await open();
    await post({ v: 1, type: 'board', board: example });
    const cards = example.pillars.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.cards));
    const stated = cards.find((card) => card.stated.length > 0)!;
    const needed = cards.find((card) => card.neededAt.length > 0)!;
    for (const { control } of new Set([stated, needed])) {
      await page.locator(`[data-control="${control}"] > summary`).focus();
      await page.keyboard.press('Enter');
    }
    await page.locator(`[data-control="${stated.control}"] .places button`).first().focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-control="${needed.control}"] .add`).focus();
    await page.keyboard.press('Enter');
    await post({ v: 1, type: 'board', board: { ...example, title: 'Changed' } });
    await page.locator('h1', { hasText: 'Posture: Changed' }).waitFor();
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['key']), `${needed.control} add`);
    assert.deepEqual(messages.slice(1), [
      { v: 1, type: 'reveal', range: stated.stated[0]!.range },
      { v: 1, type: 'add', control: needed.control },
    ]);
    await post({ v: 1, type: 'said', text: 'Added at Agent.' });
    await page.getByRole('status').filter({ hasText: 'Added at Agent.' }).waitFor();
    await close();
  });

  it('is as it was left when its page starts again, whatever was kept', async () => {
    const { page, post, kept, close } = await open();
    await post({ v: 1, type: 'board', board: example });
    const card = example.pillars.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.cards)).find(({ phase }) => phase === 'first')!;
    await page.getByLabel('Phase: next').uncheck();
    await page.locator(`[data-control="${card.control}"] > summary`).click();
    await page.locator(`[data-control="${card.control}"][open]`).waitFor();
    await page.getByLabel('Phase: then').uncheck();
    const left = { uri: example.uri, phases: ['first'], onlyNeeded: false, open: [card.control] };
    assert.deepEqual(kept(), left);
    await close();

    const again = await open(THEMES.light, left);
    await again.post({ v: 1, type: 'board', board: example });
    await again.page.locator(`[data-control="${card.control}"][open]`).waitFor();
    assert.deepEqual(await Promise.all(['first', 'then', 'next'].map((phase) => again.page.getByLabel(`Phase: ${phase}`).isChecked())), [
      true,
      false,
      false,
    ]);
    assert.deepEqual([again.kept(), again.faults], [left, []]);
    await again.close();

    for (const odd of [null, 7, { phases: 'all', open: {} }, { uri: 3, phases: ['last', {}], onlyNeeded: 'yes', open: [1, '<b>'] }]) {
      const other = await open(THEMES.light, odd);
      await other.post({ v: 1, type: 'board', board: example });
      await other.page.locator('h1', { hasText: 'Posture: ' }).waitFor();
      assert.deepEqual(other.faults, []);
      await other.close();
    }
  });

  it('shows what a model says as text', async () => {
    const { page, faults, post, close } = await open();
    const evil = '<img src=x onerror=alert(1)>';
    await post({ v: 1, type: 'board', board: { ...boardOfText(`threatmodel: 1\ntitle: "${evil}"\n`), summary: evil } });
    await page.locator('h1', { hasText: evil }).waitFor();
    assert.equal(await page.locator('img').count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });
});

describe('messages of the board', () => {
  const place = { line: 1, character: 2 };
  for (const [value, isKnown] of [
    [{ v: 1, type: 'ready' }, true],
    [{ v: 1, type: 'add', control: 'c' }, true],
    [{ v: 1, type: 'reveal', range: { start: place, end: place } }, true],
    [{ v: 2, type: 'ready' }, false],
    [{ v: 1, type: 'add', control: 'c'.repeat(501) }, false],
    [{ v: 1, type: 'add', control: { toString: 1 } }, false],
    [{ v: 1, type: 'reveal', range: { start: place, end: { line: -1, character: 0 } } }, false],
    [{ v: 1, type: 'reveal', range: { start: place } }, false],
    [{ v: 1, type: 'open', uri: 'file:///etc/passwd' }, false],
    [null, false],
    ['ready', false],
  ] as const) {
    it(`${isKnown ? 'takes' : 'refuses'} ${JSON.stringify(value).slice(0, 60)}`, () => {
      assert.equal(parseFromBoard(value) !== undefined, isKnown);
    });
  }
});
