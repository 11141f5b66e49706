import type { Connection } from 'vscode-languageserver';
import { SKIPPED_FOLDERS } from '../model/index.ts';
import {
  LIST_FILES_REQUEST,
  READ_FILE_REQUEST,
  type ListFilesParams,
  type ListFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../protocol/files.ts';
import { LARGEST_FILE, type ModelFiles } from './runtime.ts';

/** The models that the client can read, wherever they are stored. A client that cannot has none. */
export function clientFiles(connection: Connection): ModelFiles {
  return {
    async list(folder, most) {
      try {
        const params: ListFilesParams = { folder, of: 'models', most, skipped: [...SKIPPED_FOLDERS] };
        return await connection.sendRequest<ListFilesResult>(LIST_FILES_REQUEST, params);
      } catch {
        return { files: [], complete: true };
      }
    },
    async read(uri) {
      try {
        const params: ReadFileParams = { uri, most: LARGEST_FILE };
        return await connection.sendRequest<ReadFileResult>(READ_FILE_REQUEST, params);
      } catch {
        return { refusal: 'unreadable' };
      }
    },
  };
}
