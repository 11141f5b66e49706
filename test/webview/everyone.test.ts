import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { PALETTE_PROPERTIES } from '../../server/src/diagram/index.ts';
import { generateModel } from '../bench/models.ts';
import { diagramOf } from './tools/diagrams.ts';
import { THEMES, type Theme } from './tools/themes.ts';
import { type DiagramPage, WebviewHarness } from './tools/webviewPage.ts';

const EXAMPLE = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "javascript:alert('1')",
  '\u202Egnp.exe\u202C \u2066evil\u2069',
  '${alert(1)} {{alert(1)}} %3Cscript%3E',
  `${'A'.repeat(10_000)}<b>`,
];

/** What axe finds wrong, as text. It knows only the colours of the page, not those that a system forces. */
async function violations(diagram: DiagramPage, forced = false): Promise<readonly string[]> {
  // The policy of the page forbids scripts of others; the debugger may run them.
  await diagram.page.evaluate(AXE);
  const results = await diagram.page.evaluate(
    (options) => {
      return (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(options);
    },
    { rules: { 'color-contrast': { enabled: !forced } } },
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

describe('the diagram for everyone', function () {
  this.timeout(60_000);
  let harness: WebviewHarness;
  before(async () => {
    harness = await WebviewHarness.start();
  });
  after(() => harness.stop());

  for (const [name, theme] of Object.entries<Theme>(THEMES)) {
    it(`axe has nothing to say in the theme ${name}, and every colour of the picture is set`, async () => {
      const diagram = await harness.open({ theme });
      const example = diagramOf(EXAMPLE);
      await diagram.show(example);
      await diagram.post({ v: 1, type: 'select', id: 'agent' });
      await diagram.post({ v: 1, type: 'showFinding', key: example.marks.findings[1]!.key });
      await diagram.page.locator('.card').waitFor();
      assert.deepEqual(await violations(diagram), []);
      const act = (action: unknown): Promise<void> => diagram.post({ v: 1, type: 'action', action });
      await act({ do: 'tab', tab: 'outline' });
      await act({ do: 'lens', lens: { type: 'reach', id: 'agent', way: 'to' } });
      await act({ do: 'collapse', id: 'runtime', collapsed: true });
      await diagram.page.locator('html[data-layouts="2"]').waitFor({ state: 'attached' });
      await act({ do: 'search' });
      assert.deepEqual(await violations(diagram), []);
      await act({ do: 'menu' });
      await diagram.page.locator('.menu').waitFor();
      assert.deepEqual(await violations(diagram), []);
      await diagram.page.keyboard.press('Escape');
      await act({ do: 'help' });
      assert.deepEqual(await violations(diagram), []);
      const unset = await diagram.page.evaluate(
        (properties) => properties.filter((property) => getComputedStyle(document.body).getPropertyValue(property) === ''),
        Object.values(PALETTE_PROPERTIES),
      );
      assert.deepEqual(unset, []);
      await diagram.close();
      assert.deepEqual(diagram.faults, []);
    });
  }

  it('the colours of the controls are those of the theme', async () => {
    for (const theme of [THEMES.light, THEMES.dark]) {
      const diagram = await harness.open({ theme });
      const example = diagramOf(EXAMPLE);
      await diagram.show(example);
      await diagram.post({ v: 1, type: 'showFinding', key: example.marks.findings[0]!.key });
      const color = await diagram.page
        .locator('.card-actions vscode-button')
        .first()
        .evaluate((button) => getComputedStyle(button).backgroundColor);
      const [red, green, blue] = [1, 3, 5].map((at) => parseInt(theme.variables['button-background'].slice(at, at + 2), 16));
      assert.equal(color, `rgb(${red}, ${green}, ${blue})`);
      await diagram.close();
    }
  });

  /** What is seen of the page's controls that is not wholly in the window, or lies on another one. */
  function misplaced(diagram: DiagramPage): Promise<readonly string[]> {
    return diagram.page.evaluate(() => {
      const shown = [
        ...document.querySelectorAll<HTMLElement>('.toolbar :is(h1, vscode-button), .card vscode-button, .tab, .legend > summary'),
      ]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      const out = shown.filter(({ box }) => box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
      const on = shown.filter(({ box }, at) =>
        shown.some(
          ({ box: other }, index) =>
            index > at &&
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1,
        ),
      );
      return [...out, ...on].map(
        ({ element, box }) => `${element.getAttribute('aria-label') ?? element.textContent} at ${box.left}, ${box.top}`,
      );
    });
  }

  for (const [points, width] of [
    [13, 420],
    [20, 420],
    [20, 1200],
    [26, 800],
  ] as const) {
    it(`texts of ${points} pixels in a window of ${width}: all controls are there, beside each other, in that size`, async () => {
      const { kind, variables } = THEMES.light;
      const theme = { kind, variables: { ...variables, 'font-size': `${points}px` } };
      const diagram = await harness.open({ theme, size: { width, height: 760 } });
      const example = diagramOf(EXAMPLE);
      await diagram.show(example);
      assert.deepEqual(await misplaced(diagram), []);
      await diagram.post({ v: 1, type: 'showFinding', key: example.marks.findings[1]!.key });
      const fix = diagram.page.locator('.card-actions').getByText('Fix …');
      await fix.waitFor();
      assert.deepEqual(await misplaced(diagram), []);
      const size = await fix.evaluate((button) => getComputedStyle(button.shadowRoot!.querySelector('.control')!).fontSize);
      assert.equal(size, `${points}px`);
      assert.deepEqual(await violations(diagram), []);
      await diagram.close();
      assert.deepEqual(diagram.faults, []);
    });
  }

  it('with forced colours the picture is in the colours of the system, whatever the theme', async () => {
    const diagram = await harness.open({ theme: THEMES.dark, media: { forcedColors: 'active', reducedMotion: 'reduce' } });
    const example = diagramOf(EXAMPLE);
    await diagram.show(example);
    await diagram.post({ v: 1, type: 'showFinding', key: example.marks.findings[1]!.key });
    await diagram.page.locator('.card').waitFor();
    const colors = await diagram.page.evaluate(() => {
      const system = document.body.appendChild(document.createElement('i'));
      system.style.color = 'CanvasText';
      system.style.backgroundColor = 'Canvas';
      const { color, backgroundColor } = getComputedStyle(system);
      system.remove();
      return {
        ...{ color, backgroundColor },
        moving: [...document.querySelectorAll('.canvas .tw-node')].map((it) => getComputedStyle(it).transitionDuration),
        texts: [...document.querySelectorAll('.canvas .tw-node > text')].map((it) => getComputedStyle(it).fill),
        fills: [...document.querySelectorAll('.canvas .tw-process > rect:first-child')].map((it) => getComputedStyle(it).fill),
      };
    });
    assert.deepEqual([...new Set(colors.texts)], [colors.color]);
    assert.deepEqual([...new Set(colors.fills)], [colors.backgroundColor]);
    assert.deepEqual([...new Set(colors.moving)], ['0s'], 'nothing moves where less motion is wanted');
    assert.deepEqual(await violations(diagram, true), []);
    await diagram.close();
    assert.deepEqual(diagram.faults, []);
  });

  it('names of elements, flows and boundaries are text, whatever they say', async () => {
    const title = (at: number): string => JSON.stringify(HOSTILE[at % HOSTILE.length]);
    const elements = HOSTILE.map((_, at) => `  e${at}: { kind: agent, in: b${at}, title: ${title(at)} }`);
    const boundaries = HOSTILE.map((_, at) => `  b${at}: { kind: network-zone, title: ${title(at + 1)} }`);
    const flows = HOSTILE.map(
      (_, at) => `  f${at}: { from: e${at}, to: e${(at + 1) % HOSTILE.length}, kind: prompt, title: ${title(at + 2)} }`,
    );
    const names = ['constructor', '__proto__', 'toString'].filter((id) => /^[A-Za-z]/.test(id)).map((id) => `  ${id}: { kind: tool }`);
    const text = [
      'threatmodel: 1',
      `title: ${title(0)}`,
      'boundaries:',
      ...boundaries,
      'elements:',
      ...elements,
      ...names,
      'flows:',
      ...flows,
    ];
    const hostile = diagramOf(text.join('\n'));
    assert.equal(hostile.graph!.nodes.length, HOSTILE.length + names.length);
    const diagram = await harness.open();
    await diagram.show(hostile);
    for (const { id } of hostile.graph!.nodes) {
      await diagram.post({ v: 1, type: 'select', id });
      await diagram.page.locator(`[data-id="${id}"][aria-current]`).first().waitFor();
    }
    for (const finding of hostile.marks.findings.slice(0, 10)) await diagram.post({ v: 1, type: 'showFinding', key: finding.key });
    assert.equal(await diagram.page.locator('#app :is(img, script, iframe, object, b)').count(), 0);
    assert.equal(await diagram.page.locator('#app :is([onload], [onerror], [style*="url"])').count(), 0);
    assert.ok((await diagram.thing('e0').textContent())!.includes('<img'));
    assert.deepEqual(await violations(diagram), []);
    await diagram.close();
    assert.deepEqual(diagram.faults, []);
  });

  it('a model of 60 elements is drawn', async () => {
    const large = diagramOf(generateModel('local', 60));
    const diagram = await harness.open();
    const began = performance.now();
    await diagram.show(large);
    console.log(`      first picture of 60 elements and ${large.graph!.edges.length} flows: ${Math.round(performance.now() - began)} ms`);
    assert.equal(await diagram.page.locator('.canvas .tw-node').count(), 60);
    assert.equal(await diagram.layouts(), 1);
    await diagram.close();
    assert.deepEqual(diagram.faults, []);
  });
});
