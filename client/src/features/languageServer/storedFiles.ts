import { type Disposable, FileSystemError, FileType, Uri, workspace } from 'vscode';
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

/** See `pinsFileOf`. */
const PINS_FILE = /\.threatmodel\.layout\.json$/;
const RULE_FILE = /\/\.threatwright\/.+\.ya?ml$/;

/** Reads models and organisations' own rules for a server, from whatever file system the workspace is on. */
export function answerFiles(client: BaseLanguageClient): Disposable[] {
  return [
    client.onRequest(LIST_FILES_REQUEST, (params: ListFilesParams) => list(params)),
    client.onRequest(READ_FILE_REQUEST, (params: ReadFileParams) => read(params)),
  ];
}

async function list({ folder, of, most, skipped }: ListFilesParams): Promise<ListFilesResult> {
  const files: string[] = [];
  const wanted = of === 'models' ? MODEL_ENDING : RULE_FILE;
  const open = [Uri.parse(folder)];
  let seen = 0;
  for (let next = open.shift(); next; next = open.shift()) {
    if (++seen > MOST_FOLDERS) return { files, complete: false };
    for (const [name, type] of await entriesOf(next)) {
      // Links are not followed: they may lead out of the folder, or round in it. Their type has a bit of its own.
      if (type === FileType.Directory && !skipped.includes(name)) open.push(Uri.joinPath(next, name));
      const file = Uri.joinPath(next, name);
      if (type !== FileType.File || !wanted.test(file.path)) continue;
      if (files.length >= most) return { files, complete: false };
      files.push(file.toString());
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
  if (!mayBeRead(file)) return { refusal: 'unreadable' };
  try {
    if ((await workspace.fs.stat(file)).size > most) return { refusal: 'too-large' };
    // Takes the mark at the beginning away, as editors do.
    return { text: new TextDecoder().decode(await workspace.fs.readFile(file)) };
  } catch (error) {
    return { refusal: error instanceof FileSystemError && error.code === 'FileNotFound' ? 'not-found' : 'unreadable' };
  }
}

/** The server asks for models with the places of their elements, rules and the evidence that the settings name, in the workspace, and for nothing else. */
function mayBeRead(file: Uri): boolean {
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) return false;
  if (MODEL_ENDING.test(file.path) || PINS_FILE.test(file.path)) return true;
  if (!workspace.isTrusted) return false;
  const evidence = workspace.getConfiguration('threatwright', file).get<string>('assessment.report', '').trim();
  return RULE_FILE.test(file.path) || (evidence !== '' && file.path === Uri.joinPath(folder.uri, evidence).path);
}
