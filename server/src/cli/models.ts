import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isModelFile, SKIPPED_FOLDERS } from '../model/index.ts';
import { isPattern, readPattern } from './patterns.ts';

/** A model to work on, or why it could not be read. */
export type Input = ModelText | Unreadable;
/** A model that is there to be read. */
export type Listed = ModelFile | Unreadable;
export interface ModelFile {
  /** As it is shown: relative to the working folder where it is below it, with forward slashes; `-` for standard input. */
  readonly path: string;
  /** Below the folder that was asked for, else the file's own name; what a picture is named after. */
  readonly name: string;
}
export interface ModelText extends ModelFile {
  readonly text: string;
}
export interface Unreadable {
  readonly path: string;
  /** A sentence. */
  readonly error: string;
}

const LARGEST = 64 * 1024 * 1024;

/** Reads files, all models below folders or that fit a pattern, and `-`; in a stable order, each once. Never throws. */
export async function readInputs(paths: readonly string[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const listed of listInputs(paths)) inputs.push('error' in listed ? listed : await readInput(listed));
  return inputs;
}

/** What `readInputs` would read. */
export function listInputs(paths: readonly string[]): readonly Listed[] {
  const found = new Map<string, Listed>();
  for (const given of paths) for (const it of listPath(given)) if (!found.has(it.path)) found.set(it.path, it);
  return [...found.values()];
}

export async function readInput(listed: ModelFile): Promise<Input> {
  return listed.path === '-' ? readStandardInput() : readModel(listed);
}

function listPath(given: string): readonly Listed[] {
  if (given === '-') return [{ path: '-', name: 'stdin' }];
  try {
    const folder = statSync(given, { throwIfNoEntry: !isPattern(given) });
    if (!folder) return listPattern(given);
    if (!folder.isDirectory()) return [{ path: shown(given), name: path.basename(given) }];
  } catch (error) {
    return [unreadable(given, error)];
  }
  const found = listFolder(given, given);
  return found.length > 0 ? found : [{ path: shown(given), error: `There is no *.threatmodel.yaml in ${shown(given)}.` }];
}

/** The models that fit; a shell that knows `**` would have named them itself. */
function listPattern(given: string): readonly Listed[] {
  const { root, fits } = readPattern(given.split(path.sep).join('/'));
  const found = listFolder(root, root).filter((it) => 'error' in it || fits(it.name.split(path.sep).join('/')));
  return found.length > 0 ? found : [{ path: shown(given), error: `No *.threatmodel.yaml fits ${shown(given)}.` }];
}

/** Links are not followed: they may lead in circles, and out of the folder. */
function listFolder(folder: string, root: string): readonly Listed[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const below = path.join(folder, entry.name);
        if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : listFolder(below, root);
        return entry.isFile() && isModelFile(entry.name) ? [{ path: shown(below), name: path.relative(root, below) }] : [];
      });
  } catch (error) {
    return [unreadable(folder, error)];
  }
}

function readModel({ path: file, name }: ModelFile): Input {
  try {
    if (statSync(file).size > LARGEST) return { path: file, error: `${file} is larger than 64 MiB.` };
    return { path: file, name, text: decode(readFileSync(file)) };
  } catch (error) {
    return unreadable(file, error);
  }
}

async function readStandardInput(): Promise<Input> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return { path: '-', name: 'stdin', text: decode(Buffer.concat(chunks)) };
  } catch (error) {
    return { path: '-', error: `Standard input cannot be read: ${reason(error)}.` };
  }
}

/** As editors do: a byte order mark says the encoding and is no part of the text. */
export function decode(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  return new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8').decode(bytes);
}

function unreadable(file: string, error: unknown): Unreadable {
  return { path: shown(file), error: `${shown(file)} cannot be read: ${reason(error)}.` };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
};

/** What the system says, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? code ?? message;
}

/** As a person would write it: relative when below the current folder, with forward slashes. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return (relative.startsWith('..') || relative === '' ? file : relative).split(path.sep).join('/');
}
