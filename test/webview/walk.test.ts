import assert from 'node:assert/strict';
import { diagramOf } from './tools/diagrams.ts';
import { EXAMPLE, showExample } from './tools/example.ts';
import type { DiagramPage } from './tools/webviewPage.ts';

describe('walking through the diagram by keyboard and mouse', function () {
  this.timeout(60_000);
  let diagram: DiagramPage;

  showExample((page) => {
    diagram = page;
  });

  const focused = (): Promise<string | null> => diagram.page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? null);
  const press = async (...keys: string[]): Promise<string | null> => {
    for (const key of keys) await diagram.page.keyboard.press(key);
    return focused();
  };
  const box = async (id: string): Promise<{ x: number; y: number; width: number; height: number }> =>
    (await diagram.thing(id).boundingBox())!;

  it('one Tab enters the picture and one leaves it', async () => {
    assert.equal(await diagram.page.locator('.canvas [tabindex="0"]').count(), 1);
    await diagram.page.locator('.tools vscode-button button').last().focus();
    assert.equal(await press('Tab'), 'customer');
    assert.equal(await press('Tab'), null);
  });

  it('arrows go to the nearest element in their direction', async () => {
    await diagram.thing('customer').focus();
    const walked: string[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp'] as const) {
      const before = await box((await focused())!);
      const id = (await press(key))!;
      const after = await box(id);
      assert.ok(key === 'ArrowDown' ? after.y > before.y : after.y < before.y, `${key} went to ${id}`);
      walked.push(id);
    }
    assert.deepEqual(walked, ['gateway', 'agent', 'gateway']);
    assert.equal(await press('Home'), 'customer');
    assert.equal(await press('End'), 'refunds');
  });

  it('brackets follow a flow onward and back', async () => {
    await diagram.thing('customer').focus();
    assert.equal(await press(']'), 'ask');
    assert.equal(await press(']'), 'agent');
    assert.equal(await press('[', '['), 'customer');
  });

  it('Space selects and says so, Enter goes to the text', async () => {
    await diagram.thing('crm').focus();
    await press('Enter');
    assert.deepEqual(await diagram.sent('reveal'), { v: 1, type: 'reveal', id: 'crm' });
    await press('Space');
    assert.deepEqual(await diagram.sent('select'), { v: 1, type: 'select', id: 'crm' });
    assert.equal(await diagram.page.locator('.spoken').textContent(), 'Selected: crm');
  });

  it('the focus survives an edit and a selection by the host', async () => {
    await diagram.thing('agent').focus();
    await diagram.show(diagramOf(EXAMPLE.replace('  llm: ', '  audit: { kind: telemetry-sink, in: contoso }\n  llm: '), 2));
    assert.equal(await focused(), 'agent');
    await diagram.post({ v: 1, type: 'select', id: 'crm' });
    await diagram.page.locator('[data-id=crm][aria-current]').waitFor();
    assert.equal(await focused(), 'agent');
  });

  it('a selection by the host moves the picture only when it is out of sight', async () => {
    const before = await box('agent');
    await diagram.post({ v: 1, type: 'select', id: 'crm' });
    await diagram.page.locator('[data-id=crm][aria-current]').waitFor();
    assert.deepEqual(await box('agent'), before);
    for (let step = 0; step < 8; step++) await diagram.page.keyboard.press('+');
    await diagram.post({ v: 1, type: 'select', id: 'llm' });
    await diagram.page.locator('[data-id=llm][aria-current]').waitFor();
    const canvas = (await diagram.page.locator('.canvas').boundingBox())!;
    const shown = await box('llm');
    assert.ok(
      shown.y >= canvas.y && shown.y + shown.height <= canvas.y + canvas.height && shown.x + shown.width <= canvas.x + canvas.width,
    );
  });

  it('what is in the middle of the window stays there when the window gets another size', async () => {
    const fromMiddle = async (): Promise<{ x: number; y: number }> => {
      const canvas = (await diagram.page.locator('.canvas').boundingBox())!;
      const { x, y } = await box('agent');
      return { x: x - canvas.x - canvas.width / 2, y: y - canvas.y - canvas.height / 2 };
    };
    await diagram.page.keyboard.press('1');
    await diagram.page.locator('.scale', { hasText: /^100 %$/ }).waitFor();
    const before = await fromMiddle();
    const { width, height } = diagram.page.viewportSize()!;
    await diagram.page.setViewportSize({ width: width + 300, height: height - 100 });
    // Two frames: the size is told in one, the picture painted in the next.
    await diagram.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const after = await fromMiddle();
    assert.ok(Math.abs(after.x - before.x) < 2 && Math.abs(after.y - before.y) < 2, JSON.stringify({ before, after }));
  });

  it('the wheel zooms at the pointer, dragging pans, 0 fits, 1 is the actual size', async () => {
    const at = { x: (await box('gateway')).x, y: (await box('gateway')).y };
    await diagram.page.mouse.move(at.x, at.y);
    const width = (await box('gateway')).width;
    await diagram.page.mouse.wheel(0, -120);
    await diagram.page.waitForFunction(
      (before) => document.querySelector('[data-id=gateway]')!.getBoundingClientRect().width > before * 1.1,
      width,
    );
    const zoomed = await box('gateway');
    assert.ok(Math.abs(zoomed.x - at.x) < 3 && Math.abs(zoomed.y - at.y) < 3, JSON.stringify({ zoomed, at }));
    await diagram.page.mouse.down();
    await diagram.page.mouse.move(at.x + 60, at.y + 40, { steps: 4 });
    await diagram.page.mouse.up();
    const moved = await box('gateway');
    assert.ok(Math.abs(moved.x - zoomed.x - 60) < 2 && Math.abs(moved.y - zoomed.y - 40) < 2, JSON.stringify({ moved, zoomed }));
    assert.deepEqual(diagram.messages, [], 'dragging is no click');
    await diagram.page.keyboard.press('1');
    await diagram.page.locator('.scale', { hasText: /^100 %$/ }).waitFor();
    await diagram.page.keyboard.press('0');
    assert.ok(Math.abs((await box('gateway')).width - width) < 1);
  });
});
