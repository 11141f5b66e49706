import { FileChangeType, type DidChangeWatchedFilesParams, type FileOperationOptions, type WorkspaceEdit } from 'vscode-languageserver';
import { safely } from '../safe.ts';
import type { Session } from '../session.ts';
import type { WorkspaceModels } from './models.ts';

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
  session: Session,
  models: WorkspaceModels,
  changed: (params: DidChangeWatchedFilesParams) => void,
): void {
  const { connection, log } = session;
  connection.workspace.onWillRenameFiles(
    safely(log, 'moving files', null as WorkspaceEdit | null, async ({ files }, token) => {
      const { followMoves } = await import('../late/changing.ts');
      return followMoves(files, session, models, token);
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
