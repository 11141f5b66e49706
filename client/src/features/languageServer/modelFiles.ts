import { type Disposable, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  LIST_FILES_REQUEST,
  READ_FILE_REQUEST,
  type ListFilesParams,
  type ListFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../../../../server/src/protocol/files.ts';
import { MODEL_ENDING } from '../modelFile.ts';

/** Each may be a question to a distant server. */
const MOST_FOLDERS = 2000;

/** Reads models for a server that has no disk, from whatever file system the workspace is on. */
export function answerFiles(client: BaseLanguageClient): Disposable[] {
  return [
    client.onRequest(LIST_FILES_REQUEST, (params: ListFilesParams) => list(params)),
    client.onRequest(READ_FILE_REQUEST, (params: ReadFileParams) => read(params)),
  ];
}

async function list({ folder, most, skipped }: ListFilesParams): Promise<ListFilesResult> {
  const files: string[] = [];
  const open = [Uri.parse(folder)];
  let seen = 0;
  for (let next = open.shift(); next; next = open.shift()) {
    if (++seen > MOST_FOLDERS) return { files, complete: false };
    for (const [name, type] of await entriesOf(next)) {
      // Links are not followed: they may lead out of the folder, or round in it. Their type has a bit of its own.
      if (type === FileType.Directory && !skipped.includes(name)) open.push(Uri.joinPath(next, name));
      if (type !== FileType.File || !MODEL_ENDING.test(name)) continue;
      if (files.length >= most) return { files, complete: false };
      files.push(Uri.joinPath(next, name).toString());
    }
  }
  return { files, complete: true };
}

async function entriesOf(folder: Uri): Promise<readonly (readonly [string, FileType])[]> {
  try {
    return (await workspace.fs.readDirectory(folder)).sort(([a], [b]) => (a < b ? -1 : 1));
  } catch {
    // It went away meanwhile, or nobody may look into it.
    return [];
  }
}

async function read({ uri, most }: ReadFileParams): Promise<ReadFileResult> {
  const file = Uri.parse(uri);
  // The server asks for models of the workspace and nothing else.
  if (!MODEL_ENDING.test(file.path) || workspace.getWorkspaceFolder(file) === undefined) return {};
  try {
    if ((await workspace.fs.stat(file)).size > most) return { tooLarge: true };
    // Takes the mark at the beginning away, as editors do.
    return { text: new TextDecoder().decode(await workspace.fs.readFile(file)) };
  } catch {
    return {};
  }
}
