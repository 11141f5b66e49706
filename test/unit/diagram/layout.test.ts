import assert from 'node:assert/strict';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { layoutGraph, type Box, type DiagramGraph, type ElkLike, type Scene } from '../../../server/src/diagram/index.ts';
import { measureText } from '../../../server/src/diagram/measure.ts';
import { BOUNDARY_TITLE, KIND } from '../../../server/src/diagram/sizes.ts';
import { boundary, edge, graph, madeUp, node } from './support.ts';

const elk = createElk();

function inside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** What must hold of every scene. */
function assertSound(scene: Scene, of: DiagramGraph): void {
  const canvas: Box = { x: 0, y: 0, width: scene.width, height: scene.height };
  const boundaries = new Map(scene.boundaries.map((box) => [box.boundary.id, box]));
  assert.deepEqual(
    scene.nodes.map((box) => box.node.id),
    of.nodes.map(({ id }) => id),
  );
  assert.deepEqual([...boundaries.keys()].sort(), of.boundaries.map(({ id }) => id).sort());
  assert.deepEqual(
    scene.edges.map((line) => line.edge.id),
    of.edges.map(({ id }) => id),
  );
  for (const box of [...scene.nodes, ...scene.boundaries]) assert.ok(inside(box, canvas));
  for (const box of scene.nodes) {
    const around = box.node.boundary === undefined ? undefined : boundaries.get(box.node.boundary);
    if (around) assert.ok(inside(box, around), `${box.node.id} inside ${around.boundary.id}`);
  }
  for (const box of scene.boundaries) {
    const around = box.boundary.parent === undefined ? undefined : boundaries.get(box.boundary.parent);
    if (around) assert.ok(inside(box, around), `${box.boundary.id} inside ${around.boundary.id}`);
  }
  scene.nodes.forEach((a, index) => {
    for (const b of scene.nodes.slice(index + 1)) assert.ok(!overlap(a, b), `${a.node.id} overlaps ${b.node.id}`);
  });
  for (const line of scene.edges) {
    assert.ok(line.points.length >= 2, line.edge.id);
    for (const { x, y } of line.points) assert.ok(Number.isFinite(x) && Number.isFinite(y), line.edge.id);
  }
  const numbers = JSON.stringify(scene).match(/-?\d+\.\d+/g) ?? [];
  assert.deepEqual(
    numbers.filter((number) => number.split('.')[1]!.length > 2),
    [],
  );
}

function assertLabelsFree(scene: Scene): void {
  for (const { edge: flow, label } of scene.edges) {
    if (label) for (const box of scene.nodes) assert.ok(!overlap(label, box), `label of ${flow.id} on ${box.node.id}`);
  }
}

/** Whether a line ends at the border of a box. */
function touches(point: { readonly x: number; readonly y: number }, box: Box): boolean {
  return inside(
    { ...point, width: 0, height: 0 },
    { x: box.x - 0.02, y: box.y - 0.02, width: box.width + 0.04, height: box.height + 0.04 },
  );
}

describe('layout', () => {
  it('lays out 60 elements: nothing overlaps, everything is inside its boundary, labels are free', async () => {
    const of = madeUp(60);
    const scene = await layoutGraph(of, elk);
    assert.equal(scene.fallback, undefined);
    assertSound(scene, of);
    assertLabelsFree(scene);
  });

  it('lays out 300 elements', async () => {
    const of = madeUp(300);
    const scene = await layoutGraph(of, elk);
    assert.equal(scene.fallback, undefined);
    assertSound(scene, of);
  });

  it('gives the same scene for the same graph', async () => {
    assert.deepEqual(await layoutGraph(madeUp(24), elk), await layoutGraph(madeUp(24), createElk()));
  });

  it('routes flows across nested boundaries from border to border', async () => {
    const of = graph({
      boundaries: [boundary('out'), boundary('in', 'out'), boundary('deep', 'in'), boundary('other')],
      nodes: [node('a', 'deep'), node('b', 'other'), node('c'), node('d', 'out')],
      edges: [edge('ab', 'a', 'b'), edge('bc', 'b', 'c'), edge('ca', 'c', 'a'), edge('da', 'd', 'a'), edge('ad', 'a', 'd')],
    });
    const scene = await layoutGraph(of, elk);
    assertSound(scene, of);
    const boxes = new Map(scene.nodes.map((box) => [box.node.id, box]));
    for (const { edge: flow, points } of scene.edges) {
      assert.ok(touches(points[0]!, boxes.get(flow.from)!), `${flow.id} begins at ${flow.from}`);
      assert.ok(touches(points.at(-1)!, boxes.get(flow.to)!), `${flow.id} ends at ${flow.to}`);
    }
  });

  it('gives parallel flows and flows to oneself lines of their own', async () => {
    const of = graph({
      nodes: [node('a'), node('b')],
      edges: [edge('f', 'a', 'b'), edge('g', 'a', 'b'), edge('h', 'b', 'a'), edge('self', 'a', 'a')],
    });
    const scene = await layoutGraph(of, elk);
    assertSound(scene, of);
    assert.equal(new Set(scene.edges.map(({ points }) => JSON.stringify(points))).size, 4);
  });

  for (const [where, parent] of [
    ['outside', undefined],
    ['in a boundary', 'zone'],
    ['in a boundary with flows', 'busy'],
  ] as const) {
    it(`packs isolated elements ${where}`, async () => {
      const lonely = Array.from({ length: 54 }, (_, index) => node(`n${index}`, parent));
      const of = graph({
        boundaries: [boundary('zone'), boundary('busy')],
        nodes: [...lonely, node('a', 'busy'), node('b')],
        edges: [edge('ab', 'a', 'b')],
      });
      const scene = await layoutGraph(of, elk);
      assertSound(scene, of);
      const aspect = scene.width / scene.height;
      assert.ok(aspect > 0.4 && aspect < 4, `${scene.width} × ${scene.height}`);
    });
  }

  it('gives each boundary room for its title and kind', async () => {
    const wide = boundary('b', undefined, { title: 'A boundary with a rather long title', kindLabel: 'Network zone' });
    for (const edges of [[], [edge('ab', 'a', 'b2')]]) {
      const scene = await layoutGraph(graph({ boundaries: [wide], nodes: [node('a', 'b'), node('b2')], edges }), elk);
      assert.ok(scene.boundaries[0]!.width > 300, String(scene.boundaries[0]!.width));
    }
  });

  it('puts titles and kinds of boundaries beside the flows that pass there', async () => {
    let moved = 0;
    for (const size of [24, 60, 150]) {
      const plain = madeUp(size);
      const of = { ...plain, boundaries: plain.boundaries.map((it) => ({ ...it, title: `The ${it.title}`, kindLabel: 'Network zone' })) };
      const scene = await layoutGraph(of, elk);
      for (const { x, y, width, boundary: zone, titleAt = x + 16, kindAt = x + width - 16 } of scene.boundaries) {
        if (titleAt !== x + 16 || kindAt !== x + width - 16) moved++;
        const title = { x: titleAt, y: y + 12, width: measureText(zone.title, BOUNDARY_TITLE), height: 12 };
        const kindWidth = measureText(zone.kindLabel, KIND);
        const kind = { ...title, x: kindAt - kindWidth, width: kindWidth };
        assert.ok(titleAt >= x && kindAt <= x + width && !overlap(title, kind), zone.id);
        for (const { edge: flow, points } of scene.edges) {
          points.slice(1).forEach((to, at) => {
            const from = points[at]!;
            const line = {
              ...{ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) },
              ...{ width: Math.abs(to.x - from.x) + 0.1, height: Math.abs(to.y - from.y) + 0.1 },
            };
            assert.ok(!overlap(line, title) && !overlap(line, kind), `${flow.id} on the title of ${zone.id}`);
          });
        }
      }
    }
    assert.ok(moved > 5, String(moved));
  });

  it('shows no label on later legs, and fewer words where there are many flows', async () => {
    const of = graph({
      nodes: [node('a'), node('b'), node('c')],
      edges: [edge('f', 'a', 'b', { data: ['Mail'] }), edge('f#2', 'b', 'c', { flow: 'f' })],
    });
    const labels = (await layoutGraph(of, elk)).edges.map(({ label }) => label?.lines);
    assert.deepEqual(labels, [['Prompt', 'Mail'], undefined]);
    const many = Array.from({ length: 61 }, (_, index) => edge(`g${index}`, 'a', 'b', { data: ['Mail'] }));
    const fewer = (await layoutGraph({ ...of, edges: many }, elk)).edges.map(({ label }) => label?.lines);
    assert.deepEqual(fewer[0], ['Prompt']);
  });

  const broken: readonly (readonly [string, DiagramGraph])[] = [
    ['no element at all', graph({})],
    ['only an empty boundary', graph({ boundaries: [boundary('b')] })],
    [
      'boundaries in a circle',
      graph({ boundaries: [boundary('a', 'b'), boundary('b', 'a'), boundary('c', 'c')], nodes: [node('n', 'a')] }),
    ],
    ['a parent that is not there', graph({ boundaries: [boundary('a', 'gone')], nodes: [node('n', 'gone')] })],
    [
      'ids that objects inherit',
      graph({ nodes: [node('__proto__'), node('constructor')], edges: [edge('toString', '__proto__', 'constructor')] }),
    ],
    [
      'nesting without end',
      graph({
        boundaries: Array.from({ length: 400 }, (_, i) => boundary(`b${i}`, i > 0 ? `b${i - 1}` : undefined)),
        nodes: [node('n', 'b399')],
      }),
    ],
  ];
  for (const [name, of] of broken) {
    it(`survives ${name}`, async () => {
      const scene = await layoutGraph(of, elk);
      assert.equal(scene.fallback, undefined);
      assert.deepEqual(
        scene.nodes.map((box) => box.node.id),
        of.nodes.map(({ id }) => id),
      );
      assert.equal(scene.boundaries.length, of.boundaries.length);
      assert.ok(scene.width > 0 && scene.height > 0);
    });
  }

  it('leaves out flows without two ends and things that are there twice', async () => {
    const scene = await layoutGraph(
      graph({ nodes: [node('a'), node('a')], edges: [edge('f', 'a', 'gone'), edge('g', 'a', 'a'), edge('g', 'a', 'a')] }),
      elk,
    );
    assert.deepEqual([scene.nodes.length, scene.edges.map((line) => line.edge.id)], [1, ['g']]);
  });

  describe('when the engine fails', () => {
    const of = madeUp(20);
    const failing: readonly (readonly [string, ElkLike])[] = [
      ['rejects', { layout: () => Promise.reject(new Error('out of luck')) }],
      [
        'throws',
        {
          layout: () => {
            throw new Error('out of luck');
          },
        },
      ],
      ['answers nonsense', { layout: () => Promise.resolve({ id: 'root', children: [{ id: 'n0', x: NaN }] }) }],
      ['answers nothing', { layout: () => Promise.resolve({ id: 'root' }) }],
    ];
    for (const [name, engine] of failing) {
      it(`${name}: a plain grid stands in and says so`, async () => {
        const scene = await layoutGraph(of, engine);
        assert.match(scene.fallback ?? '', /Plain grid/);
        assertSound(scene, of);
      });
    }

    it('on the chosen options only: the modest ones are tried', async () => {
      const picky: ElkLike = {
        layout: (input) =>
          input.layoutOptions?.['elk.layered.thoroughness'] === undefined ? elk.layout(input) : Promise.reject(new Error('unsupported')),
      };
      const scene = await layoutGraph(of, picky);
      assert.equal(scene.fallback, undefined);
      assertSound(scene, of);
    });

    it('for a flow it gave no way, the line is straight', async () => {
      const forgetful: ElkLike = { layout: async (input) => ({ ...(await elk.layout(input)), edges: [] }) };
      const small = graph({ nodes: [node('a'), node('b')], edges: [edge('f', 'a', 'b'), edge('self', 'a', 'a')] });
      const scene = await layoutGraph(small, forgetful);
      assertSound(scene, small);
    });
  });
});
