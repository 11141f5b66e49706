import { Range, Selection, TabInputText, type TextDocument, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';

/** Goes to where a thing is written: in the editor that has the text, else in another column than the diagram's. */
export async function showSource(server: LanguageServer, model: Uri, id: string, diagramColumn: ViewColumn | undefined): Promise<void> {
  const found = await server.locate({ uri: model.toString(), id });
  if (found === null) return;
  const { start, end } = found.range;
  await showRange(
    found.uri === undefined ? model : Uri.parse(found.uri),
    new Range(start.line, start.character, end.line, end.character),
    diagramColumn,
  );
}

/** Selects where a thing is written in the editor that shows the text, which does not get the focus; nothing is opened for it. */
export async function selectInSource(server: LanguageServer, model: Uri, id: string): Promise<void> {
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === model.toString());
  const found = editor && (await server.locate({ uri: model.toString(), id }));
  if (!found || found.uri !== undefined) return;
  const { start, end } = found.range;
  editor.selection = new Selection(start.line, start.character, end.line, end.character);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Goes to a place of the text, as `showSource` does. */
export async function showRange(model: Uri, selection: Range, diagramColumn: ViewColumn | undefined): Promise<void> {
  const document = await workspace.openTextDocument(model);
  const viewColumn = columnOf(document) ?? (diagramColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
  await window.showTextDocument(document, { viewColumn, selection });
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
