import assert from 'node:assert/strict';
import { afterLineBreak } from '../../../server/src/language/typing.ts';
import { applyEdits, parseDocument } from '../../../server/src/syntax/index.ts';

/** The cursor, `$0`, stands where it is after the line break. */
const BREAKS: readonly (readonly [before: string, after: string])[] = [
  ['elements:\n$0', 'elements:\n  '],
  ['elements:\n  bot:\n  $0\n', 'elements:\n  bot:\n    \n'],
  ['elements:\n  bot: # why\n$0', 'elements:\n  bot: # why\n    '],
  ['elements:\n    a: {}\n    bot:\n    $0', 'elements:\n    a: {}\n    bot:\n        '],
  ['accepted:\n  - from:\n  $0', 'accepted:\n  - from:\n      '],
  ['elements:\r\n$0\r\n', 'elements:\r\n  \r\n'],
  ['elements:\n  bot:\n    $0', 'elements:\n  bot:\n    '],
  ['title: a\n$0', 'title: a\n'],
  ['# title:\n$0', '# title:\n'],
  ['elements:\n  bot:\n$0    kind: agent\n', 'elements:\n  bot:\n    kind: agent\n'],
  ['$0', ''],
];

describe('a line break', () => {
  for (const [marked, expected] of BREAKS) {
    it(`indents as it should: ${JSON.stringify(marked)}`, () => {
      const text = marked.replace('$0', '');
      assert.equal(applyEdits(text, afterLineBreak(parseDocument(text), marked.indexOf('$0'))), expected);
    });
  }
});
