import type { Point } from '../scene.ts';

/**
 * The layout of one boundary as a problem of its own: boxes of known sizes, flows between them and over the border. Only
 * numbers, so that the same problem has the same solution whatever its things are called. All flows run along the
 * direction: those that would close a circle are turned before and turned back afterwards.
 */
export interface FlatProblem {
  readonly direction: Direction;
  readonly boxes: readonly FlatBox[];
  readonly edges: readonly FlatEdge[];
  /** Where flows pass the border of the boundary: before the first row of boxes or after the last. */
  readonly borders: readonly Side[];
}
export type Direction = 'DOWN' | 'RIGHT';
export type Side = 'before' | 'after';
export interface FlatBox {
  readonly width: number;
  readonly height: number;
  /** Where flows enter and leave a box that is laid out itself: on the side, so far along it. */
  readonly ports: readonly { readonly side: Side; readonly along: number }[];
}
export interface FlatEdge {
  readonly from: FlatEnd;
  readonly to: FlatEnd;
  readonly label: { readonly width: number; readonly height: number } | undefined;
}
/** A box, perhaps at one of its ports; or a place on the border. */
export type FlatEnd = { readonly box: number; readonly port?: number } | { readonly border: number };

export interface FlatSolution {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Point[];
  readonly edges: readonly FlatRoute[];
  /** Set when this is a plain grid, because the engine failed: why. */
  readonly failure?: string;
}
export interface FlatRoute {
  /** From end to end; none when the engine gave no way. */
  readonly points: readonly Point[];
  readonly label: Point | undefined;
}

/** What the numbers of a problem are about. No solution depends on it: it finds what an earlier one has in common. */
export interface FlatNames {
  /** The same from one picture to the next. */
  readonly boxes: readonly string[];
  readonly edges: readonly string[];
  /** Boxes that are laid out themselves. */
  readonly groups: ReadonlySet<number>;
}

export type Solve = (problem: FlatProblem, names: FlatNames) => Promise<FlatSolution>;
