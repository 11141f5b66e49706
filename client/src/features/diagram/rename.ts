import { commands, l10n, Position, type Uri, type WorkspaceEdit, workspace } from 'vscode';
import type { FromWebview } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import type { Outcome } from './edits.ts';

/** Gives a thing another id as *Rename Symbol* does: wherever a model names it, with the same refusals, one step to undo. */
export async function renameThing(
  server: LanguageServer,
  model: Uri,
  { version, id, to }: Extract<FromWebview, { type: 'rename' }>,
): Promise<Outcome> {
  const document = await workspace.openTextDocument(model);
  if (document.version !== version) return { said: l10n.t('The text has changed meanwhile: try again.') };
  const found = await server.locate({ uri: model.toString(), id });
  if (found === null) return { said: l10n.t('It is not in the text any more.') };
  if (found.uri !== undefined) return { said: l10n.t('It stands in another file that this one uses: rename it there.') };
  const { line, character } = found.range.start;
  let edit: WorkspaceEdit;
  try {
    edit = await commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', model, new Position(line, character), to);
  } catch (error) {
    // What the server refuses comes as an error that says why.
    return { said: error instanceof Error ? error.message : String(error) };
  }
  return { said: (await workspace.applyEdit(edit)) ? undefined : l10n.t('The text has changed meanwhile: try again.') };
}
