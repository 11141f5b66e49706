import assert from 'node:assert/strict';
import { semanticTokensOf } from '../../../server/src/language/semanticTokens.ts';
import { ranges } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

/** One line for each token: the word, what it is, and what is special about it. */
function tokens(text: string, range?: { start: number; end: number }): readonly string[] {
  return semanticTokensOf(snapshotOf(text), range).map(({ end, modifiers, start, type }) =>
    [text.slice(start, end), type, ...modifiers].join(' '),
  );
}

const TOKENS: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
  [
    'what is declared, and kinds',
    'boundaries:\n  z: { kind: zone }\ndata:\n  d: { kind: question }\nelements:\n  "a": { kind: agent, in: z, title: a, holds: [d] }\n',
    [
      'z boundary declaration',
      'zone kind',
      'd data declaration',
      'question kind',
      'a element declaration',
      'agent kind',
      'z boundary',
      'd data',
    ],
  ],
  [
    'what flows name',
    'elements:\n  a: { kind: agent }\nflows:\n  f: { from: a, to: b, carries: [personal, x] }\n  g: { from: a, to: a }\n',
    [
      'a element declaration',
      'agent kind',
      'f flow declaration',
      'a element',
      'b element unresolved',
      'personal kind',
      'x data unresolved',
      'g flow declaration',
      'a element',
      'a element',
    ],
  ],
  [
    'controls and how far they are',
    'controls: { inventory: planned, tls: in-place, nonsense: in-place }\nelements:\n  a: { kind: agent, controls: { approval: { status: partial, owner: x }, old-policy: in-place } }\n  b: { kind: agent, controls: [identity, inventory] }\n',
    [
      'inventory control notInPlace',
      'tls control',
      'nonsense control unresolved',
      'a element declaration',
      'agent kind',
      'approval control notInPlace',
      'old-policy control',
      'b element declaration',
      'agent kind',
      'identity control',
      'inventory control noEffect',
    ],
  ],
  [
    'acceptances that hold and those that do not',
    'elements:\n  a: { kind: agent, autonomy: autonomous }\naccepted:\n  - { rule: too-free-agent, at: a, owner: o, reason: r, until: 2027-01-01 }\n  - { rule: spending-without-approval, at: a, owner: o, reason: r, until: 2027-01-01 }\n  - { rule: agent-without-identity, at: a, owner: o, reason: r, until: 2025-01-01 }\n  - { rule: nonsense, at: $model }\n',
    [
      'a element declaration',
      'agent kind',
      'too-free-agent rule',
      'a element',
      'spending-without-approval rule noEffect',
      'a element',
      'agent-without-identity rule noEffect',
      'a element',
      'nonsense rule unresolved',
    ],
  ],
  [
    'nothing that an alias says',
    'elements:\n  a: { kind: &k agent }\n  b: { kind: *k }\n',
    ['a element declaration', 'agent kind', 'b element declaration'],
  ],
  [
    'names with odd letters',
    'elements:\n  "🦊 a": { kind: agent }\n  __proto__: {}\n',
    ['🦊 a element declaration', 'agent kind', '__proto__ element declaration'],
  ],
  ['nothing in an empty file', '', []],
];

describe('semantic tokens', () => {
  for (const [name, text, expected] of TOKENS) it(`say ${name}`, () => assert.deepEqual(tokens(text), expected));

  it('of a part are those of the whole that are in it', () => {
    const { spans, text } = ranges('elements:\n  a: { kind: agent }\n  b: { kind: «tool }\n  c: { kind: sto»re }\n  d: { kind: user }\n');
    assert.deepEqual(tokens(text, spans[0]), ['tool kind', 'c element declaration', 'store kind']);
  });
});
