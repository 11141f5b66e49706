import { Worker } from 'node:worker_threads';
import ELK, { type ELKConstructorArguments } from 'elkjs/lib/elk-api.js';
import type { LayoutEngine } from './lsp/runtime.ts';

type EngineWorker = ReturnType<NonNullable<ELKConstructorArguments['workerFactory']>>;

/** In the thread: a script of the time before modules, in a package of modules, where `require` would take it for one. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const script = { exports: {} };
const source = require('node:fs').readFileSync(workerData, 'utf8');
require('node:vm').compileFunction(source, ['module', 'exports'], { filename: workerData })(script, script.exports);
const engine = new script.exports.Worker('');
engine.onmessage = ({ data }) => parentPort.postMessage(data);
parentPort.on('message', (data) => engine.postMessage(data));
`;

/**
 * The layout engine from the file that the page of the diagram has too, in a thread of its own: laying out a large model takes
 * seconds, in which others are answered.
 */
export function elkOf(file: string): LayoutEngine {
  const thread = new Worker(THREAD, { eval: true, workerData: file });
  const failed = new Promise<never>((_, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread of the layout engine has ended')));
  });
  // Told to whoever waits for a layout; when nobody does, nobody misses it.
  failed.catch(() => undefined);
  const worker: EngineWorker = {
    ...{ onmessage: null, onerror: null, onmessageerror: null },
    postMessage: (message: unknown) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  } as unknown as EngineWorker;
  thread.on('message', (data: unknown) => worker.onmessage?.({ data } as MessageEvent));
  const elk = new ELK({ workerFactory: () => worker });
  return {
    layout: (graph) => Promise.race([elk.layout(graph) as ReturnType<LayoutEngine['layout']>, failed]),
    close: () => worker.terminate(),
  };
}
