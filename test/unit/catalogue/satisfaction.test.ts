import assert from 'node:assert/strict';
import type { Satisfaction } from '../../../server/src/catalogue/rule.ts';
import { controlsIn, satisfies } from '../../../server/src/catalogue/satisfaction.ts';

const controls = new Map<string, { layer: string; nature: 'deterministic' | 'probabilistic' }>([
  ['lock', { layer: 'door', nature: 'deterministic' }],
  ['chain', { layer: 'door', nature: 'probabilistic' }],
  ['dog', { layer: 'garden', nature: 'probabilistic' }],
  ['wall', { layer: 'street', nature: 'deterministic' }],
]);
const layered = (layers: number, deterministic: number): Satisfaction => ({
  layered: { layers, deterministic, of: ['lock', 'chain', 'dog', 'wall'] },
});

const table: readonly (readonly [string, Satisfaction, readonly string[], boolean])[] = [
  ['one control', 'lock', ['lock'], true],
  ['one control that is not there', 'lock', ['chain'], false],
  ['any of', { anyOf: ['lock', 'dog'] }, ['dog'], true],
  ['none of any', { anyOf: ['lock', 'dog'] }, ['wall'], false],
  ['all of', { allOf: ['lock', { anyOf: ['dog', 'wall'] }] }, ['lock', 'wall'], true],
  ['not all of', { allOf: ['lock', 'dog'] }, ['lock'], false],
  ['two layers', layered(2, 1), ['lock', 'dog'], true],
  ['one layer twice', layered(2, 1), ['lock', 'chain'], false],
  ['two layers that only lower the chance', layered(2, 1), ['chain', 'dog'], false],
  ['a control that is not among them', { layered: { layers: 1, deterministic: 0, of: ['dog'] } }, ['lock'], false],
  ['two deterministic controls', layered(2, 2), ['lock', 'wall'], true],
  ['a control nobody knows', { layered: { layers: 1, deterministic: 0, of: ['moat'] } }, ['moat'], false],
];

describe('satisfaction', () => {
  for (const [name, expression, present, expected] of table) {
    it(`${expected ? 'holds' : 'does not hold'}: ${name}`, () => {
      assert.equal(satisfies(expression, new Set(present), controls), expected);
    });
  }

  it('names each control once, in order', () => {
    assert.deepEqual(controlsIn({ anyOf: ['wall', { allOf: ['lock', layered(2, 1)] }] }), ['wall', 'lock', 'chain', 'dog']);
  });
});
