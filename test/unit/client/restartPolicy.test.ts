import assert from 'node:assert/strict';
import { RestartPolicy } from '../../../client/src/features/languageServer/restartPolicy.ts';

describe('restarts of a crashed server', () => {
  const minute = 60_000;

  it('are four in three minutes, not more', () => {
    let now = 0;
    const policy = new RestartPolicy(() => now);
    const answers = [0, 1, 2, 3, 4].map((at) => {
      now = at * 1000;
      return policy.mayRestart();
    });
    assert.deepEqual(answers, [true, true, true, true, false]);
  });

  it('are allowed again when the crashes are long ago', () => {
    let now = 0;
    const policy = new RestartPolicy(() => now);
    while (policy.mayRestart());
    now = 3 * minute - 1;
    assert.equal(policy.mayRestart(), false);
    now = 3 * minute;
    assert.equal(policy.mayRestart(), true);
  });

  it('go on for ever when crashes are rare', () => {
    let now = 0;
    const policy = new RestartPolicy(() => (now += minute));
    assert(Array.from({ length: 20 }, () => policy.mayRestart()).every(Boolean));
  });
});
