import type { CancellationToken, FileRename, WorkspaceEdit } from 'vscode-languageserver';
import { movedUses } from '../../language/movedUses.ts';
import { usesAny } from '../../language/usedFiles.ts';
import { toEdit } from '../convert.ts';
import { pause } from '../pause.ts';
import type { Session } from '../session.ts';
import { toWorkspaceEdit, type FileEdits } from '../workspaceEdit.ts';
import type { ModelDocument, WorkspaceModels } from './models.ts';
import { isBelow, keyOf } from './uris.ts';

/** The edits that keep `use:` leading where it leads when files or folders move: in models that stay, and in those that go. */
export async function followMoves(
  files: readonly FileRename[],
  { client, documents }: Session,
  models: WorkspaceModels,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  const moves = files.map(({ oldUri, newUri }) => ({ from: keyOf(oldUri), to: keyOf(newUri) }));
  const moved = (file: string): string => {
    const move = moves.find(({ from }) => file === from || isBelow(file, from));
    return move ? move.to + file.slice(move.from.length) : file;
  };
  const edited: FileEdits[] = [];
  for (const uri of await models.uris()) {
    if (models.peek(uri) === undefined) await pause();
    if (token.isCancellationRequested) return null;
    const document = (await models.ask(uri, uses)) ? await models.load(uri) : undefined;
    if (!document) continue;
    const { snapshot, text } = document;
    const before = keyOf(uri);
    const edits = movedUses(snapshot, before, moved(before), moved).map((edit) => toEdit(text, edit));
    if (edits.length === 0) continue;
    const open = documents.get(uri);
    edited.push({ uri: document.uri, version: open?.version ?? null, edits, elsewhere: false });
  }
  return edited.length === 0 ? null : toWorkspaceEdit(edited, client(), 'Follow the files that move');
}

function uses({ snapshot }: ModelDocument): boolean {
  return usesAny(snapshot);
}
