import { workspace } from 'vscode';

/**
 * The schemes of URIs under which models are edited: those of the workspace's folders, whatever file system they are on,
 * and the usual ones. Not all there are: other versions of a file, as Git's, are no models of their own.
 */
export function documentSchemes(): string[] {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', ...folders])];
}
