import { solveWithElk, type ElkLike } from './elkFlat.ts';
import type { FlatProblem, FlatSolution, Solve } from './flat.ts';
import { stretch, type Solved } from './stretch.ts';

/** What was laid out before; keep one for each picture that is laid out again and again. */
export class LayoutCache {
  /** Solutions by the text of their problem. */
  readonly solutions = new Map<string, FlatSolution>();
  /** By the name of each box: the last problem that it was in. */
  readonly places = new Map<string, Solved>();

  clear(): void {
    this.solutions.clear();
    this.places.clear();
  }
}

/** What is kept besides that of the last picture: a text that is put back as it was needs no layout. */
const MOST_KEPT = 600;
const MOST_PLACES = 20_000;
const GAP = 30;

/** Solves flat problems: out of the cache, by the engine, and where that fails by a plain grid. */
export class Solver {
  /** Set when a plain grid stands in somewhere. */
  failure: string | undefined;
  private readonly elk: ElkLike;
  private readonly cache: LayoutCache;

  constructor(elk: ElkLike, cache: LayoutCache = new LayoutCache()) {
    this.elk = elk;
    this.cache = cache;
  }

  readonly solve: Solve = async (problem, names) => {
    const { solutions, places } = this.cache;
    const key = JSON.stringify(problem);
    const solution = solutions.get(key) ?? (await this.ask(problem));
    if (solution.failure !== undefined) {
      this.failure ??= `Plain grid: the layout engine failed (${solution.failure.slice(0, 200)}).`;
      return solution;
    }
    keep(solutions, key, solution, MOST_KEPT);
    const solved = { problem, names, solution };
    for (const box of names.boxes) keep(places, box, solved, MOST_PLACES);
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

/** Solves as quickly as can be: what was laid out there before is stretched to what differs. */
export class DraftSolver {
  /** Whether something was stretched, so that a layout would give something else. */
  stretched = false;
  private readonly solver: Solver;
  private readonly cache: LayoutCache;

  constructor(solver: Solver, cache: LayoutCache) {
    this.solver = solver;
    this.cache = cache;
  }

  readonly solve: Solve = async (problem, names) => {
    const { solutions, places } = this.cache;
    // A thing is in one boundary only, and in one part of it: a part that has come apart is found by any of its boxes.
    const known = names.boxes.find((box) => places.has(box));
    const before = known === undefined ? undefined : places.get(known);
    const drafted = before && !solutions.has(JSON.stringify(problem)) ? stretch(before, problem, names) : undefined;
    if (drafted) this.stretched = true;
    return drafted ?? this.solver.solve(problem, names);
  };
}

/** The last ones used are the last to go. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
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
