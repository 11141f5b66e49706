import assert from 'node:assert/strict';
import type { Problem } from '../../../server/src/syntax/problem.ts';
import { assertMarkedProblems } from '../../tools/marked.ts';

const TEXT = `threatmodel: 1
elements:
  bot: { kind: agnet }
#              ^^^^^ error unknown-kind: Unknown kind => agent
`;
const start = TEXT.indexOf('agnet');
const problem: Problem = {
  code: 'unknown-kind',
  severity: 'error',
  message: 'Unknown kind "agnet".',
  span: { start, end: start + 5 },
  suggestions: ['agent'],
};

describe('marked problems', () => {
  it('are those that the markers name', () => {
    assert.doesNotThrow(() => assertMarkedProblems(TEXT, [problem]));
  });

  const others: readonly (readonly [string, readonly Problem[]])[] = [
    ['missing', []],
    ['twice', [problem, problem]],
    ['of another code', [{ ...problem, code: 'unknown-id' }]],
    ['of another severity', [{ ...problem, severity: 'hint' }]],
    ['with another message', [{ ...problem, message: 'Something else.' }]],
    ['with other suggestions', [{ ...problem, suggestions: ['agent', 'agents'] }]],
    ['one column on', [{ ...problem, span: { start: start + 1, end: start + 5 } }]],
    ['one column longer', [{ ...problem, span: { start, end: start + 6 } }]],
  ];
  for (const [name, problems] of others) {
    it(`are not these: ${name}`, () => {
      assert.throws(() => assertMarkedProblems(TEXT, problems), assert.AssertionError);
    });
  }
});
