import { Position, Range, TextEdit, type Uri, WorkspaceEdit, workspace } from 'vscode';
import type { DiagramEdit, EditResult, FindingFix, PlainRange } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';

/** What came of it, in a sentence; undefined when there is nothing to say. */
export interface Outcome {
  readonly said: string | undefined;
  /** Id of what an edit has made. */
  readonly selects?: string | undefined;
  /** Where the author has to go on. */
  readonly fillIn?: Range | undefined;
}

const CHANGED = 'The text has changed meanwhile: try again.';

/** Does in the text what was done in the diagram: one step to undo. */
export async function applyDiagramEdit(server: LanguageServer, model: Uri, version: number, edit: DiagramEdit): Promise<Outcome> {
  const result: EditResult = await server.edit({ uri: model.toString(), version, edit });
  if ('refused' in result) return { said: result.refused };
  if (result.edits.length === 0) return { said: undefined };
  const done = await applyToVersion(model, version, result.edits);
  return done ? { said: undefined, selects: result.selects } : { said: CHANGED };
}

/** Has one of the ways to deal with a finding done; the texts are asked for again, so that they fit the text of now. */
export async function applyFix(server: LanguageServer, model: Uri, fingerprint: string, title: string): Promise<Outcome> {
  const fixes = await server.fixes({ uri: model.toString(), fingerprint });
  const fix: FindingFix | undefined = fixes.find((it) => it.title === title);
  const change = fix?.edit.documentChanges.find(({ textDocument }) => textDocument.uri === model.toString());
  if (!fix || !change || fix.edit.documentChanges.length > 1) return { said: CHANGED };
  if (!(await applyToVersion(model, change.textDocument.version, change.edits))) return { said: CHANGED };
  return { said: undefined, fillIn: fix.select && rangeOf(fix.select) };
}

/** Only to the version that the edits are for. */
export async function applyToVersion(
  model: Uri,
  version: number,
  edits: readonly { range: PlainRange; newText: string }[],
): Promise<boolean> {
  const document = await workspace.openTextDocument(model);
  if (document.version !== version) return false;
  const edit = new WorkspaceEdit();
  edit.set(
    model,
    edits.map(({ range, newText }) => TextEdit.replace(rangeOf(range), newText)),
  );
  return workspace.applyEdit(edit);
}

function rangeOf({ start, end }: PlainRange): Range {
  return new Range(new Position(start.line, start.character), new Position(end.line, end.character));
}
