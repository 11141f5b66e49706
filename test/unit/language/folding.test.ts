import assert from 'node:assert/strict';
import { foldsOf } from '../../../server/src/language/folding.ts';
import { snapshotOf } from './fixture.ts';

/** First and last line of each fold, from 1. */
function folds(text: string): readonly string[] {
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  return foldsOf(snapshotOf(text)).map(({ end, sort, start }) => `${line(start)}-${line(end)}${sort === 'text' ? '' : ` ${sort}`}`);
}

const FOLDS: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
  [
    'sections, entries and lists, without the empty lines behind them',
    'title: x\n\nelements:\n  a:\n    kind: agent\n    tags:\n      - x\n      - y\n\n  b: { kind: tool }\n\nflows:\n  f: { from: a,\n    to: b }\n',
    ['3-10', '4-8', '6-8', '12-14', '13-14'],
  ],
  ['maps in lists', 'accepted:\n  - rule: x\n    at: y\n  - { rule: x }\n', ['1-4', '2-3']],
  ['texts', 'elements:\n  a:\n    description: |\n      # no comment\n      # at all\n    kind: agent\n', ['1-6', '2-6', '3-5']],
  ['comments of several lines', '# a\n# b\n\n# c\ntitle: x # d\n# e\n  # f\n', ['1-2 comment', '6-7 comment']],
  [
    'regions, in each other',
    '# region a\n# one\n# two\n  #region b\ntitle: x\n  #endregion\n# endregion\n#endregion\n',
    ['2-3 comment', '4-6 region', '1-7 region'],
  ],
  ['nothing in one line', 'elements: { a: { kind: agent } }\n', []],
];

describe('folding', () => {
  for (const [name, text, expected] of FOLDS) {
    it(`of ${name}`, () => {
      assert.deepEqual(folds(text), expected);
      assert.deepEqual(folds(text.replaceAll('\n', '\r\n')), expected);
    });
  }
});
