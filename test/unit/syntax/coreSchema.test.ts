import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { resolvePlain } from '../../../server/src/syntax/coreSchema.ts';

const values: readonly [text: string, value: string | number | boolean | null][] = [
  ['null', null],
  ['Null', null],
  ['~', null],
  ['nULL', 'nULL'],
  ['true', true],
  ['FALSE', false],
  ['yes', 'yes'],
  ['no', 'no'],
  ['on', 'on'],
  ['0', 0],
  ['-12', -12],
  ['+3', 3],
  ['007', 7],
  ['0o17', 15],
  ['0x1F', 31],
  ['-0x1F', '-0x1F'],
  ['0b1', '0b1'],
  ['1_000', '1_000'],
  ['1:30', '1:30'],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['-1.5E-2', -0.015],
  ['.', '.'],
  ['1e', '1e'],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.nan', NaN],
  ['2026-01-01', '2026-01-01'],
  ['1.2.3', '1.2.3'],
  ['text', 'text'],
];

describe('syntax: values by the core schema', () => {
  for (const [text, value] of values) {
    it(text, () => {
      assert.deepEqual(resolvePlain(text), value);
      assert.deepEqual(parse(text, { version: '1.2', schema: 'core' }), value, 'as the yaml library');
    });
  }
});
