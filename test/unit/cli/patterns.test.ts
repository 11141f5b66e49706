import assert from 'node:assert/strict';
import { isPattern, readPattern } from '../../../server/src/cli/patterns.ts';

describe('patterns of file names', () => {
  for (const [pattern, root, fits, others] of [
    ['*.yaml', '.', ['a.yaml', '.yaml'], ['a/b.yaml', 'a.yml', 'axyaml']],
    ['**/*.yaml', '.', ['a.yaml', 'a/b/c.yaml'], ['a/b.yml']],
    ['models/**', 'models', ['a', 'a/b/c.yaml'], []],
    [
      'models/**/prod-?.yaml',
      'models',
      ['prod-1.yaml', 'a/b/prod-x.yaml', 'prod-🚪.yaml'],
      ['prod-10.yaml', 'a/xprod-1.yaml', 'prod-/.yaml'],
    ],
    ['/srv/*/m.yaml', '/srv', ['a/m.yaml'], ['a/b/m.yaml', 'm.yaml']],
    ['/*', '/', ['a'], ['a/b']],
    ['../a+b/(x)*', '../a+b', ['(x)', '(x)y'], ['x', '(x)/y']],
    ['**/**/a', '.', ['a', 'b/a', 'b/c/a'], ['b']],
  ] as const) {
    it(`reads ${pattern}`, () => {
      const read = readPattern(pattern);
      assert.equal(read.root, root);
      assert.deepEqual(fits.filter(read.fits), fits);
      assert.deepEqual(others.filter(read.fits), []);
    });
  }

  it('knows what is no pattern', () => {
    assert.deepEqual(['a/b.yaml', 'a[1].yaml', '*', 'a?'].map(isPattern), [false, false, true, true]);
  });
});
