import type { GraphBoundary, GraphEdge, GraphNode } from './graph.ts';

/** A laid-out graph in pixels, origin at the top left, sizes rounded to two decimals. Plain JSON. */
export interface Scene {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Outer ones first. */
  readonly boundaries: readonly (Box & {
    readonly boundary: GraphBoundary;
    /** Where its title begins and its kind ends, when a flow passes where they usually do. */
    readonly titleAt?: number;
    readonly kindAt?: number;
  })[];
  readonly nodes: readonly (Box & { readonly node: GraphNode; readonly lines: readonly string[] })[];
  readonly edges: readonly SceneEdge[];
  /** Set when the layout engine failed and a plain grid stands in. */
  readonly fallback?: string;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface SceneEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** What it is called, then what it carries; `undefined` on later legs and where there are too many to read. */
  readonly label: (Box & { readonly lines: readonly string[] }) | undefined;
}
