import assert from 'node:assert/strict';
import { createElk } from '../../server/src/diagram/elk.ts';
import { layoutGraph, toSvg } from '../../server/src/diagram/index.ts';
import type { WholeDiagram, FromWebview } from '../../server/src/protocol/messages.ts';
import { diagramOf } from './tools/diagrams.ts';
import { EXAMPLE, showExample } from './tools/example.ts';
import type { DiagramPage, WebviewHarness } from './tools/webviewPage.ts';

type Locator = ReturnType<DiagramPage['page']['locator']>;

describe('what can be done in the diagram', function () {
  this.timeout(60_000);
  let harness: WebviewHarness;
  let diagram: DiagramPage;
  const example: WholeDiagram = diagramOf(EXAMPLE);

  showExample((page, host) => {
    diagram = page;
    harness = host;
  });

  const at = (selector: string): Locator => diagram.page.locator(selector);
  const act = (action: unknown): Promise<void> => diagram.post({ v: 1, type: 'action', action });
  const item = (label: string): Locator =>
    at('.menu-item')
      .filter({ has: diagram.page.locator('.menu-label', { hasText: label }) })
      .first();
  const opacity = async (id: string): Promise<number> => Number((await diagram.thing(id).getAttribute('opacity')) ?? 1);
  const centre = async (id: string): Promise<{ x: number; y: number }> => {
    const { x, y, width, height } = (await diagram.thing(id).boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> => {
    await diagram.page.mouse.move(from.x, from.y);
    await diagram.page.mouse.down();
    await diagram.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await diagram.page.mouse.move(to.x, to.y, { steps: 3 });
    await diagram.page.mouse.up();
  };
  const edits = async (): Promise<Extract<FromWebview, { type: 'edit' }>['edit']> => (await diagram.sent('edit')).edit;

  describe('with a finding', () => {
    const finding = example.marks.findings.find(({ subject }) => subject === 'refund')!;
    beforeEach(() => act({ do: 'showFinding', key: finding.key }));

    it('fix asks for the ways out, offers them with the preferred one first, and has the chosen one done', async () => {
      await at('.card-actions').getByText('Fix …').click();
      assert.equal((await diagram.sent('fixes')).key, finding.key);
      const fixes = [
        { title: 'Add approval', kind: 'fix', preferred: true },
        { title: 'Plan approval', kind: 'plan', preferred: false },
        { title: 'Accept it', kind: 'accept', preferred: false },
      ] as const;
      await diagram.post({ v: 1, type: 'fixes', key: finding.key, fixes });
      assert.deepEqual(await at('.menu-label').allTextContents(), ['Add approval', 'Plan approval']);
      assert.equal(await item('Add approval').locator('.menu-hint').textContent(), 'preferred');
      await item('Add approval').click();
      assert.deepEqual(await diagram.sent('fix'), { v: 1, type: 'fix', key: finding.key, title: 'Add approval' });
    });

    it('accept does the one way there is to accept', async () => {
      await at('.card-actions').getByText('Accept …').click();
      await diagram.sent('fixes');
      await diagram.post({ v: 1, type: 'fixes', key: finding.key, fixes: [{ title: 'Accept it', kind: 'accept', preferred: false }] });
      assert.equal((await diagram.sent('fix')).title, 'Accept it');
    });

    it('an answer for another finding opens nothing', async () => {
      await at('.card-actions').getByText('Fix …').click();
      await act({ do: 'stepFinding', by: 1 });
      await diagram.post({ v: 1, type: 'fixes', key: finding.key, fixes: [{ title: 'Late', kind: 'fix', preferred: true }] });
      await act({ do: 'select', id: 'crm' });
      await at('[data-id=crm][data-selected]').first().waitFor();
      assert.equal(await at('.menu').count(), 0);
    });

    it('says which layers are there and which are missing, and draws the missing one where it belongs', async () => {
      assert.match(String(await at('.card').textContent()), /Missing: /);
      assert.equal(await at('.tw-ghost').count(), 1);
    });
  });

  it('a filter leaves its findings, the rest steps back, and its chip takes it away', async () => {
    const principle = example.marks.findings.find(({ principles }) => principles.length === 1)!.principles[0]!;
    const left = example.marks.findings.filter(({ principles }) => principles.includes(principle));
    await at('vscode-button[aria-label=Filter]').click();
    await item('By principle').click();
    await diagram.page.keyboard.press('Escape');
    await act({ do: 'toggleFilter', name: 'principles', id: principle });
    await at('.chip').first().waitFor();
    assert.equal(await at('[data-finding]').count(), left.length);
    assert.ok(left.length < example.marks.findings.length);
    await at('.chip').first().click();
    assert.equal(await at('[data-finding]').count(), example.marks.findings.length);
    assert.equal(await at('.canvas [opacity]').count(), 0);
  });

  it('shows what an element can reach, and follows one data asset', async () => {
    await act({ do: 'lens', lens: { type: 'reach', id: 'agent', way: 'from' } });
    await at('.chip').getByText('What Support agent can reach').waitFor();
    assert.equal(await opacity('refunds'), 1);
    assert.equal(await diagram.layouts(), 1, 'a lens moves nothing');
    await act({ do: 'lens', lens: { type: 'data', id: 'profile' } });
    await at('.chip').getByText('Follows Customer record').waitFor();
    assert.equal(await opacity('crm'), 1);
    assert.ok((await opacity('customer')) < 0.5);
  });

  it('collapses a boundary by double click, says what is in it, and opens it again for a finding', async () => {
    const title = at('.canvas .tw-boundary-title[data-id=runtime], .canvas [data-id=runtime]').first();
    await title.dblclick({ position: { x: 8, y: 8 } });
    await at('html[data-layouts="2"]').waitFor({ state: 'attached' });
    assert.equal(await diagram.thing('agent').count(), 0);
    assert.match(String(await diagram.thing('runtime').getAttribute('aria-label')), /3 elements/);
    const inside = example.marks.findings.find(({ subject }) => subject === 'agent')!;
    await act({ do: 'showFinding', key: inside.key });
    await diagram.thing('agent').waitFor();
    assert.ok(String(await at('.card').textContent()).includes(inside.message));
  });

  it('focuses on a neighbourhood, wider the second time, and back', async () => {
    await act({ do: 'select', id: 'crm' });
    await act({ do: 'focusSelection' });
    await at('html[data-layouts="2"]').waitFor({ state: 'attached' });
    assert.deepEqual((await at('.canvas .tw-node').evaluateAll((all) => all.map((it) => it.getAttribute('data-id')))).sort(), [
      'agent',
      'crm',
    ]);
    await act({ do: 'focusSelection' });
    await diagram.thing('refunds').waitFor();
    await act({ do: 'clearAll' });
    await diagram.thing('customer').waitFor();
  });

  it('finds by title, id and kind, and goes from one match to the next', async () => {
    await diagram.page.keyboard.press('/');
    await diagram.page.keyboard.type('agent');
    assert.match(String(await at('.search-count').textContent()), /^\d+ match/);
    await diagram.page.keyboard.press('Enter');
    await at('[data-id=agent][data-selected], [data-id=runtime][data-selected]').first().waitFor();
    assert.match(String(await at('.search-count').textContent()), /^1 of \d+$/);
    await diagram.page.keyboard.press('Shift+Enter');
    assert.match(String(await at('.search-count').textContent()), /^(\d+) of \1$/);
    await diagram.page.keyboard.press('Escape');
    assert.ok(await at('.search').isHidden());
    await diagram.page.keyboard.press('Control+f');
    assert.ok(await at('.search').isVisible());
  });

  it('a key pressed in the frame in which the search closes is not lost', async () => {
    await diagram.page.keyboard.press('/');
    const shown = await diagram.page.evaluate(() => {
      for (const init of [{ key: 'Escape' }, { key: 'f', ctrlKey: true }])
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
      return !document.querySelector<HTMLElement>('.search')!.hidden;
    });
    assert.ok(shown);
  });

  it('has a legend of what is shown, with the same signs as an exported picture', async () => {
    const { graph, marks } = example;
    const exported = toSvg({ scene: await layoutGraph(graph!, createElk()), marks, theme: 'light', made: '' });
    const below = exported.slice(exported.indexOf('class="tw-legend"'));
    const wanted = [...below.matchAll(/<text[^>]*>([^<]*)</g)].map(([, label]) => label);
    assert.ok(wanted.length > 4);
    const labels = (): Promise<string[]> => at('.legend li').allTextContents();
    await diagram.page.keyboard.press('l');
    await at('.legend[open]').waitFor();
    assert.deepEqual(await labels(), wanted);
    await act({ do: 'showFinding', key: example.marks.findings.find(({ trail }) => trail.length > 3)!.key });
    await at('.legend li').getByText('Way of the finding').waitFor();
    await act({ do: 'collapseAll' });
    await at('.legend li').getByText('Collapsed boundary').waitFor();
    await at('.legend summary').click();
    await diagram.kept((kept) => !(kept['session'] as { legendShown: boolean }).legendShown);
  });

  it('the outline is the same model as a tree, in sync both ways', async () => {
    await act({ do: 'tab', tab: 'outline' });
    await act({ do: 'select', id: 'crm' });
    await at('[data-row=crm][aria-selected=true]').waitFor();
    await at('[data-row=runtime]').click();
    assert.deepEqual((await diagram.sent('select')).id, 'crm');
    await at('.canvas [data-id=runtime][data-selected]').first().waitFor();
    await diagram.page.keyboard.press('ArrowRight');
    assert.equal(await diagram.page.evaluate(() => document.activeElement?.getAttribute('data-row')), 'agent');
    await diagram.page.keyboard.press('ArrowRight');
    await at('[data-row=refund]').waitFor();
    await diagram.page.keyboard.press('Enter');
    assert.equal((await diagram.sent('reveal')).id, 'agent');
  });

  it('an element dragged into another boundary is moved in the text', async () => {
    const { x, y } = (await diagram.thing('provider').boundingBox())!;
    await drag(await centre('crm'), { x: x + 12, y: y + 12 });
    assert.deepEqual(await edits(), { do: 'move', id: 'crm', into: 'provider' });
    assert.deepEqual(diagram.messages, [], 'nothing is pinned and nothing selected');
  });

  it('an element dragged within its boundary stays there, over a reload too, until it is laid out again', async () => {
    const before = await centre('crm');
    await drag(before, { x: before.x + 14, y: before.y - 9 });
    const sent = await diagram.sent('pins');
    assert.deepEqual(Object.keys(sent.pins), ['crm']);
    const after = await centre('crm');
    assert.ok(Math.abs(after.x - before.x - 14) < 2 && Math.abs(after.y - before.y + 9) < 2, JSON.stringify({ before, after }));
    assert.equal(await diagram.layouts(), 1);
    const state = await diagram.kept((kept) => Object.keys(kept['pins'] as object).length === 1);
    const again = await harness.open({ state });
    const box = (await again.thing('crm').boundingBox())!;
    assert.ok(Math.abs(box.x + box.width / 2 - after.x) < 2);
    await again.close();
    await act({ do: 'relayout' });
    assert.deepEqual((await diagram.sent('pins')).pins, {});
    await at('html[data-layouts="2"]').waitFor({ state: 'attached' });
    const restored = await centre('crm');
    assert.ok(Math.abs(restored.x - before.x) < 2 && Math.abs(restored.y - before.y) < 2);
  });

  it('places from the file are taken, and those that fit no more are named', async () => {
    const before = await centre('llm');
    await diagram.post({
      v: 1,
      type: 'pins',
      pins: { llm: { in: 'provider', x: 11, y: 31 }, gone: { x: 1, y: 1 }, crm: { in: 'contoso', x: 5, y: 5 } },
    });
    await at('.banner').getByText('2 saved positions no longer fit').waitFor();
    const after = await centre('llm');
    assert.notDeepEqual(after, before);
  });

  it('a flow is drawn from the handle of the selected element to another element', async () => {
    await act({ do: 'select', id: 'gateway' });
    const handle = (await at('.handle-disc').boundingBox())!;
    await drag({ x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 }, await centre('refunds'));
    assert.deepEqual(await edits(), { do: 'connect', from: 'gateway', to: 'refunds' });
    // What it has become is selected once it is there.
    await diagram.post({ v: 1, type: 'select', id: 'gateway-to-refunds' });
    const added = EXAMPLE.replace('  refund: ', '  gateway-to-refunds: { from: gateway, to: refunds }\n  refund: ');
    await diagram.show(diagramOf(added, 2));
    await at('[data-id=gateway-to-refunds][data-selected]').first().waitFor();
  });

  it('a drag that is given up changes nothing', async () => {
    const from = await centre('crm');
    await diagram.page.mouse.move(from.x, from.y);
    await diagram.page.mouse.down();
    await diagram.page.mouse.move(from.x + 200, from.y - 200, { steps: 4 });
    await diagram.thing('crm').focus();
    await diagram.page.keyboard.press('Escape');
    await diagram.page.mouse.up();
    assert.deepEqual(await centre('crm'), from);
    assert.deepEqual(diagram.messages, []);
  });

  describe('by keyboard alone', () => {
    beforeEach(() => diagram.thing('crm').focus());
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await diagram.page.keyboard.press(key);
    };

    it('deletes', async () => {
      await press('Delete');
      assert.deepEqual(await edits(), { do: 'delete', id: 'crm' });
    });

    it('changes a title, and gives the focus back', async () => {
      await press('F2');
      await diagram.page.keyboard.type('Customer files <b>');
      await press('Enter');
      assert.deepEqual(await edits(), { do: 'retitle', id: 'crm', title: 'Customer files <b>' });
      assert.equal(await diagram.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'crm');
      await press('F2', 'Escape');
      assert.deepEqual(diagram.messages, []);
    });

    it('gives another id: what was pinned and selected still is', async () => {
      await press('Alt+ArrowRight');
      await diagram.sent('pins');
      await act({ do: 'select', id: 'crm' });
      await press('Shift+F2');
      await diagram.page.keyboard.type('records');
      await press('Enter');
      const sent = await diagram.sent('rename');
      assert.deepEqual({ id: sent.id, to: sent.to, version: sent.version }, { id: 'crm', to: 'records', version: 1 });
      // What is chosen before the text has the new id changes nothing of that.
      await act({ do: 'tab', tab: 'outline' });
      await at('[role=tab][aria-selected=true]').getByText('Outline').waitFor();
      await diagram.show(diagramOf(EXAMPLE.replaceAll(/\bcrm\b/g, 'records'), 2));
      assert.deepEqual(Object.keys((await diagram.sent('pins')).pins), ['records']);
      await at('[data-id=records][data-selected]').first().waitFor();
      // Undone and done again.
      await diagram.show({ ...example, version: 3 });
      assert.deepEqual(Object.keys((await diagram.sent('pins')).pins), ['crm']);
      await at('[data-id=crm][data-selected]').first().waitFor();
      await diagram.show(diagramOf(EXAMPLE.replaceAll(/\bcrm\b/g, 'records'), 4));
      assert.deepEqual(Object.keys((await diagram.sent('pins')).pins), ['records']);
    });

    it('knows after a reload what had another id, of a boundary too', async () => {
      const boundaryOfPin = async (): Promise<unknown> => ((await diagram.sent('pins')).pins['crm'] as { readonly in: string }).in;
      await press('Alt+ArrowRight');
      await diagram.sent('pins');
      await act({ do: 'select', id: 'runtime' });
      await diagram.thing('runtime').focus();
      await press('Shift+F2');
      await diagram.page.keyboard.type('zone');
      await press('Enter');
      await diagram.sent('rename');
      await diagram.show(diagramOf(EXAMPLE.replaceAll(/\bruntime\b/g, 'zone'), 2));
      assert.equal(await boundaryOfPin(), 'zone');
      const state = await diagram.kept((kept) => kept['version'] === 2);
      await diagram.close();
      diagram = await harness.open({ state });
      await diagram.show({ ...example, version: 3 });
      assert.equal(await boundaryOfPin(), 'runtime');
    });

    it('moves into another boundary by the menu', async () => {
      await press('.');
      await at('.menu').waitFor();
      await item('Move into').focus();
      await press('Enter');
      await item('Model provider').focus();
      await press('Enter');
      assert.deepEqual(await edits(), { do: 'move', id: 'crm', into: 'provider' });
    });

    it('draws a flow by the menu and a walk', async () => {
      await press('Shift+F10');
      await item('Draw a flow from here').focus();
      await press('Enter');
      await diagram.thing('llm').focus();
      await press('Enter');
      assert.deepEqual(await edits(), { do: 'connect', from: 'crm', to: 'llm' });
    });

    it('pins with Alt and an arrow', async () => {
      await press('Alt+ArrowRight');
      assert.deepEqual(Object.keys((await diagram.sent('pins')).pins), ['crm']);
    });

    it('goes up to the boundary and collapses it', async () => {
      await press('u');
      assert.equal(await diagram.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'runtime');
      await press('c');
      await at('html[data-layouts="2"]').waitFor({ state: 'attached' });
      assert.equal(await diagram.thing('crm').count(), 0);
    });

    it('a menu is walked by arrows and letters, and Escape gives the focus back', async () => {
      await press('.');
      await press('ArrowDown', 'End');
      assert.match(String(await diagram.page.evaluate(() => document.activeElement?.textContent)), /Delete/);
      await press('g');
      assert.match(String(await diagram.page.evaluate(() => document.activeElement?.textContent)), /Go to text/);
      await press('Escape');
      assert.equal(await diagram.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'crm');
    });

    it('a question mark lists the keys', async () => {
      await press('?');
      assert.match(String(await at('dialog').textContent()), /next and previous finding/);
      await press('Escape');
      await at('dialog').waitFor({ state: 'detached' });
    });
  });

  it('a refusal is said, and goes by the next picture or by itself', async () => {
    await diagram.post({ v: 1, type: 'said', text: 'A boundary cannot be moved into itself.' });
    await at('.banner').getByText('cannot be moved into itself').waitFor();
    assert.equal(await at('.spoken').textContent(), 'A boundary cannot be moved into itself.');
  });

  it('rests on a thing: asks for its card and shows it as text, whatever it says', async () => {
    const { x, y } = await centre('agent');
    await diagram.page.mouse.move(x, y);
    assert.equal((await diagram.sent('card')).id, 'agent');
    const markdown = '**Support \\<img src=x onerror=alert(1)\\>** `agent`\n\n- Kind: <b>Agent</b> [x](command:evil)\n- Trust: *3*';
    await diagram.post({ v: 1, type: 'card', id: 'agent', markdown });
    await at('.hover').waitFor();
    assert.equal(
      await at('.hover').textContent(),
      'Support <img src=x onerror=alert(1)> agentKind: <b>Agent</b> [x](command:evil)Trust: 3',
    );
    assert.equal(await at('.hover :is(img, b, a)').count(), 0);
    assert.equal(await at('.hover li').count(), 2);
    await diagram.page.mouse.move(x, y + 400);
    await at('.hover').waitFor({ state: 'hidden' });
  });

  it('copies the picture in words', async () => {
    await act({ do: 'copyText' });
    const { text } = await diagram.sent('copy');
    for (const part of ['- Contoso tenant (trust boundary', '    - Support agent (', 'findings:', 'High: '])
      assert.ok(text.includes(part), part);
  });

  it('copies diagnostics without a word of the model', async () => {
    await act({ do: 'diagnostics' });
    const { text } = await diagram.sent('copy');
    assert.match(text, /layouts: 1\n/);
    assert.doesNotMatch(text, /Support|Contoso|refund/);
  });

  it('an action that is none is ignored and logged', async () => {
    await act({ do: 'edit', edit: { do: 'delete', id: 'crm' } });
    await act({ do: 'select', id: 'crm' });
    await at('[data-id=crm][data-selected]').first().waitFor();
    assert.match(diagram.faults.splice(0).join(), /not understood/);
    assert.ok(!diagram.messages.some(({ type }) => type === 'edit'));
  });

  it('filters, collapsed boundaries and the lens are there again after a reload', async () => {
    await act({ do: 'collapse', id: 'runtime', collapsed: true });
    await at('html[data-layouts="2"]').waitFor({ state: 'attached' });
    await act({ do: 'lens', lens: { type: 'data', id: 'question' } });
    await act({ do: 'tab', tab: 'outline' });
    const state = await diagram.kept((kept) => (kept['session'] as { tab: string }).tab === 'outline');
    const again = await harness.open({ state, worker: false });
    assert.deepEqual(await again.page.locator('.chip').allTextContents(), [
      'Follows Customer question',
      'Collapsed: Agent runtime',
      'Clear all',
    ]);
    assert.equal(await again.thing('agent').count(), 0);
    await again.show({ ...example, graph: undefined, version: 3 });
    assert.equal(await again.layouts(), 0);
    await again.close();
    assert.deepEqual(again.faults, []);
  });
});
