import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A model to work on, or why it could not be read. */
export type Input = { readonly path: string; readonly text: string } | { readonly path: string; readonly error: string };

const MODEL = /\.threatmodel\.ya?ml$/;
/** Folders that hold other people's files. */
const SKIPPED = new Set(['node_modules', '.git']);
const LARGEST = 64 * 1024 * 1024;

/** Reads files, all models below folders, and `-` for standard input; in a stable order, each once. */
export function readInputs(paths: readonly string[]): Input[] {
  const inputs = new Map<string, Input>();
  for (const given of paths) for (const input of given === '-' ? [readStandardInput()] : readPath(given)) inputs.set(input.path, input);
  return [...inputs.values()];
}

function readPath(given: string): Input[] {
  const name = shown(given);
  try {
    if (!statSync(given).isDirectory()) return [readModel(given)];
    const found = modelsBelow(given);
    return found.length > 0 ? found.map(readModel) : [{ path: name, error: `There is no *.threatmodel.yaml in ${name}.` }];
  } catch {
    return [{ path: name, error: `${name} cannot be read: there is no such file or folder.` }];
  }
}

function modelsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = path.join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : modelsBelow(below);
      return entry.isFile() && MODEL.test(entry.name) ? [below] : [];
    });
}

function readModel(file: string): Input {
  try {
    if (statSync(file).size > LARGEST) return { path: shown(file), error: `${shown(file)} is larger than 64 MiB.` };
    return { path: shown(file), text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { path: shown(file), error: `${shown(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function readStandardInput(): Input {
  return { path: '-', text: readFileSync(0, 'utf8') };
}

/** As a person would write it: relative when below the current folder, with forward slashes. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return (relative.startsWith('..') || relative === '' ? file : relative).split(path.sep).join('/');
}
