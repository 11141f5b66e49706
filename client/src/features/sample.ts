import { commands, type Disposable, Uri, window, workspace } from 'vscode';

/** *Open a Sample*: a model with findings of every kind, as an unsaved file that one may change at will. */
export function registerSample(extension: Uri): Disposable {
  return commands.registerCommand('threatwright.openSample', async () => {
    const file = Uri.joinPath(extension, 'samples/agent-with-tools.before.threatmodel.yaml');
    const content = new TextDecoder().decode(await workspace.fs.readFile(file));
    await window.showTextDocument(await workspace.openTextDocument({ language: 'threatmodel', content }));
  });
}
