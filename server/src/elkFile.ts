import { createRequire } from 'node:module';
import ELK, { type ELKConstructorArguments } from 'elkjs/lib/elk-api.js';
import type { ElkLike } from './diagram/index.ts';

/** The layout engine from the file that the page of the diagram has too, in this thread: it is shipped once. */
export async function elkOf(file: string): Promise<ElkLike> {
  const { Worker } = createRequire(file)(file) as {
    Worker: new (url: string) => ReturnType<NonNullable<ELKConstructorArguments['workerFactory']>>;
  };
  const elk = new ELK({ workerFactory: () => new Worker('') });
  return { layout: (graph) => elk.layout(graph) as ReturnType<ElkLike['layout']> };
}
