import { Range, TabInputText, type TextDocument, type Uri, ViewColumn, window, workspace } from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';

/** Goes to where a thing is written: in the editor that has the text, else in another column than the diagram's. */
export async function showSource(server: LanguageServer, model: Uri, id: string, diagramColumn: ViewColumn | undefined): Promise<void> {
  const document = await workspace.openTextDocument(model);
  const found = await server.locate({ uri: model.toString(), id });
  if (found === null) return;
  const { start, end } = found.range;
  await window.showTextDocument(document, {
    viewColumn: columnOf(document) ?? (diagramColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One),
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}

/** The column where the text is visible, else one where it has a tab. */
function columnOf(document: TextDocument): ViewColumn | undefined {
  const uri = document.uri.toString();
  const visible = window.visibleTextEditors.find((editor) => editor.document === document);
  const group = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri),
  );
  return visible?.viewColumn ?? group?.viewColumn;
}
