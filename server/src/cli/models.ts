import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A model to work on, or why it could not be read. */
export type Input = ModelText | Unreadable;
export interface ModelText {
  /** As it is shown: relative to the working folder where it is below it, with forward slashes; `-` for standard input. */
  readonly path: string;
  /** Below the folder that was asked for, else the file's own name; what a picture is named after. */
  readonly name: string;
  readonly text: string;
}
export interface Unreadable {
  readonly path: string;
  /** A sentence. */
  readonly error: string;
}

const MODEL = /\.threatmodel\.ya?ml$/;
/** Folders that hold other people's files. */
const SKIPPED = new Set(['node_modules', '.git']);
const LARGEST = 64 * 1024 * 1024;

/** Reads files, all models below folders, and `-` for standard input; in a stable order, each once. Never throws. */
export async function readInputs(paths: readonly string[]): Promise<Input[]> {
  const inputs = new Map<string, Input>();
  for (const given of paths) {
    for (const input of given === '-' ? [await readStandardInput()] : readPath(given)) {
      if (!inputs.has(input.path)) inputs.set(input.path, input);
    }
  }
  return [...inputs.values()];
}

function readPath(given: string): Input[] {
  try {
    if (!statSync(given).isDirectory()) return [readModel(given, path.basename(given))];
  } catch (error) {
    return [unreadable(given, error)];
  }
  const found = readFolder(given, given);
  return found.length > 0 ? found : [{ path: shown(given), error: `There is no *.threatmodel.yaml in ${shown(given)}.` }];
}

/** Links are not followed: they may lead in circles, and out of the folder. */
function readFolder(folder: string, root: string): Input[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const below = path.join(folder, entry.name);
        if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : readFolder(below, root);
        return entry.isFile() && MODEL.test(entry.name) ? [readModel(below, path.relative(root, below))] : [];
      });
  } catch (error) {
    return [unreadable(folder, error)];
  }
}

function readModel(file: string, name: string): Input {
  try {
    if (statSync(file).size > LARGEST) return { path: shown(file), error: `${shown(file)} is larger than 64 MiB.` };
    return { path: shown(file), name, text: decode(readFileSync(file)) };
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
