import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { diagramOf } from './diagrams.ts';
import { type DiagramPage, WebviewHarness } from './webviewPage.ts';

/** The model of the documentation, which most tests of the panel are about. */
export const EXAMPLE = readFileSync(new URL('../../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');

/** Has each test of the suite begin with a page of its own that shows the example; a page must not have had faults. */
export function showExample(use: (diagram: DiagramPage, harness: WebviewHarness) => void): void {
  let harness: WebviewHarness;
  let diagram: DiagramPage;
  before(async () => {
    harness = await WebviewHarness.start();
  });
  after(() => harness.stop());
  beforeEach(async () => {
    diagram = await harness.open();
    use(diagram, harness);
    await diagram.show(diagramOf(EXAMPLE));
  });
  afterEach(async () => {
    await diagram.close();
    assert.deepEqual(diagram.faults, []);
  });
}
