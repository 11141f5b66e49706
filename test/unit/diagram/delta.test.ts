import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyDelta, deltaBetween, type DrawingDelta } from '../../../server/src/diagram/delta.ts';
import { drawn } from '../../../server/src/diagram/drawing.ts';
import { createElk } from '../../../server/src/diagram/elk.ts';
import {
  DrawMemo,
  keepGraph,
  keepScene,
  layoutGraph,
  paletteOf,
  renderScene,
  type DiagramFinding,
  type DiagramGraph,
  type DiagramMarks,
  type VElement,
} from '../../../server/src/diagram/index.ts';
import { countBySubject } from '../../../server/src/diagram/badges.ts';
import { randomEdits } from '../../bench/edits.ts';
import { madeUp } from './support.ts';

function marksOf(subjects: readonly string[]): DiagramMarks {
  const findings = subjects.map((subject, at): DiagramFinding => {
    const severity = at % 2 === 0 ? 'high' : 'low';
    const words = { rule: 'r', ruleTitle: 'R', message: `At ${subject}`, category: '' } as const;
    const lists = { missing: [], present: [], principles: [], lanes: [], taxonomies: [], trail: [subject] };
    return { key: `${severity} ${subject}`, ...words, ...lists, severity, state: 'open', subject };
  });
  return { counts: countBySubject(findings), findings, names: {} };
}

function travelled<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe('what has changed of a drawing', () => {
  const graph = madeUp(60);
  const marks = marksOf(graph.nodes.map(({ id }) => id));

  it('gives the later drawing, and only what differs is another object', () => {
    const ids = graph.nodes.map(({ id }) => id);
    const edits = randomEdits(graph, 24);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.shuffledSubarray(ids), (at, subjects) => {
        const after = { graph: edits[at]!.graph, marks: marksOf(subjects) };
        const delta = travelled(deltaBetween(drawn(graph, marks), drawn(after.graph, after.marks)));
        const applied = applyDelta(graph, marks, delta);
        assert.deepEqual(applied, after);
        const known = new Set<object>([...graph.nodes, ...graph.edges]);
        const others = [...applied.graph.nodes, ...applied.graph.edges].filter((thing) => !known.has(thing));
        assert.ok(others.length <= 2, JSON.stringify(others));
        assert.ok(JSON.stringify({ ...delta, findings: [] }).length < 1500);
      }),
    );
  });

  it('is the same object when nothing has', () => {
    const applied = applyDelta(graph, marks, travelled(deltaBetween(drawn(graph, marks), drawn(travelled(graph), travelled(marks)))));
    assert.ok(applied?.graph === graph && applied.marks === marks);
  });

  it('is refused when it does not fit', () => {
    const delta = deltaBetween(drawn(graph, marks), drawn(graph, marks));
    const runs: readonly (readonly [number, number])[] = [
      [0, graph.nodes.length + 1],
      [-1, 2],
      [2, -1],
    ];
    for (const run of runs) assert.equal(applyDelta(graph, marks, { ...delta, nodes: [run] } as DrawingDelta), undefined);
  });
});

describe('what is made anew and is as before', () => {
  const graph = travelled(madeUp(40));

  it('is the same object again', async () => {
    assert.ok(keepGraph(graph, travelled(graph)) === graph);
    const elk = createElk();
    const scene = await layoutGraph(graph, elk);
    assert.ok(keepScene(scene, await layoutGraph(graph, elk)) === scene);
    const longer = graph.nodes.with(3, { ...graph.nodes[3]!, tags: ['EU'] });
    const changed: DiagramGraph = keepGraph(graph, travelled({ ...graph, nodes: longer }));
    assert.deepEqual(
      changed.nodes.filter((node) => !graph.nodes.includes(node)),
      [longer[3]],
    );
    assert.ok(changed.edges === graph.edges && changed.boundaries === graph.boundaries);
    assert.deepEqual(keepGraph(graph, { ...graph, title: 'New' }), { ...graph, title: 'New' });
  });

  it('is the same drawing, which is that of somebody who remembers nothing', async () => {
    const scene = await layoutGraph(graph, createElk());
    const palette = paletteOf('light');
    const memo = new DrawMemo();
    const draw = (marks: DiagramMarks, highlight?: string): VElement => {
      const drawing = renderScene(scene, marks, { palette, memo, highlight });
      assert.deepEqual(drawing, renderScene(scene, marks, { palette, highlight }));
      return drawing;
    };
    const things = (drawing: VElement): Set<unknown> =>
      new Set((drawing.children[0] as VElement).children.flatMap((layer) => (layer as VElement).children));
    const before = things(draw(marksOf(['e1', 'e2'])));
    assert.deepEqual(
      [...things(draw(marksOf(['e1', 'e2'])))].filter((it) => !before.has(it)),
      [],
    );
    const ids = [...things(draw(marksOf(['e1', 'e2', 'e3'])))].flatMap((it) => (before.has(it) ? [] : (it as VElement).attrs['data-id']));
    assert.deepEqual(ids, ['e3']);
    draw(marksOf(['e1', 'f1']), 'high e1');
  });
});
