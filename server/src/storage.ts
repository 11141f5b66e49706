import type { Connection } from 'vscode-languageserver';
import type { PackBase } from './catalogue/pack/extend.ts';
import { clientFiles } from './lsp/clientFiles.ts';
import { clientPacks } from './lsp/clientPacks.ts';
import type { PackAccess } from './lsp/packs.ts';
import type { ModelFiles, Runtime } from './lsp/runtime.ts';
import { nodeFiles } from './nodeFiles.ts';
import { packAccess } from './packAccess.ts';

/** A virtual workspace has addresses of another kind. */
const onDisk = (uri: string): boolean => uri.startsWith('file:');

/** What a server with a disk reads: what is on it itself, and the rest through its client. */
export function storageOf(connection: Connection, readBase: () => PackBase): Pick<Runtime, 'files' | 'packs'> {
  const theirs: ModelFiles = clientFiles(connection);
  const diskPacks = packAccess(readBase);
  const theirPacks = clientPacks(connection, diskPacks.base);
  const packsOf = (uri: string): PackAccess => (onDisk(uri) ? diskPacks : theirPacks);
  return {
    files: {
      list: (folder, most) => (onDisk(folder) ? nodeFiles : theirs).list(folder, most),
      read: (uri) => (onDisk(uri) ? nodeFiles : theirs).read(uri),
      real: (uri) => (onDisk(uri) ? nodeFiles.real(uri) : Promise.resolve(uri)),
    },
    packs: {
      base: diskPacks.base,
      find: (folder, root) => packsOf(root).find(folder, root),
      read: (pack) => packsOf(pack).read(pack),
      gather(roots) {
        const distant = roots.filter((root) => !onDisk(root));
        return distant.length > 0 ? theirPacks.gather?.(distant) : undefined;
      },
    },
  };
}
