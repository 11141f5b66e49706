import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
  type DidChangeWatchedFilesParams,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { unawaited } from '../safe.ts';
import type { Session } from '../session.ts';
import type { WorkspaceModels } from './models.ts';

/** Models, and whatever goes away: with a folder its models do, and nobody says so of each. */
const MODELS: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.threatmodel.{yaml,yml}' },
  { globPattern: '**', kind: WatchKind.Delete },
];

export function canWatch(session: Session): boolean {
  return session.client().workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
}

/** Has the client tell of changes of stored models, and of what `others` name, if it can. */
export function watchFiles(session: Session, others: readonly string[]): void {
  if (!canWatch(session)) return;
  const watchers = [...MODELS, ...others.map((globPattern) => ({ globPattern }))];
  unawaited(session.log, 'file watchers', session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
}

/** Has the client tell of changes of one more file, if it can. */
export function watchFile(session: Session, path: string): void {
  if (!canWatch(session)) return;
  const watchers = [{ globPattern: `**/${path.replace(/[*?{}[\]]/g, '?')}` }];
  unawaited(session.log, 'file watchers', session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
}

/** Takes over what has happened to stored files. */
export function noteChanges(models: WorkspaceModels, { changes }: DidChangeWatchedFilesParams): void {
  for (const { type, uri } of changes) {
    if (type === FileChangeType.Deleted) models.gone(uri);
    else models.changed(uri);
  }
}
