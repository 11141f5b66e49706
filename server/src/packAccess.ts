import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PackBase } from './catalogue/pack/extend.ts';
import type { PackAccess } from './lsp/packs.ts';
import { findPackFolder, readPackFolder } from './packFolder.ts';

/** An organisation's own rules on the disk. What is not on a disk has none. */
export function packAccess(readBase: () => PackBase): PackAccess {
  let base: PackBase | undefined;
  return {
    base: () => (base ??= readBase()),
    find(folder, root) {
      if (!folder.startsWith('file:') || !root.startsWith('file:')) return undefined;
      const found = findPackFolder(fileURLToPath(folder), fileURLToPath(root));
      return found === undefined ? undefined : pathToFileURL(found).href;
    },
    read: (pack) => readPackFolder(fileURLToPath(pack)),
  };
}
