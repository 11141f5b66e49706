import assert from 'node:assert/strict';
import { createElk } from '../../server/src/diagram/elk.ts';
import { layoutGraph, pictureOf, pinScene, toDrawio, toSvg } from '../../server/src/diagram/index.ts';
import { diagramOf } from './tools/diagrams.ts';
import { EXAMPLE, showExample } from './tools/example.ts';
import type { DiagramPage, WebviewHarness } from './tools/webviewPage.ts';

const MADE = 'Made by Threatwright 0 of a model with the hash 0.';

describe('exports from the panel', function () {
  this.timeout(60_000);
  let harness: WebviewHarness;
  let diagram: DiagramPage;
  const example = diagramOf(EXAMPLE);

  showExample((page, host) => {
    diagram = page;
    harness = host;
  });

  const act = (action: unknown): Promise<void> => diagram.post({ v: 1, type: 'action', action });
  const fonts = (): string[] =>
    ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((it) => `${harness.origin}/inter-${it}-normal.woff2`);
  const wished = { format: 'svg', part: 'whole', theme: 'light', scale: 1, risks: true, copy: false };
  const exported = async (wish: object): Promise<string> => {
    await diagram.post({ v: 1, type: 'made', wish: { ...wished, ...wish }, made: MADE, fonts: fonts() });
    return (await diagram.sent('save')).content;
  };
  /** What the command line writes. */
  const drawn = async (part: { boundary?: string; finding?: string; risks: boolean }) => {
    const picture = pictureOf(example.graph!, example.marks, part);
    assert.ok(!('error' in picture));
    const { marks, highlight, dimmed } = picture;
    return { scene: await layoutGraph(picture.graph, createElk()), marks, highlight, dimmed, theme: 'light' as const, made: MADE };
  };

  it('asks for format, part and colours, and remembers them', async () => {
    await act({ do: 'export' });
    const dialog = diagram.page.locator('dialog');
    await dialog.getByText('Save …').click();
    assert.deepEqual((await diagram.sent('made')).wish, {
      format: 'svg',
      theme: 'light',
      scale: 2,
      risks: true,
      copy: false,
      part: 'whole',
    });
    await act({ do: 'select', id: 'runtime' });
    await act({ do: 'export' });
    await dialog.locator('vscode-dropdown').nth(0).click();
    await dialog.locator('vscode-option', { hasText: 'PNG' }).click();
    await dialog.locator('vscode-dropdown').nth(1).click();
    await dialog.locator('vscode-option', { hasText: 'Boundary Agent runtime' }).click();
    await dialog.getByText('With risks').click();
    await dialog.getByText('Copy').click();
    assert.deepEqual((await diagram.sent('made')).wish, {
      format: 'png',
      theme: 'light',
      scale: 2,
      risks: false,
      copy: true,
      part: 'boundary',
    });
  });

  it('the picture of the whole model has the bytes that the command line writes', async () => {
    assert.equal(await exported({}), toSvg(await drawn({ risks: true })));
    assert.equal(await exported({ risks: false }), toSvg(await drawn({ risks: false })));
    assert.equal(await exported({ format: 'drawio' }), toDrawio(await drawn({ risks: true })));
    assert.match(await exported({ format: 'mmd' }), /^---\ntitle: /);
  });

  it('so it has with elements that were put somewhere by hand', async () => {
    const pins = { crm: { in: 'runtime', x: 150, y: 180 } };
    await diagram.post({ v: 1, type: 'pins', pins });
    const plain = await drawn({ risks: true });
    const svg = toSvg({ ...plain, scene: pinScene(plain.scene, new Map(Object.entries(pins))) });
    assert.notEqual(svg, toSvg(plain));
    assert.equal(await exported({}), svg);
  });

  it('so have one boundary and the way of one finding', async () => {
    await act({ do: 'select', id: 'runtime' });
    assert.equal(await exported({ part: 'boundary' }), toSvg(await drawn({ boundary: 'runtime', risks: true })));
    const { key } = example.marks.findings.find(({ subject }) => subject === 'refund')!;
    await act({ do: 'showFinding', key });
    assert.equal(await exported({ part: 'finding' }), toSvg(await drawn({ finding: key, risks: true })));
    assert.equal(await diagram.layouts(), 1, 'the picture in the panel stays as it is');
  });

  it('what is shown is exported as it is shown', async () => {
    await act({ do: 'collapse', id: 'runtime', collapsed: true });
    await diagram.page.locator('html[data-layouts="2"]').waitFor({ state: 'attached' });
    const svg = await exported({ part: 'shown', theme: 'dark' });
    assert.ok(!svg.includes('data-id="agent"') && svg.includes('data-id="runtime"'));
    assert.ok(!svg.includes('var('));
  });

  it('a PNG has the size of the picture times the scale, and its text in the shipped font', async () => {
    const scene = await layoutGraph(example.graph!, createElk());
    const at = async (scale: number): Promise<{ width: number; height: number; bytes: number }> => {
      const png = Buffer.from(await exported({ format: 'png', scale }), 'base64');
      assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
      return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bytes: png.length };
    };
    const [one, two] = [await at(1), await at(2)];
    assert.ok(
      one.width >= scene.width && two.width === 2 * one.width && Math.abs(two.height - 2 * one.height) <= 1,
      JSON.stringify({ one, two }),
    );
    assert.ok(one.bytes > 20_000, 'it is not empty');
  });

  it('text is copied by the host', async () => {
    await diagram.post({ v: 1, type: 'made', wish: { ...wished, copy: true }, made: MADE, fonts: [] });
    assert.equal((await diagram.sent('copy')).text, toSvg(await drawn({ risks: true })));
  });

  it('a wish that is none is ignored', async () => {
    for (const wish of [undefined, { ...wished, scale: 1000 }, { ...wished, format: 'exe' }, { ...wished, part: '../..' }]) {
      await diagram.post({ v: 1, type: 'made', wish, made: MADE, fonts: [] });
    }
    await diagram.post({ v: 1, type: 'select', id: 'crm' });
    await diagram.page.locator('[data-id=crm][data-selected]').first().waitFor();
    assert.deepEqual(diagram.messages, []);
  });
});
