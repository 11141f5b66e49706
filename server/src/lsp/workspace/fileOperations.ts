import { FileChangeType, type DidChangeWatchedFilesParams, type FileOperationOptions, type WorkspaceEdit } from 'vscode-languageserver';
import { usesAny } from '../../language/usedFiles.ts';
import { toEdit } from '../convert.ts';
import { pause } from '../pause.ts';
import { safely } from '../safe.ts';
import type { Session } from '../session.ts';
import { toWorkspaceEdit, type FileEdits } from '../workspaceEdit.ts';
import type { ModelDocument, WorkspaceModels } from './models.ts';
import { isBelow, keyOf } from './uris.ts';

const FILES = {
  filters: [
    { pattern: { glob: '**/*.threatmodel.{yaml,yml}', matches: 'file' as const } },
    { pattern: { glob: '**', matches: 'folder' as const } },
  ],
};

/** What the client is to tell of: models and folders that its author moves, makes and deletes. */
export const FILE_OPERATIONS: FileOperationOptions = { willRename: FILES, didRename: FILES, didCreate: FILES, didDelete: FILES };

/**
 * Before files or folders move, gives the edits that keep `use:` leading where it led: in those that stay, and in those that
 * go. What has happened to files is handed to `changed`.
 */
export function followFileOperations(
  { connection, client, documents, log }: Session,
  models: WorkspaceModels,
  changed: (params: DidChangeWatchedFilesParams) => void,
): void {
  connection.workspace.onWillRenameFiles(
    safely(log, 'moving files', null as WorkspaceEdit | null, async ({ files }, token) => {
      const { movedUses } = await import('../late/changing.ts');
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
    }),
  );
  const { Created, Deleted } = FileChangeType;
  connection.workspace.onDidRenameFiles(({ files }) => {
    changed({
      changes: files.flatMap(({ newUri, oldUri }) => [
        { uri: oldUri, type: Deleted },
        { uri: newUri, type: Created },
      ]),
    });
    models.lookAgain();
  });
  connection.workspace.onDidCreateFiles(({ files }) => {
    changed({ changes: files.map(({ uri }) => ({ uri, type: Created })) });
    models.lookAgain();
  });
  connection.workspace.onDidDeleteFiles(({ files }) => changed({ changes: files.map(({ uri }) => ({ uri, type: Deleted })) }));
}

function uses({ snapshot }: ModelDocument): boolean {
  return usesAny(snapshot);
}
