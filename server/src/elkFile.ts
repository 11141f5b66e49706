import { readFile } from 'node:fs/promises';
import { compileFunction } from 'node:vm';
import ELK, { type ELKConstructorArguments } from 'elkjs/lib/elk-api.js';
import type { ElkLike } from './diagram/index.ts';

type EngineWorker = ReturnType<NonNullable<ELKConstructorArguments['workerFactory']>>;

/** The layout engine from the file that the page of the diagram has too, in this thread: it is shipped once. */
export async function elkOf(file: string): Promise<ElkLike> {
  // A script of the time before modules, in a package of modules: `require` would take it for one.
  const script = { exports: {} as { readonly Worker?: new (url: string) => EngineWorker } };
  const run = compileFunction(await readFile(file, 'utf8'), ['module', 'exports'], { filename: file }) as (...given: unknown[]) => void;
  run(script, script.exports);
  const { Worker } = script.exports;
  if (!Worker) throw new Error(`${file} has no layout engine`);
  const elk = new ELK({ workerFactory: () => new Worker('') });
  return { layout: (graph) => elk.layout(graph) as ReturnType<ElkLike['layout']> };
}
