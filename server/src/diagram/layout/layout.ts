import type { DiagramGraph } from '../graph.ts';
import type { Scene } from '../scene.ts';
import { labelDetail } from '../sizes.ts';
import { arrange } from './arrange.ts';
import { directionFor } from './direction.ts';
import type { ElkLike } from './elkFlat.ts';
import { finishScene } from './finishScene.ts';
import { levelsOf } from './levels.ts';
import { Solver, type LayoutCache } from './solver.ts';
import { buildTree } from './tree.ts';

export interface LayoutOptions {
  /** Width to height of the place for the picture; somewhat wider than high when nothing is said. */
  readonly aspect?: number | undefined;
  /** What was laid out before: boundaries in which nothing changed are not laid out again. Never changes the result. */
  readonly cache?: LayoutCache | undefined;
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
  const aspect = options.aspect ?? BEST_ASPECT;
  const solver = new Solver(elk, options.cache);
  const levels = levelsOf(tree);
  const direction = directionFor(levels, labels, aspect);
  const block = await arrange(undefined, { direction, labels, aspect, levels, solve: solver.solve });
  return finishScene(graph.title, block, labels, solver.failure);
}
