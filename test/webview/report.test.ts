import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { htmlReport, reviewDocument } from '../../server/src/report/index.ts';
import { buildMarks, paletteOf, renderScene, svgText } from '../../server/src/diagram/index.ts';
import { TODAY } from '../tools/analyseText.ts';
import { chromiumArguments, findChromium } from '../tools/chromium.ts';
import { modelReports } from '../unit/report/models.ts';
import { sceneOf } from './tools/reportPicture.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The report in a browser as a person opens it: from a file, without a network. */
describe('the HTML report in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;
  let file: string;

  before(async () => {
    browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'threatwright-')));
    file = path.join(folder, 'report.html');
    const [house, empty] = modelReports();
    const scene = await sceneOf(house);
    const svg = svgText(
      renderScene(scene, buildMarks(house.model, house.findings, house.catalogue), { palette: paletteOf('light'), frame: true }),
    );
    writeFileSync(file, htmlReport(reviewDocument([{ ...house, svg }, empty], TODAY)));
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens it; what the page asks for or complains of is a fault. */
  async function open(
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
    const context = await browser.newContext({ offline: true, ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    const url = pathToFileURL(file).href;
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (request.url() !== url) faults.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return { page, faults, close: () => context.close() };
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`makes no request and no error, and axe has nothing to say: ${colorScheme}`, async () => {
      const { page, faults, close } = await open({ colorScheme });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
        ),
        [],
      );
      assert.deepEqual(faults, []);
      await close();
    });
  }

  it('shows what a model says as text', async () => {
    const { page, close } = await open();
    assert.equal(await page.locator('main h2').first().textContent(), 'House <script>alert(1)</script> | [here](javascript:alert(1))');
    assert.equal(await page.locator('main img, main b, main iframe, main script').count(), 0);
    assert.ok((await page.locator('main').textContent())?.includes('<b>Nobody</b> digs a tunnel.'));
    await close();
  });

  it('filters findings by severity, state and words, and says how many are shown', async () => {
    const { page, close } = await open();
    const shown = page.locator('article:visible');
    const all = await page.locator('article').count();
    assert.equal(await shown.count(), all);
    await page.getByRole('checkbox', { name: 'accepted' }).uncheck();
    assert.equal(await page.locator('article[data-state=accepted]:visible').count(), 0);
    assert.ok((await shown.count()) < all);
    await page.getByRole('searchbox').fill('fire');
    assert.equal(await shown.count(), 1);
    assert.equal(await page.locator('output').textContent(), `1 of ${all} shown`);
    await close();
  });

  it('makes the diagram larger and moves it', async () => {
    const { page, close } = await open();
    const box = (): Promise<string | null> => page.locator('.stage > svg').getAttribute('viewBox');
    const whole = await box();
    await page.getByRole('button', { name: 'Larger' }).click();
    const larger = await box();
    assert.ok(Number(larger?.split(' ')[2]) < Number(whole?.split(' ')[2]));
    await page.locator('.stage').scrollIntoViewIfNeeded();
    const stage = await page.locator('.stage').boundingBox();
    assert.ok(stage);
    await page.mouse.move(stage.x + 60, stage.y + 60);
    await page.mouse.down();
    await page.mouse.move(stage.x + 20, stage.y + 40);
    await page.mouse.up();
    assert.notEqual(await box(), larger);
    await page.getByRole('button', { name: 'Whole picture' }).click();
    assert.equal(await box(), whole);
    await close();
  });

  it('is read without a script: everything is there, and nothing that does nothing', async () => {
    const { page, faults, close } = await open({ javaScriptEnabled: false });
    assert.equal(await page.locator('article:visible').count(), await page.locator('article').count());
    assert.equal(await page.locator('form:visible, button:visible').count(), 0);
    assert.ok(await page.locator('.stage > svg').isVisible());
    assert.deepEqual(
      faults.filter((fault) => fault.startsWith('request')),
      [],
    );
    await close();
  });

  it('prints: on paper there are all findings and no controls of the page', async () => {
    const { page, close } = await open();
    await page.getByRole('searchbox').fill('nothing has these words');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('article:visible').count(), await page.locator('article').count());
    assert.equal(await page.locator('form:visible, button:visible').count(), 0);
    assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
    await close();
  });
});
