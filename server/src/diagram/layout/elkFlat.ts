import type { Point } from '../scene.ts';
import type { FlatBox, FlatEnd, FlatProblem, FlatRoute, FlatSolution, Side } from './flat.ts';

/** What the diagram needs of elkjs; injected, so that page and command line bring their own. */
export interface ElkLike {
  layout(graph: ElkInput): Promise<ElkOutput>;
}
export interface ElkInput {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  children?: ElkInput[];
  ports?: ElkInput[];
  edges?: ElkEdgeInput[];
}
export interface ElkEdgeInput {
  id: string;
  sources: string[];
  targets: string[];
  labels?: { id: string; text: string; width: number; height: number; layoutOptions?: Record<string, string> }[];
}
export interface ElkOutput {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  children?: ElkOutput[];
  edges?: { id: string; sections?: ElkSection[]; labels?: { x?: number; y?: number }[] }[];
}
interface ElkSection {
  startPoint: Point;
  endPoint: Point;
  bendPoints?: Point[];
}

/** How much the engine is asked for. `modest`: only the options that every graph has survived. */
export type Care = 'usual' | 'modest';

/** Asks the engine. Rejects when it fails, and when a box has no place in its answer. */
export async function solveWithElk(problem: FlatProblem, elk: ElkLike, care: Care): Promise<FlatSolution> {
  return readElk(await elk.layout(elkInput(problem, care)), problem);
}

function options({ direction, boxes }: FlatProblem, care: Care): Record<string, string> {
  const down = direction === 'DOWN';
  return {
    'elk.algorithm': 'layered',
    'elk.direction': direction,
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.portConstraints': 'FIXED_SIDE',
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    'elk.spacing.nodeNode': down ? '36' : '30',
    'elk.spacing.edgeNode': '18',
    'elk.spacing.edgeEdge': '14',
    'elk.spacing.portPort': '14',
    'elk.spacing.edgeLabel': '4',
    'elk.layered.spacing.nodeNodeBetweenLayers': down ? '30' : '28',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
    ...(care === 'usual' && {
      'elk.layered.thoroughness': boxes.length <= 60 ? '7' : '1',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    }),
  };
}

/** The engine knows places on a border only of a graph that is inside another one. */
function elkInput(problem: FlatProblem, care: Care): ElkInput {
  const sides = problem.direction === 'DOWN' ? { before: 'NORTH', after: 'SOUTH' } : { before: 'WEST', after: 'EAST' };
  const side = (it: Side): Record<string, string> => ({ 'elk.port.side': sides[it] });
  const inner: ElkInput = {
    id: 'inner',
    layoutOptions: options(problem, care),
    ports: problem.borders.map((it, at) => ({ id: `p${at}`, width: 0, height: 0, layoutOptions: side(it) })),
    children: problem.boxes.map((box, at) => ({
      ...{ id: `n${at}`, width: box.width, height: box.height },
      ...(box.ports.length > 0 && {
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: box.ports.map((port, index) => ({
          ...{ id: `n${at}p${index}`, width: 0, height: 0, layoutOptions: side(port.side) },
          ...portPlace(port, box, problem.direction === 'DOWN'),
        })),
      }),
    })),
    edges: problem.edges.map(({ from, to, label }, at) => ({
      ...{ id: `e${at}`, sources: [endId(from)], targets: [endId(to)] },
      ...(label && {
        // The engine leaves out labels without text; what it says is no matter.
        labels: [
          { id: `l${at}`, text: 'x', ...label, layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' } },
        ],
      }),
    })),
  };
  return { id: 'root', layoutOptions: { 'elk.algorithm': 'fixed', 'elk.json.edgeCoords': 'PARENT' }, children: [inner] };
}

function portPlace({ side, along }: FlatBox['ports'][number], { width, height }: FlatBox, down: boolean): Point {
  const across = side === 'before' ? 0 : down ? height : width;
  return down ? { x: along, y: across } : { x: across, y: along };
}

function endId(end: FlatEnd): string {
  if ('border' in end) return `p${end.border}`;
  return end.port === undefined ? `n${end.box}` : `n${end.box}p${end.port}`;
}

function readElk(output: ElkOutput, problem: FlatProblem): FlatSolution {
  const inner = output.children?.[0];
  if (!inner) throw new Error('the engine gave no answer');
  const places = new Map(inner.children?.map((node) => [node.id, { x: finite(node.x), y: finite(node.y) }]));
  const routes = new Map(inner.edges?.map((edge) => [edge.id, routeOf(edge)]));
  return {
    width: finite(inner.width),
    height: finite(inner.height),
    boxes: problem.boxes.map((_, at) => {
      const place = places.get(`n${at}`);
      if (!place) throw new Error('the engine lost a box');
      return place;
    }),
    edges: problem.edges.map((_, at) => routes.get(`e${at}`) ?? { points: [], label: undefined }),
  };
}

function routeOf({ sections = [], labels }: NonNullable<ElkOutput['edges']>[number]): FlatRoute {
  const points = sections.flatMap((section) => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
  const label = labels?.[0];
  return {
    points: points.length >= 2 && points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) ? points : [],
    label: label && label.x !== undefined && label.y !== undefined ? { x: label.x, y: label.y } : undefined,
  };
}

function finite(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) throw new Error('the engine left a box without a place');
  return value;
}
