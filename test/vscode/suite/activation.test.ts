import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import { closeAll, diagnosticsWhen, extensionId, open } from './support.ts';

/** The first file of the suite by name, because it must see the extension before it is active. */
describe('activation', () => {
  afterEach(closeAll);

  it('comes with the first model that is opened, without being asked', async () => {
    assert.equal(extensions.getExtension(extensionId)?.isActive, false, 'nothing is open yet');
    const document = await open('support.threatmodel.yaml');
    assert.equal(document.languageId, 'threatmodel');
    await diagnosticsWhen(document, 'diagnostics of the opened file', (all) => all.length > 0);
    assert.equal(extensions.getExtension(extensionId)?.isActive, true);
  });
});
