import assert from 'node:assert/strict';
import { selectionAt } from '../../../server/src/language/selectionRange.ts';
import { cursor } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

const SELECTIONS: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
  [
    'a quoted text, step by step',
    'elements:\n  a: { kind: agent, title: "My $0bot" }\n',
    [
      'My bot',
      '"My bot"',
      'title: "My bot"',
      '{ kind: agent, title: "My bot" }',
      'a: { kind: agent, title: "My bot" }',
      'elements:\n  a: { kind: agent, title: "My bot" }',
      'elements:\n  a: { kind: agent, title: "My bot" }\n',
    ],
  ],
  ['an item of a list', 'controls: [tls, li$0mit]', ['limit', '[tls, limit]', 'controls: [tls, limit]']],
  [
    'a key',
    'data:\n  a: {}\n  b$0: { kind: x }\n',
    ['b', 'b: { kind: x }', 'data:\n  a: {}\n  b: { kind: x }', 'data:\n  a: {}\n  b: { kind: x }\n'],
  ],
  ['a text of several lines', 'title: |\n  a$0b\n  c\n', ['  ab\n  c', '|\n  ab\n  c', 'title: |\n  ab\n  c', 'title: |\n  ab\n  c\n']],
  ['what is between sections', 'title: x\n$0\ndata: {}\n', ['title: x\n\ndata: {}\n']],
  ['nothing', '$0', ['']],
];

describe('selection', () => {
  for (const [name, marked, expected] of SELECTIONS) {
    it(`of ${name}`, () => {
      const { offset, text } = cursor(marked);
      assert.deepEqual(
        selectionAt(snapshotOf(text), offset).map(({ end, start }) => text.slice(start, end)),
        expected,
      );
    });
  }

  it('grows with each step, everywhere, in broken text too', () => {
    const text = 'elements:\n  a: { kind: agent, title: "x\n  b: { tags: [a, {c: d}], in: *x\nflows: &a\n - {}\n';
    for (let offset = 0; offset <= text.length; offset++) {
      const spans = selectionAt(snapshotOf(text), offset);
      assert.ok(spans.length > 0);
      spans.forEach(({ end, start }, index) => {
        assert.ok(start <= offset && offset <= end);
        const inner = spans[index - 1];
        if (inner) assert.ok(start <= inner.start && inner.end <= end && end - start > inner.end - inner.start);
      });
    }
  });
});
