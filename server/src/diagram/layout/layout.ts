import type { DiagramGraph } from '../graph.ts';
import type { Scene } from '../scene.ts';
import { labelDetail } from '../sizes.ts';
import { arrange } from './arrange.ts';
import { directionFor } from './direction.ts';
import type { ElkLike } from './elkFlat.ts';
import { finishScene } from './finishScene.ts';
import type { Solve } from './flat.ts';
import { levelsOf } from './levels.ts';
import { DraftSolver, LayoutCache, Solver } from './solver.ts';
import { buildTree } from './tree.ts';

export interface LayoutOptions {
  /** Width to height of the place for the picture; somewhat wider than high when nothing is said. */
  readonly aspect?: number | undefined;
  /** What was laid out before: boundaries in which nothing changed are not laid out again. Never changes the result. */
  readonly cache?: LayoutCache | undefined;
  /**
   * Called with a picture that is nearly the result, as long as that is not there yet: what changed is laid out, and what
   * lies around it is where it was before, with room made. Not called when it would be the result or when nothing is known.
   */
  readonly draft?: ((scene: Scene) => void) | undefined;
}

/** Width to height that fits a screen and a page. */
const BEST_ASPECT = 1.5;

/**
 * Lays a graph out. Never throws and never leaves anything out: when the engine fails it is asked more modestly, and in
 * the end a plain grid stands in for what it cannot do, and says so in `fallback`. The same graph and options give the
 * same scene.
 */
export async function layoutGraph(graph: DiagramGraph, elk: ElkLike, options: LayoutOptions = {}): Promise<Scene> {
  const tree = buildTree(graph);
  const labels = labelDetail(tree.edges.length);
  const { aspect = BEST_ASPECT, cache = new LayoutCache(), draft } = options;
  const solver = new Solver(elk, cache);
  const levels = levelsOf(tree);
  const direction = directionFor(levels, labels, aspect);
  const drawn = async (solve: Solve): Promise<Scene> => {
    const block = await arrange(undefined, { direction, labels, aspect, levels, solve });
    return finishScene(graph.title, block, labels, solver.failure);
  };
  if (draft) {
    const quick = new DraftSolver(solver, cache);
    const scene = await drawn(quick.solve);
    if (!quick.stretched) return scene;
    draft(scene);
  }
  return drawn(solver.solve);
}
