import { changeOf, diagramOf } from '../webview/tools/diagrams.ts';
import { WebviewHarness, type DiagramPage } from '../webview/tools/webviewPage.ts';
import type { DiagramResult, WholeDiagram } from '../../server/src/protocol/messages.ts';
import { EDITS, randomEdits } from './edits.ts';
import { generateModel, type Shape } from './models.ts';
import { median, table, timed } from './measure.ts';

const FRAMES = 60;
const EDITED = 24;

/**
 * A large model in the page as the extension makes it, in headless Chromium, which draws by software: from the message
 * with the model to its first picture, then frames of panning and zooming, a new selection and all boundaries opened.
 */
export async function measureWebview(): Promise<string> {
  const harness = await WebviewHarness.start();
  const rows: string[][] = [];
  try {
    for (const [shape, size] of [
      ['local', 50],
      ['local', 200],
      ['local', 1000],
    ] as const) {
      rows.push(await measure(harness, shape, size));
    }
  } finally {
    await harness.stop();
  }
  return table(
    [
      'model',
      'boxes at first',
      'first picture',
      'frame of pan',
      'frame of zoom',
      'select',
      'edit seen',
      'edit laid out',
      'all open: boxes',
      'opened',
      'frame of pan',
      'frame of zoom',
    ],
    rows,
  );
}

async function measure(harness: WebviewHarness, shape: Shape, size: number): Promise<string[]> {
  const model = diagramOf(generateModel(shape, size));
  const page = await harness.open({ size: { width: 1600, height: 950 } });
  // The engine starts with the page, long before the server has read a large model.
  await page.startWorker();
  const { settled: first } = await timeOf(page, model);
  const boxes = await boxesOf(page);
  const [pan, zoom] = [await frames(page, 'pan'), await frames(page, 'zoom')];
  const select = await timed(() => selectAndPaint(page, model.graph!.nodes[0]!.id));
  const edited = await edits(page, model);
  const opened = await timed(async () => {
    await page.post({ v: 1, type: 'action', action: { do: 'expandAll' } });
    await page.page.locator(`.canvas .tw-node >> nth=${size - 1}`).waitFor({ state: 'attached', timeout: 120_000 });
  });
  const all = await boxesOf(page);
  const open = [await frames(page, 'pan'), await frames(page, 'zoom')];
  await page.close();
  return [`${shape} ${size}`, String(boxes), ms(first), pan, zoom, ms(select), ...edited, String(all), ms(opened), ...open];
}

function boxesOf(page: DiagramPage): Promise<number> {
  return page.page.locator('.canvas :is(.tw-node, .tw-boundary)').count();
}

async function selectAndPaint(page: DiagramPage, id: string): Promise<void> {
  await page.post({ v: 1, type: 'select', id });
  await page.page.locator('.inspector:not([hidden])').waitFor();
}

/**
 * Median and 90th percentile of structural edits at random places, from the message of the extension: until the picture
 * shows them, and until all is laid out.
 */
async function edits(page: DiagramPage, model: WholeDiagram): Promise<string[]> {
  const times: Shown[] = [];
  let version = model.version;
  // The first round of each warms up; each is taken back before the next one.
  for (const [at, { graph }] of randomEdits(model.graph!, EDITED + EDITS.length).entries()) {
    const edited = { ...model, version: ++version, picture: 'edited', revision: 'edited', graph };
    const time = await timeOf(page, changeOf(model, edited));
    await timeOf(page, changeOf(edited, { ...model, version: ++version }));
    if (at >= EDITS.length) times.push(time);
  }
  return [times.map(({ seen }) => seen), times.map(({ settled }) => settled)].map(spread);
}

interface Shown {
  /** Milliseconds from the message until the picture shows the diagram, and until all of it is laid out. */
  readonly seen: number;
  readonly settled: number;
}

/** In the page itself, so that how the message gets there does not count. */
async function timeOf(page: DiagramPage, diagram: DiagramResult): Promise<Shown> {
  const json = JSON.stringify(diagram);
  return page.page.evaluate(async (text) => {
    const { dataset } = document.documentElement;
    const sent = JSON.parse(text) as { version: number };
    await new Promise(requestAnimationFrame);
    const begin = performance.now();
    let seen = 0;
    const settled = await new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (dataset['shown'] === String(sent.version)) seen ||= performance.now();
        if (dataset['version'] !== String(sent.version)) return;
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(document.documentElement, { attributes: true });
      window.postMessage({ v: 1, type: 'diagram', diagram: sent }, '*');
    });
    return { seen: seen - begin, settled: settled - begin };
  }, json);
}

/** Median and 90th percentile of the times between frames while wheel events come, one a frame. */
async function frames(page: DiagramPage, gesture: 'pan' | 'zoom'): Promise<string> {
  const times = await page.page.evaluate(
    async ({ count, zooming }) => {
      const canvas = document.querySelector('.canvas')!;
      const taken: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let index = 0; index < count; index++) {
        const way = index < count / 2 ? 1 : -1;
        const wheel = zooming ? { deltaY: 4 * way, ctrlKey: true } : { deltaX: 9 * way, deltaY: 7 * way };
        canvas.dispatchEvent(new WheelEvent('wheel', { ...wheel, clientX: 600, clientY: 400, bubbles: true, cancelable: true }));
        const now = await new Promise<number>(requestAnimationFrame);
        taken.push(now - last);
        last = now;
      }
      return taken;
    },
    { count: FRAMES, zooming: gesture === 'zoom' },
  );
  return spread(times);
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${median(times).toFixed(1)} (${sorted[Math.floor(times.length * 0.9)]!.toFixed(1)})`;
}

function ms(time: number): string {
  return time.toFixed(0);
}
