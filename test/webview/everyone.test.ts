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

/** What axe finds wrong, as text. */
async function violations(diagram: DiagramPage): Promise<readonly string[]> {
  // The policy of the page forbids scripts of others; the debugger may run them.
  await diagram.page.evaluate(AXE);
  const results = await diagram.page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
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
