import { countsOf, worst } from '../badges.ts';
import { findings as findingsText, named } from '../describe.ts';
import { trustColor } from '../drawBoundary.ts';
import type { GraphNode } from '../graph.ts';
import { paletteOf, type Palette } from '../palette.ts';
import type { Box, Point } from '../scene.ts';
import { h, num, svgText, type VElement } from '../vnode.ts';
import type { Exported } from './exported.ts';

/**
 * The picture as a draw.io file whose shapes can be edited: boundaries are containers with what is in them, flows are
 * connectors with the same bends. Labels are plain text there (`html=0`), never markup.
 */
export function toDrawio({ scene, marks, theme, made }: Exported): string {
  const palette = paletteOf(theme);
  const ids = new Map<string, string>();
  scene.boundaries.forEach(({ boundary }, at) => ids.set(boundary.id, `b${at}`));
  scene.nodes.forEach(({ node }, at) => ids.set(node.id, `n${at}`));
  const places = new Map<string, Point>(scene.boundaries.map((box) => [box.boundary.id, box]));
  const placed = (box: Box, parent: string | undefined): { parent: string; geometry: VElement } => {
    const around = parent === undefined ? undefined : places.get(parent);
    const geometry = geometryOf(box, around ?? { x: 0, y: 0 });
    return { parent: (around && ids.get(parent!)) ?? '1', geometry };
  };
  const cells: VElement[] = [h('mxCell', { id: '0' }), h('mxCell', { id: '1', parent: '0' })];
  for (const box of scene.boundaries) {
    const { boundary } = box;
    const color = trustColor(boundary.trust, palette);
    const style =
      `rounded=1;arcSize=14;absoluteArcSize=1;dashed=1;dashPattern=9 5;container=1;collapsible=0;html=0;whiteSpace=wrap;` +
      `verticalAlign=top;align=left;spacingLeft=10;spacingTop=4;fontStyle=1;fillColor=${color};fillOpacity=${Number(palette.tint) * 100};` +
      `strokeColor=${color};fontColor=${color};`;
    const { parent, geometry } = placed(box, boundary.parent);
    const value = joined([...named(boundary), findingsText(countsOf(marks, boundary.id))], ' · ');
    cells.push(h('mxCell', { id: ids.get(boundary.id), value, style, vertex: 1, parent }, [geometry]));
  }
  for (const box of scene.nodes) {
    const { node } = box;
    const counts = countsOf(marks, node.id);
    const { parent, geometry } = placed(box, node.boundary);
    const value = joined([...named(node), findingsText(counts)], '\n');
    const style = nodeStyle(node, worst(counts), palette);
    cells.push(h('mxCell', { id: ids.get(node.id), value, style, vertex: 1, parent }, [geometry]));
  }
  scene.edges.forEach(({ edge, points }, at) => {
    const severity = worst(countsOf(marks, edge.flow));
    const color = severity === undefined ? (edge.crosses.length > 0 ? palette.edgeCrossing : palette.edge) : palette[severity];
    const first = edge.id === edge.flow;
    const value = first ? joined([edge.label, edge.data.join(', '), findingsText(countsOf(marks, edge.flow))], '\n') : '';
    const ends = [ids.get(edge.from), ids.get(edge.to)];
    const style =
      `html=0;rounded=1;endArrow=block;endFill=1;strokeColor=${color};fontColor=${palette.text};labelBackgroundColor=${palette.canvas};` +
      anchors(scene.nodes, edge.from, points[0]!, 'exit') +
      anchors(scene.nodes, edge.to, points.at(-1)!, 'entry');
    const bends = points.slice(1, -1).map(({ x, y }) => h('mxPoint', { x: num(x), y: num(y) }));
    cells.push(
      h('mxCell', { id: `e${at}`, value, style, edge: 1, parent: '1', source: ends[0], target: ends[1] }, [
        h('mxGeometry', { relative: 1, as: 'geometry' }, bends.length > 0 ? [h('Array', { as: 'points' }, bends)] : []),
      ]),
    );
  });
  const model = h('mxGraphModel', { grid: 0, page: 0, background: palette.canvas, pageWidth: scene.width, pageHeight: scene.height }, [
    h('root', {}, cells),
  ]);
  const file = h('mxfile', { host: made }, [h('diagram', { id: 'threat-model', name: scene.title || 'Threat model' }, [model])]);
  // A line break in a label is a character of its attribute.
  return `${svgText(file).replaceAll(BREAK, '&#10;')}\n`;
}

/** Stands for a line break until the file is text: no text of a model has it. */
const BREAK = '\ue00a';

function joined(parts: readonly string[], by: string): string {
  const said = parts.filter((part) => part !== '').map((part) => part.replaceAll(BREAK, ' '));
  return said.join(by === '\n' ? BREAK : by);
}

function geometryOf({ x, y, width, height }: Box, origin: Point): VElement {
  return h('mxGeometry', { x: x - origin.x, y: y - origin.y, width, height, as: 'geometry' });
}

function nodeStyle(node: GraphNode, severity: ReturnType<typeof worst>, palette: Palette): string {
  const plain = node.shape === 'actor' || node.shape === 'external' ? palette.actorFill : palette.nodeFill;
  const fill = severity === undefined ? plain : palette[`${severity}Fill`];
  const stroke = node.inside ? trustColor(node.inside.trust, palette) : severity === undefined ? palette.nodeLine : palette[severity];
  const shapes: Readonly<Record<GraphNode['shape'], string>> = {
    actor: 'rounded=0;',
    process: 'rounded=1;arcSize=10;absoluteArcSize=1;',
    store: 'shape=partialRectangle;left=0;right=0;strokeWidth=2;',
    external: 'shape=ext;double=1;rounded=0;',
    boundary: 'rounded=1;dashed=1;',
  };
  const dashed = node.outOfScope ? 'dashed=1;' : '';
  return `${shapes[node.shape]}${dashed}html=0;whiteSpace=wrap;fillColor=${fill};strokeColor=${stroke};fontColor=${palette.text};`;
}

/** Where a flow touches its end, as parts of the box's width and height. */
function anchors(nodes: Exported['scene']['nodes'], id: string, at: Point, end: 'exit' | 'entry'): string {
  const box = nodes.find(({ node }) => node.id === id);
  if (!box) return '';
  const part = (value: number): string => num(Math.min(1, Math.max(0, value)));
  return `${end}X=${part((at.x - box.x) / box.width)};${end}Y=${part((at.y - box.y) / box.height)};${end}Dx=0;${end}Dy=0;`;
}
