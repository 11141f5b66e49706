import assert from 'node:assert/strict';
import { createElk } from '../../../server/src/diagram/elk.ts';
import {
  driftedPins,
  layoutGraph,
  parsePins,
  pinAt,
  pinScene,
  pinsFileOf,
  readPins,
  writePins,
  type Pins,
  type Scene,
} from '../../../server/src/diagram/index.ts';
import { boundary, edge, graph, node } from './support.ts';

const GRAPH = graph({
  boundaries: [boundary('zone')],
  nodes: [node('a', 'zone'), node('b', 'zone'), node('free')],
  edges: [edge('f', 'a', 'b'), edge('g', 'b', 'a'), edge('h', 'free', 'a')],
});

describe('elements put somewhere by hand', () => {
  let scene: Scene;
  before(async () => {
    scene = await layoutGraph(GRAPH, createElk());
  });
  const box = (of: Scene, id: string) => of.nodes.find((it) => it.node.id === id)!;
  const zone = () => scene.boundaries[0]!;
  const pins = (entries: Record<string, { in?: string; x: number; y: number }>): Pins => parsePins(entries)!;

  it('stand where they were put, and nothing else moves', () => {
    const { x, y } = box(scene, 'a');
    const pinned = pinScene(scene, new Map([['a', pinAt(scene, 'a', { x: x + 3, y: y + 5 })!]]));
    assert.deepEqual([box(pinned, 'a').x, box(pinned, 'a').y], [x + 3, y + 5]);
    assert.deepEqual(box(pinned, 'b'), box(scene, 'b'));
    assert.deepEqual(box(pinned, 'free'), box(scene, 'free'));
  });

  it('their flows end at their borders, apart from each other', () => {
    const pinned = pinScene(scene, pins({ a: { in: 'zone', x: 12, y: 40 } }));
    const [f, g] = ['f', 'g'].map((id) => pinned.edges.find(({ edge: it }) => it.id === id)!);
    const onBorder = (id: string, { x, y }: { x: number; y: number }): boolean => {
      const at = box(pinned, id);
      const beside = x === at.x || x === at.x + at.width;
      return beside ? y >= at.y && y <= at.y + at.height : (y === at.y || y === at.y + at.height) && x >= at.x && x <= at.x + at.width;
    };
    assert.ok(onBorder('a', f!.points[0]!) && onBorder('b', f!.points.at(-1)!), JSON.stringify(f!.points));
    assert.ok(onBorder('b', g!.points[0]!) && onBorder('a', g!.points.at(-1)!), JSON.stringify(g!.points));
    assert.notDeepEqual(f!.points, g!.points.toReversed());
  });

  it('do not leave their boundary', () => {
    for (const [x, y] of [
      [-500, -500],
      [9000, 9000],
    ]) {
      const at = box(pinScene(scene, pins({ a: { in: 'zone', x: x!, y: y! } })), 'a');
      assert.ok(at.x >= zone().x && at.x + at.width <= zone().x + zone().width, String(at.x));
      assert.ok(at.y >= zone().y && at.y + at.height <= zone().y + zone().height, String(at.y));
    }
    const free = pinScene(scene, pins({ free: { x: 3000, y: 2000 } }));
    assert.ok(free.width > 3000 && free.height > 2000, 'the picture grows');
  });

  it('that are gone or elsewhere change nothing, and are named', () => {
    const drifted = pins({ a: { in: 'other', x: 1, y: 1 }, gone: { x: 1, y: 1 }, free: { x: 40, y: 40 } });
    assert.deepEqual(driftedPins(GRAPH.nodes, drifted), ['a', 'gone']);
    assert.deepEqual(box(pinScene(scene, drifted), 'a'), box(scene, 'a'));
    assert.equal(pinScene(scene, new Map()), scene);
    assert.equal(pinAt(scene, 'gone', { x: 1, y: 1 }), undefined);
  });

  it('are kept in a file beside the model, the same bytes for the same places', () => {
    assert.equal(pinsFileOf('/m/shop.threatmodel.yaml'), '/m/shop.threatmodel.layout.json');
    const some = pins({ b: { in: 'zone', x: 1, y: 2 }, a: { x: 3, y: 4 } });
    assert.deepEqual([...readPins(writePins(some))!].sort(), [...some].sort());
    assert.equal(writePins(some), writePins(new Map([...some].reverse())));
  });

  it('are read with suspicion', () => {
    for (const text of ['', '[]', '{"version":2,"pins":{}}', '{"version":1,"pins":[]}', 'null'])
      assert.equal(readPins(text), undefined, text);
    const text =
      '{"version":1,"pins":{"__proto__":{"x":1,"y":1},"a b":{"x":1,"y":1},"far":{"x":1e99,"y":0},"no":{"x":"1","y":0},"ok":{"x":1,"y":0}}}';
    assert.deepEqual([...readPins(text)!.keys()], ['ok']);
  });
});
