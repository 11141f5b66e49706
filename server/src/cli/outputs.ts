import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MODEL_ENDING } from '../model/index.ts';
import { UsageError } from './arguments.ts';
import { reason, type ModelText } from './models.ts';

const FORMATS = ['svg', 'png', 'pdf', 'drawio', 'mmd'] as const;

export interface Target {
  readonly file: string;
  readonly format: (typeof FORMATS)[number];
}

/**
 * Where each model is drawn to: to the file that is named, or in a folder, to a file named like the model. Throws a
 * usage error when the call does not say that clearly.
 */
export function targetsOf(models: readonly ModelText[], output: string): ReadonlyMap<ModelText, Target> {
  const ending = path.extname(output).toLowerCase();
  if (isFolder(output, ending)) return targetsIn(output, models);
  const format = FORMATS.find((it) => ending === `.${it}`);
  if (!format)
    throw new UsageError(
      `A picture ends with .${FORMATS.join(', .')}, not "${ending}": name one of these, or a folder that ends with a slash.`,
    );
  if (models.length > 1) throw new UsageError(`${models.length} models cannot be drawn to one file: name a folder, as in -o out.`);
  return new Map(models.map((model) => [model, { file: output, format }]));
}

function isFolder(output: string, ending: string): boolean {
  if (ending === '' || /[/\\]$/.test(output)) return true;
  try {
    return statSync(output).isDirectory();
  } catch {
    // There is nothing yet; if there cannot be, writing says why.
    return false;
  }
}

function targetsIn(folder: string, models: readonly ModelText[]): Map<ModelText, Target> {
  const targets = new Map<ModelText, Target>();
  const taken = new Map<string, ModelText>();
  for (const model of models) {
    const file = path.join(folder, `${model.name.replace(MODEL_ENDING, '')}.svg`);
    const other = taken.get(file);
    if (other) throw new UsageError(`${other.path} and ${model.path} would both be drawn to ${file}: draw them one by one.`);
    taken.set(file, model);
    targets.set(model, { file, format: 'svg' });
  }
  return targets;
}

/** Writes a file, with its folder where there is none. Returns what went wrong, as a sentence. */
export function writeOutput(file: string, content: string | Uint8Array): string | undefined {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return undefined;
  } catch (error) {
    return `${file} cannot be written: ${reason(error)}.`;
  }
}
