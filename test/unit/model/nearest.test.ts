import assert from 'node:assert/strict';
import { distanceWithin } from '../../../server/src/model/nearest.ts';
import { nearest } from '../../../server/src/model/index.ts';

describe('did you mean', () => {
  const table: readonly (readonly [string, readonly (readonly string[])[], readonly string[]])[] = [
    ['agnet', [['agent', 'model']], ['agent']],
    ['Agent', [['agent']], ['agent']],
    ['agent', [['agent']], []],
    ['custmer', [['custom', 'customer']], ['customer']],
    ['rate', [['rate-limiting', 'berate']], ['berate', 'rate-limiting']],
    ['ab', [['abc', 'cd', 'xb']], ['xb', 'abc']],
    ['zone', [['zones'], ['one']], ['zones', 'one']],
    ['zone', [['one'], ['zones']], ['one', 'zones']],
    ['aaaa', [['aaab', 'aaac', 'aaad', 'aaae']], ['aaab', 'aaac', 'aaad']],
    ['', [['a']], []],
    ['x', [['a', 'b', 'xy']], ['xy']],
    ['__proto__', [['proto']], []],
    ['x'.repeat(100), [['x'.repeat(99)]], []],
  ];
  for (const [word, groups, expected] of table) {
    it(`${word.slice(0, 20)} among ${JSON.stringify(groups).slice(0, 60)}`, () => {
      assert.deepEqual(nearest(word, ...groups), expected);
    });
  }

  it('counts a swapped pair as one mistake and stops beyond the limit', () => {
    assert.equal(distanceWithin('ab', 'ba', 2), 1);
    assert.equal(distanceWithin('kitten', 'sitting', 3), 3);
    assert.equal(distanceWithin('kitten', 'sitting', 2), undefined);
    assert.equal(distanceWithin('', 'ab', 2), 2);
  });
});
