import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileRequirement, everyControl, judge } from '../../../server/src/analysis/satisfaction.ts';
import type { Satisfaction } from '../../../server/src/catalogue/rule.ts';
import { satisfies } from '../../../server/src/catalogue/satisfaction.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

const catalogue = readCatalogue();
const names = [...catalogue.controls.keys()].slice(0, 40);
const control = fc.constantFrom(...names);
const layered = fc.record({
  layered: fc.record({
    layers: fc.integer({ min: 1, max: 3 }),
    deterministic: fc.integer({ min: 0, max: 2 }),
    of: fc.uniqueArray(control, { minLength: 1, maxLength: 8 }),
  }),
});
const { expression } = fc.letrec<{ expression: Satisfaction }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    control,
    layered,
    fc.record({ anyOf: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }) }),
  ),
}));

describe('a compiled requirement', () => {
  it('is met by the same controls as the expression', () => {
    fc.assert(
      fc.property(expression, fc.subarray(names), (satisfaction, present) => {
        const requirement = compileRequirement(satisfaction, [], catalogue);
        fc.pre(requirement.controls.length < 31);
        const mask = requirement.controls.reduce((bits, id, at) => bits | (present.includes(id) ? 1 << at : 0), 0);
        assert.equal(requirement.isMet(mask), satisfies(satisfaction, new Set(present), catalogue.controls));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('offers alternatives that are enough, minimal, and without what does not apply', () => {
    fc.assert(
      fc.property(expression, fc.subarray(names), fc.subarray(names), (satisfaction, present, excluded) => {
        const requirement = compileRequirement(satisfaction, [], catalogue);
        fc.pre(requirement.controls.length < 31);
        const maskOf = (ids: readonly string[]): number =>
          requirement.controls.reduce((bits, id, at) => bits | (ids.includes(id) ? 1 << at : 0), 0);
        const inPlace = maskOf(present);
        for (const set of requirement.alternatives(inPlace, maskOf(excluded) & ~inPlace)) {
          assert.ok(requirement.isMet(inPlace | maskOf(set)));
          for (const id of set) {
            assert.ok(!requirement.isMet(inPlace | maskOf(set.filter((other) => other !== id))), `${id} is not needed`);
            assert.ok(!excluded.includes(id) || present.includes(id));
          }
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('two probabilistic layers are not a deterministic one', () => {
    const of = ['spotlighting', 'indirect-injection-detection', 'human-approval'];
    const requirement = compileRequirement({ layered: { layers: 2, deterministic: 1, of } }, [], catalogue);
    assert.equal(requirement.isMet(0b011), false);
    assert.equal(requirement.isMet(0b101), true);
    assert.deepEqual(requirement.alternatives(0b011, 0), [['human-approval']]);
    assert.equal(judge(requirement, everyControl(requirement), (id: string) => (id === 'human-approval' ? 2 : 0))?.state, 'not-applicable');
  });
});
