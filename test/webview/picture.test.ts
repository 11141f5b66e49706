import assert from 'node:assert/strict';
import { countBySubject } from '../../server/src/diagram/badges.ts';
import type { WholeDiagram } from '../../server/src/protocol/messages.ts';
import type { Session } from '../../webview/src/session.ts';
import { diagramOf } from './tools/diagrams.ts';
import { EXAMPLE, showExample } from './tools/example.ts';
import { type DiagramPage, postTo, WebviewHarness } from './tools/webviewPage.ts';

/** An edit of the example; it must hit. */
function edited(from: string, to: string, version = 2): WholeDiagram {
  assert.ok(EXAMPLE.includes(from), `the example has no ${from}`);
  return diagramOf(EXAMPLE.replace(from, to), version);
}

/** As the server sends it to somebody who has the graph already. */
function withoutGraph(diagram: WholeDiagram): WholeDiagram {
  return { ...diagram, graph: undefined };
}

describe('the diagram in Chromium', function () {
  this.timeout(60_000);
  let harness: WebviewHarness;
  let diagram: DiagramPage;
  const example = diagramOf(EXAMPLE);

  showExample((page, host) => {
    diagram = page;
    harness = host;
  });

  const center = async (id: string): Promise<{ x: number; y: number }> => {
    const box = (await diagram.thing(id).boundingBox())!;
    return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  };
  const chosen = (): ReturnType<DiagramPage['page']['locator']> => diagram.page.locator('.card');

  it('draws every boundary, element and flow, with one layout', async () => {
    const { boundaries, nodes, edges } = example.graph!;
    const wanted = [...boundaries, ...nodes].map(({ id }) => id).concat(edges.map(({ flow }) => flow));
    const drawn = await diagram.page.locator('.canvas [data-id]').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    assert.deepEqual(new Set(drawn), new Set(wanted));
    assert.equal(await diagram.layouts(), 1);
    assert.match(await diagram.thing('agent').textContent().then(String), /Support agent/);
    assert.equal(await diagram.page.locator('.toolbar h1').textContent(), 'Contoso support agent');
  });

  it('lists the findings, most severe first, by shape, word and place', async () => {
    const listed = await diagram.page
      .locator('.findings [data-finding]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-finding')));
    assert.deepEqual(
      listed,
      example.marks.findings.map(({ key }) => key),
    );
    const first = diagram.page.locator('.findings [data-finding]').first();
    assert.match(String(await first.textContent()), /High · The whole system/);
    assert.equal(await first.locator('svg.severity-high').count(), 1);
  });

  it('a click on an element, a flow or a boundary selects it, and tells the text without taking its focus', async () => {
    for (const id of ['agent', 'refund', 'provider']) {
      // A boundary is hit beside what is in it, a flow on its name.
      const target = id === 'refund' ? diagram.thing(id).locator('text').first() : diagram.thing(id);
      await target.click(id === 'provider' ? { position: { x: 6, y: 40 } } : {});
      assert.deepEqual(await diagram.sent('select'), { v: 1, type: 'select', id });
      assert.equal(await diagram.thing(id).getAttribute('aria-current'), 'true');
      assert.deepEqual(diagram.messages, []);
    }
    assert.match(String(await diagram.page.locator('.inspector').textContent()), /Model provider.*Third party/);
  });

  it('shows what the selected flow is, from its first to its last stop', async () => {
    await diagram.post({ v: 1, type: 'select', id: 'ask' });
    const facts = await diagram.page.locator('.inspector dd').allTextContents();
    assert.deepEqual(facts.slice(1, 5), ['customer', 'Support agent', 'gateway', 'Customer question']);
  });

  it('a chosen finding lights up its trail with numbered hops, and Escape clears it', async () => {
    const finding = example.marks.findings.find(({ trail }) => trail.includes('ask') && trail.includes('think'))!;
    await diagram.page.locator(`[data-finding="${finding.key}"]`).click();
    for (const id of finding.trail) assert.equal(await diagram.thing(id).getAttribute('opacity'), null, id);
    for (const id of ['crm', 'lookup']) assert.ok(Number(await diagram.thing(id).getAttribute('opacity')) < 0.5, id);
    assert.deepEqual((await diagram.page.locator('.tw-hop').allTextContents()).sort(), ['1', '2']);
    const text = String(await chosen().textContent());
    for (const part of [finding.message, finding.missing[0]![0]!, 'Least privilege', 'LLM']) assert.ok(text.includes(part), part);
    await chosen().getByText('Explain').click();
    assert.deepEqual(await diagram.sent('rule'), { v: 1, type: 'rule', id: finding.rule });
    await chosen().getByText('Go to text').click();
    assert.equal((await diagram.sent('reveal')).id, finding.subject);
    await diagram.page.keyboard.press('Escape');
    await chosen().waitFor({ state: 'hidden' });
    assert.equal(await diagram.page.locator('.canvas [opacity]').count(), 0);
  });

  it('a click on a badge chooses the most severe finding that it counts', async () => {
    await diagram.thing('agent').locator('.tw-badge').click();
    const first = example.marks.findings.find(({ subject }) => subject === 'agent')!;
    assert.ok(String(await chosen().textContent()).includes(first.message));
  });

  it('the host can choose a finding, and F8 goes to the next one', async () => {
    const [first, second] = example.marks.findings;
    await diagram.post({ v: 1, type: 'showFinding', key: first!.key });
    assert.ok(String(await chosen().textContent()).includes(first!.message));
    await diagram.page.keyboard.press('F8');
    assert.ok(String(await chosen().textContent()).includes(second!.message));
    await diagram.page.keyboard.press('Shift+F8');
    assert.match(String(await diagram.page.locator('.spoken').textContent()), /^Finding 1 of \d+, High: /);
  });

  it('severities can be hidden, in the list and on the picture', async () => {
    const high = diagram.page.locator('.filter vscode-checkbox', { hasText: 'High' });
    await high.click();
    const severities = await diagram.page
      .locator('.findings [data-finding]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-severity')));
    assert.deepEqual(new Set(severities), new Set(['medium', 'low']));
    assert.equal(await diagram.thing('refund').locator('.tw-badge').count(), 0);
    await high.click();
    assert.equal(await diagram.thing('refund').locator('.tw-badge').count(), 1);
  });

  it('the whole way of a chosen finding can be seen beside its card, and what is missing', async () => {
    const finding = example.marks.findings.find(({ subject, trail }) => subject === 'refund' && trail.length > 2)!;
    for (const size of [
      { width: 1100, height: 460 },
      { width: 500, height: 700 },
    ]) {
      await diagram.close();
      diagram = await harness.open({ size });
      await diagram.show(example);
      await diagram.page.keyboard.press('1');
      await diagram.page.locator('.scale', { hasText: /^100 %$/ }).waitFor({ state: 'attached' });
      await diagram.post({ v: 1, type: 'showFinding', key: finding.key });
      await diagram.page.locator('.tw-ghost').waitFor();
      // The window of the picture has got its size.
      await diagram.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const canvas = (await diagram.page.locator('.canvas').boundingBox())!;
      const seen = [...finding.trail, finding.subject].map((id) => diagram.thing(id)).concat(diagram.page.locator('.tw-ghost'));
      for (const thing of seen) {
        const { x, y, width, height } = (await thing.boundingBox())!;
        const inside = x >= canvas.x && y >= canvas.y && x + width <= canvas.x + canvas.width && y + height <= canvas.y + canvas.height;
        assert.ok(inside, JSON.stringify({ size, canvas, x, y, width, height }));
      }
    }
  });

  it('new findings are painted without a layout, and nothing else is touched', async () => {
    const next = withoutGraph(edited('kind: tool-call }', 'kind: tool-call, controls: [tool-call-authorization] }'));
    assert.equal(next.picture, example.picture);
    await diagram.page.evaluate(() => {
      const changed = new Set<string>();
      Object.assign(window, { changed });
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          changed.add(element?.closest('[data-id]')?.getAttribute('data-id') ?? element?.tagName ?? '');
        }
      }).observe(document.querySelector('.canvas svg')!, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const findings = next.marks.findings.filter(({ subject }) => subject !== 'refund');
    await diagram.show({ ...next, marks: { ...next.marks, counts: countBySubject(findings), findings } });
    assert.equal(await diagram.layouts(), 1);
    assert.equal(await diagram.thing('refund').locator('.tw-badge').count(), 0);
    const changed = await diagram.page.evaluate(() => [...(window as unknown as { changed: Set<string> }).changed]);
    assert.ok(changed.includes('refund'));
    for (const untouched of ['customer', 'gateway', 'crm', 'lookup', 'runtime']) assert.ok(!changed.includes(untouched), untouched);
  });

  it('an edit of the structure is laid out once, and what is selected stays where it is on the screen', async () => {
    await diagram.post({ v: 1, type: 'select', id: 'agent' });
    const before = await center('agent');
    await diagram.show(edited('  llm: ', '  audit:     { kind: telemetry-sink, in: contoso }\n  llm: '));
    assert.equal(await diagram.layouts(), 2);
    assert.equal(await diagram.thing('audit').count(), 1);
    const after = await center('agent');
    assert.ok(Math.abs(after.x - before.x) <= 1 && Math.abs(after.y - before.y) <= 1, JSON.stringify({ before, after }));
  });

  describe('while the focus is in the text', () => {
    const stolen = (): Promise<number> => diagram.page.locator('[data-stolen]').count();
    /** What the browser says and does in a page inside another one that gets the focus. */
    const leave = async (): Promise<void> =>
      diagram.page.evaluate(() => {
        document.hasFocus = () => false;
        SVGElement.prototype.focus = () => document.body.setAttribute('data-stolen', '');
        document.activeElement?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
        window.dispatchEvent(new FocusEvent('blur'));
      });

    beforeEach(() => diagram.thing('agent').focus());

    it('an edit does not take it back', async () => {
      await leave();
      await diagram.show(edited('  llm: ', '  audit:     { kind: telemetry-sink, in: contoso }\n  llm: '));
      await diagram.thing('audit').waitFor();
      assert.equal(await stolen(), 0);
    });

    for (const [name, key, what] of [
      ['a menu', '.', '.menu'],
      ['a question', 'F2', '.prompt'],
    ] as const) {
      it(`${name} that closes does not take it back`, async () => {
        await diagram.page.keyboard.press(key);
        await diagram.page.locator(what).waitFor();
        await leave();
        await diagram.page.locator(what).waitFor({ state: 'detached' });
        assert.equal(await stolen(), 0);
      });
    }
  });

  it('a new look without a new structure needs no layout', async () => {
    const next = edited(
      '{ kind: database, in: runtime, holds: [profile] }',
      '{ kind: database, in: runtime, holds: [profile], outOfScope: { reason: test } }',
    );
    const graph = { ...next.graph!, nodes: next.graph!.nodes.map((node) => (node.id === 'crm' ? { ...node, outOfScope: true } : node)) };
    await diagram.show({ ...next, picture: 'another', graph });
    assert.equal(await diagram.layouts(), 1);
    assert.match(String(await diagram.thing('crm').getAttribute('aria-label')), /out of scope/);
  });

  it('keeps the picture while the text is broken, and says so', async () => {
    await diagram.show({ ...withoutGraph(example), version: 2, stale: true });
    const banner = diagram.page.locator('.banner');
    assert.equal(await banner.textContent(), 'The text has errors: this is the last good picture.');
    assert.ok(await banner.isVisible());
    assert.equal(await diagram.page.locator('html').getAttribute('data-stale'), 'true');
    assert.ok(await diagram.thing('agent').isVisible());
    await diagram.show({ ...withoutGraph(example), version: 3 });
    assert.ok(!(await banner.isVisible()));
    await diagram.post({ v: 1, type: 'error', message: 'There is no diagram of this file.' });
    await banner.getByText('There is no diagram of this file.').waitFor();
    assert.ok(await diagram.thing('agent').isVisible());
  });

  it('asks for the graph when the host believes that it is here', async () => {
    await diagram.post({ v: 1, type: 'diagram', diagram: { ...withoutGraph(example), picture: 'never seen', version: 2 } });
    assert.deepEqual(await diagram.sent('ready'), { v: 1, type: 'ready' });
    assert.ok(await diagram.thing('agent').isVisible());
  });

  it('paints the last picture at once after a reload, without asking for a layout', async () => {
    const finding = example.marks.findings.find(({ subject }) => subject === 'refund')!;
    await diagram.show({ ...withoutGraph(example), version: 2, stale: true });
    await diagram.post({ v: 1, type: 'select', id: 'agent' });
    await diagram.post({ v: 1, type: 'showFinding', key: finding.key });
    const state = await diagram.kept((kept) => (kept['session'] as Session).finding === finding.key);
    await diagram.close();
    diagram = await harness.open({ state, worker: false });
    assert.ok(await diagram.thing('agent').isVisible());
    assert.ok(await chosen().isVisible());
    assert.ok(await diagram.page.locator('.banner').isVisible());
    assert.equal(await diagram.thing('agent').getAttribute('aria-current'), 'true');
    await diagram.show({ ...withoutGraph(example), version: 7 });
    assert.equal(await diagram.layouts(), 0);
  });

  it('tells the host after a reload which graph it has', async () => {
    const state = await diagram.kept();
    const again = await harness.open({ state });
    assert.equal(again.greeting.have, example.picture);
    await again.close();
  });

  it('starts afresh when the kept state is broken', async () => {
    const state = { ...((await diagram.kept()) as object), scene: { width: 'wide' } };
    const again = await harness.open({ state });
    assert.equal(again.greeting.have, undefined);
    await again.show(example);
    assert.equal(await again.layouts(), 1);
    await again.close();
    assert.deepEqual(again.faults, []);
  });

  it('says kindly what to do when there is nothing to draw', async () => {
    await diagram.show(diagramOf('threatmodel: 1\n', 2));
    assert.match(String(await diagram.page.locator('.middle').textContent()), /Nothing to draw yet/);
  });

  it('ignores messages that it does not know, and logs them', async () => {
    await postTo(diagram.page, { v: 1, type: 'diagram', diagram: { uri: 4 } });
    await postTo(diagram.page, { v: 2, type: 'select', id: 'agent' });
    await diagram.post({ v: 1, type: 'select', id: 'crm' });
    await diagram.page.locator('[data-id=crm][aria-current]').waitFor();
    assert.equal(diagram.faults.length, 2);
    for (const fault of diagram.faults.splice(0)) assert.match(fault, /not understood/);
  });
});

describe('the diagram when something is missing', function () {
  this.timeout(60_000);
  let harness: WebviewHarness;
  before(async () => {
    harness = await WebviewHarness.start();
  });
  after(() => harness.stop());

  it('a layout engine that cannot be had leaves a plain grid that says so', async () => {
    const diagram = await harness.open({ worker: false });
    await diagram.post({ v: 1, type: 'layoutWorker', uri: `${harness.origin}/missing.js` });
    await diagram.show(diagramOf(EXAMPLE));
    assert.ok(await diagram.thing('agent').isVisible());
    assert.match(String(await diagram.page.locator('.banner').textContent()), /^Plain grid: .*could not be read \(404\)/);
    await diagram.close();
  });

  it('a host that does not answer is not waited for in silence', async () => {
    const diagram = await harness.open({ clock: true });
    assert.match(String(await diagram.page.locator('.middle').textContent()), /Reading the model/);
    await diagram.page.clock.fastForward(15_000);
    await diagram.page.getByText('Try again').click();
    assert.deepEqual(await diagram.sent('ready'), { v: 1, type: 'ready' });
    await diagram.close();
    assert.deepEqual(diagram.faults, []);
  });
});
