import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createElk } from '../../../server/src/diagram/elk.ts';
import type { ElkLike } from '../../../server/src/diagram/index.ts';
import { elkOf } from '../../../server/src/elkFile.ts';

const FILE = createRequire(import.meta.url).resolve('elkjs/lib/elk-worker.min.js');
type Graph = Parameters<ElkLike['layout']>[0];

function graph(size: number): Graph {
  const ids = Array.from({ length: size }, (_, at) => `n${at}`);
  return {
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered' },
    children: ids.map((id) => ({ id, width: 80, height: 40 })),
    edges: ids.slice(1).map((id, at) => ({ id: `e${at}`, sources: [`n${at >> 1}`], targets: [id] })),
  };
}

/** Without the numbers that an engine gives to what it has seen so far. */
function placesIn(laid: unknown): unknown {
  return JSON.parse(JSON.stringify(laid, (key, value: unknown) => (key === '$H' ? undefined : value)));
}

describe('layout in a thread', function () {
  this.timeout(60_000);

  it('is that of the same thread, while others have their turn', async () => {
    const elk = elkOf(FILE);
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      turns++;
      if (!isDone) setImmediate(turn);
    };
    turn();
    const laid = await elk.layout(graph(150));
    isDone = true;
    elk.close();
    assert.deepEqual(placesIn(laid), placesIn(await createElk().layout(graph(150))));
    assert.ok(turns > 50, `${turns} turns`);
  });

  it('fails for who waits when the engine cannot be read, or is closed', async () => {
    await assert.rejects(elkOf('/nothing/here.js').layout(graph(2)), /ENOENT/);
    const elk = elkOf(FILE);
    const unwanted = elk.layout(graph(500));
    elk.close();
    await assert.rejects(unwanted, /has ended/);
  });
});
