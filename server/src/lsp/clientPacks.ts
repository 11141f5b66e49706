import type { Connection } from 'vscode-languageserver';
import type { PackBase } from '../catalogue/pack/extend.ts';
import type { PackText } from '../catalogue/pack/files.ts';
import { SKIPPED_FOLDERS } from '../model/index.ts';
import {
  LIST_FILES_REQUEST,
  READ_FILE_REQUEST,
  READ_PACK_BASE_REQUEST,
  type ListFilesParams,
  type ListFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../protocol/files.ts';
import type { PackAccess } from './packs.ts';
import { LARGEST_FILE } from './runtime.ts';

const MOST_FILES = 5000;
const UNREAD = { 'not-found': 'it is not there any more', 'too-large': 'it is larger than 8 MiB', unreadable: 'it cannot be read' };
const FILE_OF_PACK = /^(.*?\/\.threatwright)\/(.+)$/;

/**
 * Organisations' own rules that the client can read, wherever they are stored: all of them are fetched by `gather`. A client
 * that cannot has none. `readBase` where the server has the base itself, and need not ask for it.
 */
export function clientPacks(connection: Connection, readBase?: () => PackBase): PackAccess {
  let base: PackBase | undefined;
  let packs: ReadonlyMap<string, readonly PackText[]> = new Map();
  let newest: symbol | undefined;

  const listed = async (folder: string): Promise<readonly string[]> => {
    const params: ListFilesParams = { folder, of: 'rules', most: MOST_FILES, skipped: [...SKIPPED_FOLDERS] };
    try {
      const { files, complete } = await connection.sendRequest<ListFilesResult>(LIST_FILES_REQUEST, params);
      if (!complete) connection.console.warn(`There is too much in ${folder} to find all rules of its own.`);
      return files;
    } catch {
      return [];
    }
  };
  const fetched = async (uri: string, name: string): Promise<PackText> => {
    const params: ReadFileParams = { uri, most: LARGEST_FILE };
    const read = await connection.sendRequest<ReadFileResult>(READ_FILE_REQUEST, params);
    return 'text' in read ? { name, text: read.text } : { name, text: '', unread: UNREAD[read.refusal] };
  };

  return {
    base() {
      if (!base) throw new Error("an organisation's rules are asked for before they were gathered");
      return base;
    },
    find(folder, root) {
      for (let at = folder; at.startsWith(root); at = at.slice(0, at.lastIndexOf('/'))) {
        const pack = `${at}/.threatwright`;
        if (packs.has(pack)) return pack;
      }
      return undefined;
    },
    read: (pack) => packs.get(pack) ?? [],
    async gather(roots) {
      const mine = (newest = Symbol());
      const found = new Map<string, Promise<PackText>[]>();
      for (const root of roots)
        for (const uri of await listed(root)) {
          const [, pack, name] = FILE_OF_PACK.exec(uri.slice(root.length)) ?? [];
          if (pack === undefined || name === undefined) continue;
          const files = found.get(root + pack) ?? [];
          found.set(root + pack, files);
          files.push(fetched(uri, decodeURIComponent(name)));
        }
      if (found.size > 0) base ??= readBase ? readBase() : await connection.sendRequest<PackBase>(READ_PACK_BASE_REQUEST);
      const read = await Promise.all([...found].map(async ([pack, files]) => [pack, await Promise.all(files)] as const));
      // A later call has seen more.
      if (newest === mine) packs = new Map(read);
    },
  };
}
