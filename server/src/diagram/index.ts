/** The diagram, but for what is loaded late: `elk.ts` (the layout engine) and `png.ts` (the rasteriser). */
export { buildGraph, buildMarks } from './buildGraph.ts';
export type { ElkLike } from './layout/elkFlat.ts';
export type { DiagramFinding, DiagramGraph, DiagramMarks, GraphBoundary, GraphData, GraphEdge, GraphNode } from './graph.ts';
export { pictureKey, redress, structureKey } from './keys.ts';
export { layoutGraph, type LayoutOptions } from './layout/layout.ts';
export type { LayoutCache } from './layout/solver.ts';
export { PALETTE_PROPERTIES, PALETTES, paletteOf, WEBVIEW_PALETTE, type Palette, type PaletteName } from './palette.ts';
export { driftedPins, parsePins, pinAt, pinScene, pinsFileOf, readPins, writePins, type Pin, type Pins } from './pins.ts';
export { FONT_FAMILY, renderScene, type RenderOptions } from './render.ts';
export type { Box, Point, Scene, SceneEdge } from './scene.ts';
export { defaultCollapsed, uncollapsedFor } from './view/collapse.ts';
export { facetsOf, type Facet, type Facets, type FindingFilter } from './view/filter.ts';
export type { Focus } from './view/focus.ts';
export type { Lens } from './view/lens.ts';
export { viewOf, type DiagramView, type ViewOptions } from './view/view.ts';
export { SVG_NAMESPACE, svgText, type VElement, type VNode } from './vnode.ts';
