import { solveWithElk, type ElkLike } from './elkFlat.ts';
import type { FlatProblem, FlatSolution, Solve } from './flat.ts';

/** Solutions by problem. A map from text to plain values; keep one for each picture that is laid out again and again. */
export type LayoutCache = Map<string, FlatSolution>;

/** What is kept besides that of the last picture: a text that is put back as it was needs no layout. */
const MOST_KEPT = 600;
const GAP = 30;

/** Solves flat problems: out of the cache, by the engine, and where that fails by a plain grid. */
export class Solver {
  /** Set when a plain grid stands in somewhere. */
  failure: string | undefined;
  private readonly elk: ElkLike;
  private readonly cache: LayoutCache;

  constructor(elk: ElkLike, cache: LayoutCache = new Map()) {
    this.elk = elk;
    this.cache = cache;
  }

  readonly solve: Solve = async (problem) => {
    const key = JSON.stringify(problem);
    const known = this.cache.get(key);
    const solution = known ?? (await this.ask(problem));
    if (solution.failure !== undefined) {
      this.failure ??= `Plain grid: the layout engine failed (${solution.failure.slice(0, 200)}).`;
      return solution;
    }
    // The last ones used are the last to go.
    this.cache.delete(key);
    this.cache.set(key, solution);
    if (this.cache.size > MOST_KEPT) this.cache.delete(this.cache.keys().next().value!);
    return solution;
  };

  private async ask(problem: FlatProblem): Promise<FlatSolution> {
    try {
      return await solveWithElk(problem, this.elk, 'usual');
    } catch {
      // What matters is the next attempt; a second failure tells its reason.
    }
    try {
      return await solveWithElk(problem, this.elk, 'modest');
    } catch (error) {
      return grid(problem, error instanceof Error ? error.message : String(error));
    }
  }
}

/** Everything in rows; flows get no way. */
function grid({ boxes, edges }: FlatProblem, failure: string): FlatSolution {
  const columns = Math.ceil(Math.sqrt(boxes.length));
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  const places = boxes.map((box, at) => {
    if (at > 0 && at % columns === 0) {
      [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    }
    const place = { x, y };
    x += box.width + GAP;
    width = Math.max(width, x - GAP);
    rowHeight = Math.max(rowHeight, box.height);
    return place;
  });
  return { width, height: y + rowHeight, boxes: places, edges: edges.map(() => ({ points: [], label: undefined })), failure };
}
