import ELK from 'elkjs/lib/elk-api.js';
import type { ElkInput, ElkOutput } from '../../../server/src/diagram/layout/elkFlat.ts';
import { LayoutCache, layoutGraph, type DiagramGraph, type Scene } from '../../../server/src/diagram/index.ts';
import { WARM_UP } from './warmUp.ts';

/** A layout that is nearly done is worth waiting for, so that steady typing still shows pictures. */
const PATIENCE_MS = 700;

interface Room {
  readonly width: number;
  readonly height: number;
}

interface Engine {
  run(graph: ElkInput): Promise<ElkOutput>;
  stop(): void;
}

/**
 * Lays graphs out in a worker, one at a time. A newer graph supersedes those that wait, and one that runs for long: elkjs
 * cannot be asked to stop, so its worker is ended and the next one starts from source that is here already.
 */
export class LayoutWorker {
  #setSource: (source: Promise<string>) => void = () => undefined;
  readonly #source = new Promise<string>((resolve) => {
    this.#setSource = resolve;
  });
  #engine: Promise<Engine> | undefined;
  /** Boundaries in which nothing changed are not laid out again. */
  readonly #cache = new LayoutCache();
  /** Of the first picture, so that a window that changes turns nothing over. */
  #aspect: number | undefined;
  #latest = 0;
  #running: { readonly done: Promise<Scene | undefined>; cancel(): void } | undefined;

  constructor() {
    // Whether it failed is asked again by every layout.
    this.#source.catch(() => undefined);
  }

  /** Where the engine's script is. A worker may not come from another origin, hence fetch and blob. */
  load(uri: string): void {
    this.#setSource(fetchAsBlob(uri));
  }

  /** Starts the engine before it is needed, and has it run once: its script is large, and quick only after some use. */
  warm(): void {
    this.#started()
      .then(({ run }) => (this.#running ? undefined : layoutGraph(WARM_UP, { layout: run })))
      .catch(() => undefined);
  }

  /**
   * The scene, or undefined when it was superseded. Never rejects: without an engine it is a plain grid that says so.
   * `draft` gets what can be shown meanwhile.
   */
  async layout(graph: DiagramGraph, room: Room, draft: (scene: Scene) => void): Promise<Scene | undefined> {
    this.#aspect ??= aspectOf(room);
    const turn = ++this.#latest;
    while (this.#running) {
      await Promise.race([this.#running.done, delay(PATIENCE_MS)]);
      if (turn !== this.#latest) return undefined;
      if (this.#running !== undefined) this.#stop();
    }
    return this.#start(graph, draft);
  }

  /** The next layout owes nothing to those before, and fits this room. */
  forget(room: Room): void {
    this.#cache.clear();
    this.#aspect = aspectOf(room);
  }

  /** Nobody waits for a layout any more. */
  drop(): void {
    this.#latest++;
    if (this.#running) this.#stop();
  }

  /** Everything in rows, at once: what stands in when nobody wants to wait. */
  plain(graph: DiagramGraph): Promise<Scene> {
    return layoutGraph(graph, { layout: () => Promise.reject(new Error('it was cancelled')) });
  }

  /** A layout beside the picture's own, which owes nothing to it: for exports. */
  apart(graph: DiagramGraph): Promise<Scene> {
    return layoutGraph(graph, { layout: async (input) => (await this.#started()).run(input) });
  }

  #start(graph: DiagramGraph, draft: (scene: Scene) => void): Promise<Scene | undefined> {
    let wanted = true;
    let cancel = (): void => undefined;
    const cancelled = new Promise<undefined>((resolve) => {
      cancel = () => {
        wanted = false;
        resolve(undefined);
      };
    });
    const layout = async (input: ElkInput): Promise<ElkOutput> => {
      // A layout is many questions to the engine: nobody waits for the rest of them.
      if (!wanted) throw new Error('superseded');
      return (await this.#started()).run(input);
    };
    const shown = (scene: Scene): void => {
      if (wanted) draft(scene);
    };
    const run = layoutGraph(graph, { layout }, { cache: this.#cache, aspect: this.#aspect, draft: shown });
    const running = { done: Promise.race([run, cancelled]), cancel };
    this.#running = running;
    return running.done.finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
  }

  #stop(): void {
    this.#running?.cancel();
    this.#running = undefined;
    void this.#engine?.then(
      (engine) => engine.stop(),
      () => undefined,
    );
    this.#engine = undefined;
    // The next one is warm when it is needed.
    this.warm();
  }

  #started(): Promise<Engine> {
    this.#engine ??= this.#source.then(startEngine);
    return this.#engine;
  }
}

/** Width to height in steps, so that a few pixels change no picture; undefined for a room without size. */
function aspectOf({ width, height }: Room): number | undefined {
  if (width < 50 || height < 50) return undefined;
  return Math.min(2.5, Math.max(0.5, Math.round((width / height) * 4) / 4));
}

async function fetchAsBlob(uri: string): Promise<string> {
  const response = await fetch(uri);
  if (!response.ok) throw new Error(`the layout engine could not be read (${response.status})`);
  return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'text/javascript' }));
}

function startEngine(blobUri: string): Engine {
  const worker = new Worker(blobUri);
  let fail: (reason: Error) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  worker.addEventListener('error', (event) => fail(new Error(event.message || 'the layout worker could not start')));
  const elk = new ELK({ workerFactory: () => worker });
  return {
    run: (graph) => Promise.race([elk.layout(graph) as Promise<ElkOutput>, failure]),
    stop() {
      worker.terminate();
      fail(new Error('superseded'));
    },
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
