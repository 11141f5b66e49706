import { readdirSync, readFileSync } from 'node:fs';
import { buildGraph } from '../../../server/src/diagram/buildGraph.ts';
import { createElk } from '../../../server/src/diagram/elk.ts';
import type { DiagramGraph } from '../../../server/src/diagram/graph.ts';
import { buildTree } from '../../../server/src/diagram/layout/tree.ts';
import { LayoutCache } from '../../../server/src/diagram/layout/solver.ts';
import { labelDetail } from '../../../server/src/diagram/sizes.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { modelOf } from '../../tools/analyseText.ts';
import { generateModel } from '../models.ts';
import { table } from '../measure.ts';
import { dagreLayout } from './dagre.ts';
import { dotLayout } from './dot.ts';
import { qualityOf, type Drawn } from './drawn.ts';
import { ours } from './ours.ts';
import { wholeElk } from './wholeElk.ts';

const SIZES = [20, 50, 100, 200, 500];
/** Processor time after which an engine is not asked for larger graphs. */
const TOO_LONG = 15_000;
/** An engine becomes quick with use, as it does in a panel that stays open. */
const ROUNDS = 12;

type Engine = (graph: DiagramGraph) => Drawn | Promise<Drawn>;

/** The same graphs laid out by several engines, and what a change costs. Figures are processor time: others share the machine. */
export async function compareLayouts(machine: string): Promise<string> {
  const graphs = [
    ...samples(),
    ...SIZES.map((size): [string, DiagramGraph] => [`generated, ${size}`, graphOf(generateModel('local', size))]),
  ];
  const rows: string[][] = [];
  for (const [engine, make] of Object.entries(ENGINES)) {
    let last = 0;
    for (const [name, graph] of graphs) {
      if (last > TOO_LONG) rows.push([name, engine, 'not run', '', '', '', '', '', '', '']);
      else {
        const { cells, cost } = await rowOf(make, graph);
        last = cost;
        rows.push([name, engine, ...cells]);
      }
    }
  }
  const order = new Map(graphs.map(([name], at) => [name, at]));
  rows.sort((a, b) => order.get(a[0]!)! - order.get(b[0]!)!);
  const head = [
    'graph',
    'engine',
    'first',
    'again',
    'crossings',
    'through elements',
    'overlaps',
    'length, k px',
    'area, M px',
    'width : height',
  ];
  return [
    '# Layout engines compared',
    '',
    'Made by `npm run bench -- --layout --write`. The same graphs, sizes and labels for each engine. *First* and *again* are milliseconds of',
    'processor time of the whole process, in an engine that is new for each graph and in one that has laid the same graph out; wall time is',
    'about that on a machine that has nothing else to do. *Through elements*: lines that run across elements they do not belong to.',
    '*Overlaps*: elements on each other, or in a boundary that they are not in. What follows from it: [decision 6](decisions/0006-layout-by-boundary.md).',
    '',
    machine,
    '',
    table(head, rows),
    '',
    '## A change in one boundary, with everything else laid out before',
    '',
    await changes(),
    '',
  ].join('\n');
}

const ENGINES: Readonly<Record<string, () => Engine>> = {
  'elk by boundary (ours)': () => {
    const elk = createElk();
    return (graph) => ours(graph, elk);
  },
  'elk, everything at once': () => {
    const elk = createElk();
    return (graph) => wholeElk(buildTree(graph), labelDetail(graph.edges.length), elk, { 'elk.direction': 'DOWN' });
  },
  'elk, everything at once, thoroughness 1': () => {
    const elk = createElk();
    const more = { 'elk.direction': 'DOWN', 'elk.layered.thoroughness': '1' };
    return (graph) => wholeElk(buildTree(graph), labelDetail(graph.edges.length), elk, more);
  },
  '@dagrejs/dagre': () => (graph) => dagreLayout(buildTree(graph), labelDetail(graph.edges.length)),
  'Graphviz dot (wasm)': () => (graph) => dotLayout(buildTree(graph), labelDetail(graph.edges.length)),
};

async function rowOf(make: () => Engine, graph: DiagramGraph): Promise<{ cells: string[]; cost: number }> {
  try {
    const engine = make();
    const first = await cost(() => engine(graph));
    const again: number[] = [];
    for (let round = 0; round < Math.max(1, Math.min(ROUNDS, 4000 / first.cost)); round++)
      again.push((await cost(() => engine(graph))).cost);
    const quality = qualityOf(first.result, chainsOf(graph));
    const cells = [
      first.cost.toFixed(0),
      Math.min(...again).toFixed(0),
      ...[quality.crossings, quality.through, quality.overlaps].map(String),
      ...[quality.length, quality.area, quality.aspect].map((value) => value.toFixed(1)),
    ];
    return { cells, cost: first.cost };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { cells: [`fails: ${reason.replaceAll(/[|\n]/g, ' ').slice(0, 60)}`, '', '', '', '', '', '', ''], cost: 0 };
  }
}

/** An element with a flow, or a flow, more in each boundary in turn. */
async function changes(): Promise<string> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    const graph = graphOf(generateModel('local', size));
    const elk = createElk();
    const cache = new LayoutCache();
    for (let round = 0; round < Math.max(2, ROUNDS - size / 50); round++) await ours(graph, elk);
    await ours(graph, elk, { cache });
    const costs: { element: number[]; flow: number[] } = { element: [], flow: [] };
    for (const { id } of graph.boundaries.slice(0, 16)) {
      const inside = graph.nodes.filter(({ boundary }) => boundary === id);
      const [node, , other] = inside;
      const edge = graph.edges[0];
      if (!node || !other || !edge) continue;
      const flow = { ...edge, id: `new-${id}`, flow: `new-${id}`, from: node.id, to: other.id, crosses: [] };
      const added = { ...node, id: `more-${id}`, title: 'Another one' };
      const more = { ...graph, nodes: [...graph.nodes, added], edges: [...graph.edges, { ...flow, to: added.id }] };
      costs.element.push((await cost(() => ours(more, elk, { cache }))).cost);
      costs.flow.push((await cost(() => ours({ ...graph, edges: [...graph.edges, flow] }, elk, { cache }))).cost);
    }
    rows.push([String(size), ...[costs.element, costs.flow].flatMap((list) => [percentile(list, 0.5), percentile(list, 0.9)])]);
  }
  return table(['elements', 'new element, p50', 'p90', 'new flow, p50', 'p90'], rows);
}

function percentile(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0);
}

async function cost<T>(run: () => T | Promise<T>): Promise<{ cost: number; result: T }> {
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  return { cost: (user + system) / 1000, result };
}

function samples(): [string, DiagramGraph][] {
  const folder = new URL('../../../samples/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.before.threatmodel.yaml'))
    .map((name) => [name.replace('.before.threatmodel.yaml', ''), graphOf(readFileSync(new URL(name, folder), 'utf8'))]);
}

function graphOf(text: string): DiagramGraph {
  return buildGraph(modelOf(text), readCatalogue());
}

function chainsOf({ nodes, boundaries }: DiagramGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const parents = new Map(boundaries.map(({ id, parent }) => [id, parent]));
  return new Map(
    nodes.map(({ id, boundary }) => {
      const chain = new Set<string>();
      for (let at = boundary; at !== undefined && !chain.has(at); at = parents.get(at)) chain.add(at);
      return [id, chain];
    }),
  );
}
