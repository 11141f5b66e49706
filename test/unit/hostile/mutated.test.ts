import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { BASES, mutate, MUTATIONS, Random } from './mutate.ts';
import { pictureOf, snapshotOf } from './pipeline.ts';
import { VERSIONS_IN_SESSION, type Outcome, type Share } from './sessions.ts';

const VERSIONS = 10_000;

async function playAside(share: Share): Promise<Outcome> {
  const child = fork(new URL('./sessions.ts', import.meta.url), { execArgv: ['--import=tsx', '--max-semi-space-size=64'] });
  const ended = once(child, 'exit').then(([code]) => assert.fail(`the process ended with ${String(code)} before it was done`));
  child.send(share);
  const [outcome] = (await Promise.race([once(child, 'message'), ended])) as [Outcome];
  return outcome;
}

describe('damaged models', function () {
  this.timeout(600_000);

  it('go through everything: 10,000 of them', async () => {
    const step = Math.min(4, availableParallelism());
    const sessions = VERSIONS / VERSIONS_IN_SESSION;
    const outcomes = await Promise.all(Array.from({ length: step }, (_, first) => playAside({ first, step, sessions })));
    for (const { failure } of outcomes) assert.ok(failure === undefined, failure);
    assert.equal(
      outcomes.reduce((sum, { versions }) => sum + versions, 0),
      VERSIONS,
    );
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
        assert.fail(`seed ${seed}: ${(error as Error).stack}\n${text}`);
      }
    }
  });

  for (const [how, mutation] of Object.entries(MUTATIONS)) {
    it(`are damaged, among other ways, like this: ${how}`, () => {
      const random = new Random(1);
      const text = BASES.join('\n');
      assert.ok(Array.from({ length: 5 }, () => mutation(text, random)).some((it) => it !== text));
    });
  }
});
