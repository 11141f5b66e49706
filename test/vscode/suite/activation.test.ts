import assert from 'node:assert/strict';
import { extensions, languages, window, workspace } from 'vscode';
import { closeAll, diagnosticsWhen, extensionId, open, until } from './support.ts';

/** The first file of the suite by name, because it must see the extension before it is active. */
describe('activation', () => {
  afterEach(closeAll);

  it('comes with a workspace that has a model, without being asked', async () => {
    assert.deepEqual(window.visibleTextEditors, [], 'nothing is open yet');
    const [file] = await workspace.findFiles('support.threatmodel.yaml');
    assert(file);
    const look = (): true | undefined => languages.getDiagnostics(file).length > 0 || undefined;
    await until([languages.onDidChangeDiagnostics], look, 'diagnostics of a file that is not open');
    const document = await open('support.threatmodel.yaml');
    assert.equal(document.languageId, 'threatmodel');
    await diagnosticsWhen(document, 'diagnostics of the opened file', (all) => all.length > 0);
    assert.equal(extensions.getExtension(extensionId)?.isActive, true);
  });
});
