import { commands, type Disposable, window, workspace } from 'vscode';
import content from './template.yaml';

/** *New Threat Model*: an unsaved file with a small model to start from; VS Code proposes the right ending on save. */
export function registerNewModel(): Disposable {
  return commands.registerCommand('threatwright.newModel', async () => {
    const document = await workspace.openTextDocument({ language: 'threatmodel', content });
    await window.showTextDocument(document);
  });
}
