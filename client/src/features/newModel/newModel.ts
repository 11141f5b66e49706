import { commands, type Disposable, l10n, window, workspace } from 'vscode';
import { EMPTY, TEMPLATES } from './templates.ts';

/**
 * *New Threat Model*: an unsaved file with a model to start from, which the author chooses unless the caller names it; VS
 * Code proposes the right ending on save.
 */
export function registerNewModel(): Disposable {
  return commands.registerCommand('threatwright.newModel', async (named: unknown) => {
    const content = TEMPLATES.find(({ id }) => id === named)?.text ?? (await choose());
    if (content === undefined) return;
    const document = await workspace.openTextDocument({ language: 'threatmodel', content });
    await window.showTextDocument(document);
  });
}

async function choose(): Promise<string | undefined> {
  const empty = {
    label: l10n.t('Empty'),
    detail: l10n.t('Only the version of the format: completion offers the rest.'),
    text: EMPTY,
  };
  const items = [...TEMPLATES.map(({ title, description, text }) => ({ label: title, detail: description, text })), empty];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('New Threat Model'),
    placeHolder: l10n.t('What does it look like most?'),
  });
  return chosen?.text;
}
