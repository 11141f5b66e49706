import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { LayoutCache, layoutGraph, type DiagramGraph, type ElkLike, type Scene } from '../../../server/src/diagram/index.ts';
import { randomEdits } from '../../bench/edits.ts';
import { boundary, edge, graph, madeUp, node } from './support.ts';

const elk = createElk();

/** Counts how many boundaries (or parts of one) the engine was asked for. */
function counting(): ElkLike & { asked: number } {
  const counter = {
    asked: 0,
    layout: (input: Parameters<ElkLike['layout']>[0]) => {
      counter.asked++;
      return elk.layout(input);
    },
  };
  return counter;
}

/** Where the elements of a boundary are in it. */
function placesIn(scene: Scene, id: string): readonly (readonly [string, number, number])[] {
  const box = scene.boundaries.find((it) => it.boundary.id === id)!;
  return scene.nodes
    .filter(({ node: { boundary: place } }) => place === id)
    .map(({ node: { id: element }, x, y }) => [element, Math.round(x - box.x), Math.round(y - box.y)] as const);
}

function withElement(to: DiagramGraph, inside: string | undefined, id: string, ends: readonly string[]): DiagramGraph {
  return {
    ...to,
    nodes: [...to.nodes, node(id, inside)],
    edges: [...to.edges, ...ends.map((end, index) => edge(`${id}-${index}`, end, id))],
  };
}

describe('layout again', () => {
  const before = madeUp(40);

  it('asks the engine nothing when nothing changed', async () => {
    const cache = new LayoutCache();
    const engine = counting();
    const first = await layoutGraph(before, engine, { cache });
    const asked = engine.asked;
    assert.ok(asked > 2);
    assert.deepEqual(await layoutGraph(before, engine, { cache }), first);
    assert.equal(engine.asked, asked);
  });

  it('asks only for the boundary of a change and those around it, and moves nothing in the others', async () => {
    const cache = new LayoutCache();
    const engine = counting();
    const first = await layoutGraph(before, engine, { cache });
    const whole = engine.asked;
    const place = before.boundaries.find(({ parent }) => parent !== undefined)!;
    const member = before.nodes.find(({ boundary: inside }) => inside === place.id)!;
    engine.asked = 0;
    const second = await layoutGraph(withElement(before, place.id, 'extra', [member.id]), engine, { cache });
    assert.ok(engine.asked <= 3, `${engine.asked} of ${whole}`);
    for (const { id } of before.boundaries) {
      if (id !== place.id && id !== place.parent) assert.deepEqual(placesIn(second, id), placesIn(first, id), id);
    }
  });

  it('asks for nothing around a boundary whose size stays the same', async () => {
    const nodes = [node('a', 'zone'), node('b', 'zone'), node('c', 'zone'), node('d', 'zone'), node('out')];
    const edges = [edge('ab', 'a', 'b'), edge('ac', 'a', 'c'), edge('ad', 'a', 'd'), edge('out', 'out', 'a')];
    const small = graph({ boundaries: [boundary('zone')], nodes, edges });
    const cache = new LayoutCache();
    const engine = counting();
    await layoutGraph(small, engine, { cache });
    engine.asked = 0;
    // The same sizes in another order are another problem inside, with the same size outside.
    const title = { title: 'x' };
    await layoutGraph({ ...small, nodes: nodes.map((it) => (it.id === 'c' ? { ...it, ...title } : it)) }, engine, { cache });
    assert.equal(engine.asked, 0);
  });

  it('gives what a layout from scratch gives, whatever was laid out before', async () => {
    const ids = before.nodes.map(({ id }) => id);
    const zones = [undefined, ...before.boundaries.map(({ id }) => id)];
    const change = fc.record({ zone: fc.constantFrom(...zones), ends: fc.subarray(ids, { maxLength: 3 }), gone: fc.constantFrom(...ids) });
    const cache = new LayoutCache();
    await fc.assert(
      fc.asyncProperty(change, async ({ zone, ends, gone }) => {
        const added = withElement(before, zone, 'extra', ends);
        const changed: DiagramGraph = {
          ...added,
          nodes: added.nodes.filter(({ id }) => id !== gone),
          edges: added.edges.filter(({ from, to }) => from !== gone && to !== gone),
        };
        assert.deepEqual(await layoutGraph(changed, elk, { cache }), await layoutGraph(changed, elk));
      }),
      { numRuns: 5 },
    );
  });

  it('runs in the direction that fits the place', async () => {
    const chain = graph({
      nodes: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => node(id)),
      edges: ['ab', 'bc', 'cd', 'de', 'ef'].map((id) => edge(id, id[0]!, id[1]!)),
    });
    const aspectOf = async (aspect: number): Promise<number> => {
      const { width, height } = await layoutGraph(chain, elk, { aspect });
      return width / height;
    };
    assert.ok((await aspectOf(3)) > 1.5);
    assert.ok((await aspectOf(0.4)) < 0.7);
  });

  describe('with a draft', () => {
    /** The draft of an edit, how often the engine was asked before it, and the layout. */
    async function drafted(from: DiagramGraph, to: DiagramGraph): Promise<{ draft: Scene | undefined; asked: number; scene: Scene }> {
      const cache = new LayoutCache();
      const engine = counting();
      await layoutGraph(from, engine, { cache });
      engine.asked = 0;
      let draft: Scene | undefined;
      let asked = -1;
      const show = (scene: Scene): void => void ([draft, asked] = [scene, engine.asked]);
      const scene = await layoutGraph(to, engine, { cache, draft: show });
      return { draft, asked: draft ? asked : engine.asked, scene };
    }

    for (const size of [50, 120]) {
      it(`asks for nothing before an edit can be seen: ${size} elements`, async () => {
        const from = madeUp(size);
        const asked: number[] = [];
        for (const { graph: to } of randomEdits(from, 12)) {
          const it = await drafted(from, to);
          asked.push(it.asked);
          if (size === 50) assert.deepEqual(it.scene, await layoutGraph(to, elk), 'the draft leaves nothing behind');
          if (it.draft) assertDraft(it.draft, to);
        }
        // Where there is no draft, the layout itself was known, or asked for what has grown out of it.
        asked.sort((a, b) => a - b);
        assert.ok(asked[10] === 0, asked.join());
      });
    }

    it('keeps the order of what is in the boundaries around the edit', async () => {
      const place = before.boundaries.find(({ parent }) => parent !== undefined)!;
      const member = before.nodes.find(({ boundary: inside }) => inside === place.id)!;
      const first = await layoutGraph(before, elk);
      const { draft } = await drafted(before, withElement(before, place.id, 'extra', [member.id]));
      assert.ok(draft);
      const inside = new Set(before.nodes.filter(({ boundary: it }) => it === place.id).map(({ id }) => id));
      for (const axis of ['x', 'y'] as const) {
        const others = (scene: Scene): Scene['nodes'] => scene.nodes.filter((it) => it.node.id !== 'extra' && !inside.has(it.node.id));
        const [was, is] = [others(first), others(draft)];
        was.forEach((a, at) =>
          was.forEach((b, other) => {
            if (a.node.boundary === b.node.boundary && a[axis] < b[axis] - 1)
              assert.ok(is[at]![axis] < is[other]![axis], `${a.node.id} before ${b.node.id}`);
          }),
        );
      }
    });

    it('is not shown when it would be the layout, and when nothing is known', async () => {
      const never = (): void => assert.fail('a draft');
      const cache = new LayoutCache();
      await layoutGraph(before, elk, { cache, draft: never });
      await layoutGraph(before, elk, { cache, draft: never });
    });
  });
});

function assertDraft(scene: Scene, of: DiagramGraph): void {
  assert.deepEqual(scene.nodes.map((box) => box.node.id).sort(), of.nodes.map(({ id }) => id).sort());
  scene.nodes.forEach((a, at) => {
    for (const b of scene.nodes.slice(at + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      assert.ok(apart, `${a.node.id} on ${b.node.id}`);
    }
  });
  const boxes = new Map(scene.nodes.map((box) => [box.node.id, box]));
  for (const { edge: flow, points } of scene.edges) {
    for (const [point, id] of [
      [points[0]!, flow.from],
      [points.at(-1)!, flow.to],
    ] as const) {
      const box = boxes.get(id)!;
      const inX = point.x >= box.x - 0.02 && point.x <= box.x + box.width + 0.02;
      const inY = point.y >= box.y - 0.02 && point.y <= box.y + box.height + 0.02;
      assert.ok(inX && inY, `${flow.id} at ${id}`);
    }
    // Right angles, but for a flow that has no way yet.
    if (points.length > 2)
      points.slice(1).forEach((point, at) => {
        const last = points[at]!;
        assert.ok(Math.abs(point.x - last.x) < 0.02 || Math.abs(point.y - last.y) < 0.02, `${flow.id} has right angles`);
      });
  }
}
