import assert from 'node:assert/strict';
import type { WholeDiagram } from '../../server/src/protocol/messages.ts';
import { generateModel } from '../bench/models.ts';
import { changeOf, diagramOf } from './tools/diagrams.ts';
import { type DiagramPage, WebviewHarness } from './tools/webviewPage.ts';

/** How much is done is counted, not timed: the times are in `npm run bench`. */
describe('a model of 1,000 elements in the diagram', function () {
  this.timeout(120_000);
  let harness: WebviewHarness;
  let diagram: DiagramPage;
  let large: WholeDiagram;

  before(async () => {
    harness = await WebviewHarness.start();
    large = diagramOf(generateModel('local', 1000));
    diagram = await harness.open();
    await diagram.show(large);
  });
  after(async () => {
    await diagram.close();
    await harness.stop();
    assert.deepEqual(diagram.faults, []);
  });

  /** Elements of the page that an action adds, takes away or changes an attribute of; of the svg, the picture's own. */
  async function touched(action: () => Promise<unknown>): Promise<{ added: number; removed: number; changed: number }> {
    await diagram.page.evaluate(() => {
      const count = { added: 0, removed: 0, changed: 0 };
      const observer = new MutationObserver((records) => {
        for (const { addedNodes, removedNodes, type } of records) {
          count.added += addedNodes.length;
          count.removed += removedNodes.length;
          count.changed += type === 'attributes' ? 1 : 0;
        }
      });
      observer.observe(document.querySelector('.canvas > svg')!, { subtree: true, childList: true, attributes: true });
      Object.assign(window, { count, observer });
    });
    await action();
    return diagram.page.evaluate(() => {
      const { count, observer } = window as unknown as {
        count: { added: number; removed: number; changed: number };
        observer: MutationObserver;
      };
      observer.disconnect();
      return count;
    });
  }

  it('opens with boundaries collapsed, so that it can be read, after one layout', async () => {
    const boxes = await diagram.page.locator('.canvas :is(.tw-node, .tw-boundary)').count();
    assert.ok(boxes > 20 && boxes < 300, String(boxes));
    assert.equal(await diagram.layouts(), 1);
    assert.match(String(await diagram.page.locator('.chip').first().textContent()), /boundaries collapsed/);
    assert.ok(await diagram.page.locator('.minimap').isVisible());
  });

  it('lists the first findings and the rest on demand', async () => {
    assert.equal(await diagram.page.locator('[data-finding]').count(), 200);
    await diagram.page.locator('.more').click();
    assert.equal(await diagram.page.locator('[data-finding]').count(), 400);
  });

  it('moving the picture touches nothing in it but its one transform', async () => {
    const { added, removed, changed } = await touched(async () => {
      await diagram.page.mouse.move(300, 300);
      for (let step = 0; step < 10; step++) await diagram.page.mouse.wheel(0, step % 2 === 0 ? -120 : 120);
      await diagram.page.waitForFunction(() => document.querySelector<SVGElement>('.canvas > svg')!.style.willChange === '');
    });
    assert.equal(added + removed, 0);
    assert.ok(changed < 40, `${changed} attributes for 10 turns of the wheel`);
  });

  it('a selection touches only what was and what is selected', async () => {
    const id = large.graph!.boundaries[0]!.id;
    const { added, removed, changed } = await touched(async () => {
      await diagram.post({ v: 1, type: 'select', id });
      await diagram.page.locator(`[data-id="${id}"][data-selected]`).first().waitFor();
    });
    assert.ok(added + removed <= 8 && changed < 20, JSON.stringify({ added, removed, changed }));
  });

  it('a finding that goes touches what it was about, and lays nothing out', async () => {
    const findings = large.marks.findings.slice(0, -1);
    const next = { ...large, version: 2, revision: 'next', marks: { ...large.marks, findings } };
    const { added, removed } = await touched(() => diagram.show(changeOf(large, next)));
    assert.ok(added + removed < 30, JSON.stringify({ added, removed }));
    assert.equal(await diagram.layouts(), 1);
    large = next;
  });

  it('what is told by something else than the last message is asked for as a whole', async () => {
    const delta = changeOf({ ...large, revision: 'never seen' }, { ...large, version: 3 });
    await diagram.post({ v: 1, type: 'diagram', diagram: delta });
    await diagram.sent('ready');
  });

  it('an edit in a collapsed boundary touches the boundary and what is at it', async () => {
    const hidden = large.graph!.nodes.findLast(({ boundary }) => boundary !== undefined)!;
    const node = { ...hidden, id: 'another', title: 'Another one' };
    const next = { ...large, version: 4, revision: 'edited', graph: { ...large.graph!, nodes: [...large.graph!.nodes, node] } };
    const { added, removed, changed } = await touched(() => diagram.show(changeOf(large, next)));
    assert.ok(added + removed + changed > 0 && added + removed + changed < 60, JSON.stringify({ added, removed, changed }));
  });

  it('a model that gets smaller opens nothing that nobody has opened', async () => {
    const drawn = (): Promise<(string | null)[]> =>
      diagram.page.locator('.canvas .tw-boundary').evaluateAll((all) => all.map((it) => it.getAttribute('data-id')).sort());
    const [before, open] = [await drawn(), new Set(await drawn())];
    const graph = large.graph!;
    // As many as would have made room for the next boundary at first.
    const gone = graph.nodes.filter(({ boundary }) => open.has(boundary ?? '')).slice(0, 20);
    const nodes = graph.nodes.filter((node) => !gone.includes(node));
    const ends = new Set(nodes.map(({ id }) => id));
    const edges = graph.edges.filter(({ from, to }) => ends.has(from) && ends.has(to));
    const next = { ...large, version: 5, revision: 'smaller', graph: { ...graph, nodes, edges } };
    const id = gone[0]!.id;
    assert.ok(gone.length > 0 && (await diagram.thing(id).count()) > 0);
    await diagram.show(next);
    assert.equal(await diagram.thing(id).count(), 0);
    assert.deepEqual(await drawn(), before);
  });

  it('says that it lays out, and stops when told so; the picture stays', async () => {
    const before = await diagram.page.locator('.canvas .tw-node').count();
    const layouts = await diagram.layouts();
    await diagram.post({ v: 1, type: 'action', action: { do: 'expandAll' } });
    const cancel = diagram.page.locator('.progress').getByText('Cancel');
    await cancel.waitFor();
    assert.match(String(await diagram.page.locator('.progress').textContent()), /Laying out 1\d\d\d boxes/);
    await cancel.click();
    await diagram.page.locator('.banner').getByText('The layout was cancelled').waitFor();
    assert.equal(await diagram.page.locator('.canvas .tw-node').count(), before);
    assert.equal(await diagram.layouts(), layouts);
  });
});
