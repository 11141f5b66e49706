import assert from 'node:assert/strict';
import { createElk } from '../../../server/src/diagram/elk.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { BASES, mutate, MUTATIONS, Random } from './mutate.ts';
import { NO_ENGINE, pictureOf, reportsOf, snapshotOf } from './pipeline.ts';

const VERSIONS = 10_000;
/** So many versions come from each other, as in an editing session, before a whole model is taken again. */
const SESSION = 5;
const PARTS = 10;

describe('10,000 damaged models', function () {
  this.timeout(120_000);

  for (let part = 0; part < PARTS; part++) {
    it(`go through everything: part ${part + 1} of ${PARTS}`, async () => {
      for (let session = 0; session < VERSIONS / PARTS / SESSION; session++) {
        const seed = part * 100_000 + session;
        const random = new Random(seed);
        let text = random.one(BASES);
        let snapshot: Snapshot | undefined = snapshotOf(text);
        const history: string[] = [];
        for (let version = 0; version < SESSION; version++) {
          const before = text;
          const mutated = mutate(text, random);
          text = mutated.text;
          history.push(mutated.how);
          try {
            snapshot = snapshotOf(text, snapshot);
            await pictureOf(snapshot, NO_ENGINE);
            reportsOf(snapshot);
          } catch (error) {
            assert.fail(`seed ${seed}, ${history.join(', ')}\n${(error as Error).stack}\n--- before:\n${before}\n--- text:\n${text}`);
          }
        }
      }
    });
  }

  it('are damaged in every way', () => {
    const random = new Random(1);
    const text = BASES[0]!;
    for (const [how, mutation] of Object.entries(MUTATIONS)) {
      const changed = Array.from({ length: 20 }, () => mutation(text, random)).some((it) => it !== text);
      assert.ok(changed || how === 'swap quotes', how);
    }
  });

  it('are laid out by the real engine: 50 of them', async () => {
    const engine = createElk();
    for (let seed = 0; seed < 50; seed++) {
      const random = new Random(7_000_000 + seed);
      let { text } = mutate(random.one(BASES), random);
      for (let more = random.below(3); more > 0; more--) ({ text } = mutate(text, random));
      try {
        await pictureOf(snapshotOf(text), engine);
      } catch (error) {
        assert.fail(`seed ${seed}\n${(error as Error).stack}\n${text}`);
      }
    }
  });
});
