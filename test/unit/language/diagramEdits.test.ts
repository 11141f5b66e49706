import assert from 'node:assert/strict';
import { editFromDiagram, type DiagramEdit } from '../../../server/src/language/diagramEdits.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { snapshotOf } from './fixture.ts';

const MODEL = `threatmodel: 1
boundaries:
  web: { kind: internet }
  corp: { kind: zone, title: Our office }
  inner: { kind: zone, in: corp }
elements:
  mia: { kind: user, in: web } # a customer
  bot:
    kind: agent
    in: [inner, web]
    # what it may do
    guards: [ask, call]
  refunds: { kind: tool, in: inner }
  gate: { kind: gateway }
flows:
  ask: { from: mia, to: bot, through: [gate], kind: prompt }
  call:
    from: bot
    to: refunds
  last: { from: gate, to: bot }
accepted:
  - rule: too-free-agent
    at: bot
    reason: test
  - { rule: spending-without-approval, at: call, reason: test }
`;

interface Case {
  readonly name: string;
  readonly edit: DiagramEdit;
  readonly text?: string;
  /** Lines that go, and lines that come, in order. */
  readonly minus?: readonly string[];
  readonly plus?: readonly string[];
  readonly selects?: string;
}

const CASES: readonly Case[] = [
  {
    name: 'moves an element into another boundary and keeps its comment',
    edit: { do: 'move', id: 'mia', into: 'corp' },
    minus: ['  mia: { kind: user, in: web } # a customer'],
    plus: ['  mia: { kind: user, in: corp } # a customer'],
    selects: 'mia',
  },
  {
    name: 'keeps the boundaries that overlap',
    edit: { do: 'move', id: 'bot', into: 'corp' },
    minus: ['    in: [inner, web]'],
    plus: ['    in: [corp, web]'],
  },
  {
    name: 'an overlapping boundary may become the place',
    edit: { do: 'move', id: 'bot', into: 'web' },
    minus: ['    in: [inner, web]'],
    plus: ['    in: web'],
  },
  {
    name: 'moves what was in no boundary',
    edit: { do: 'move', id: 'gate', into: 'corp' },
    minus: ['  gate: { kind: gateway }'],
    plus: ['  gate: { kind: gateway, in: corp }'],
  },
  {
    name: 'moves an element outside of all boundaries',
    edit: { do: 'move', id: 'refunds', into: undefined },
    minus: ['  refunds: { kind: tool, in: inner }'],
    plus: ['  refunds: { kind: tool }'],
  },
  {
    name: 'moves a boundary',
    edit: { do: 'move', id: 'inner', into: undefined },
    minus: ['  inner: { kind: zone, in: corp }'],
    plus: ['  inner: { kind: zone }'],
  },
  { name: 'leaves what is there already', edit: { do: 'move', id: 'mia', into: 'web' } },
  {
    name: 'draws a flow with the kind that is natural between its ends',
    edit: { do: 'connect', from: 'mia', to: 'bot' },
    plus: ['  mia-to-bot: { from: mia, to: bot, kind: prompt }'],
    selects: 'mia-to-bot',
  },
  {
    name: 'draws a flow without a kind when none is natural',
    edit: { do: 'connect', from: 'gate', to: 'mia' },
    plus: ['  gate-to-mia: { from: gate, to: mia }'],
  },
  {
    name: 'draws the first flow of a file',
    text: 'threatmodel: 1\nelements:\n  mia: { kind: user }\n  bot: { kind: agent }',
    edit: { do: 'connect', from: 'mia', to: 'bot' },
    minus: [],
    plus: ['flows:', '  mia-to-bot: { from: mia, to: bot, kind: prompt }', ''],
  },
  {
    name: 'a second flow has a name of its own',
    text: 'flows: { mia-to-bot: { from: mia, to: bot } }\nelements: { mia: { kind: user }, bot: { kind: agent } }\n',
    edit: { do: 'connect', from: 'mia', to: 'bot' },
    minus: ['flows: { mia-to-bot: { from: mia, to: bot } }'],
    plus: ['flows: { mia-to-bot: { from: mia, to: bot }, mia-to-bot-2: { from: mia, to: bot, kind: prompt } }'],
  },
  {
    name: 'deletes an element with its flows, mentions and acceptances',
    edit: { do: 'delete', id: 'bot' },
    minus: [
      ...['  bot:', '    kind: agent', '    in: [inner, web]', '    # what it may do', '    guards: [ask, call]'],
      ...['  ask: { from: mia, to: bot, through: [gate], kind: prompt }', '  call:', '    from: bot', '    to: refunds'],
      ...['  last: { from: gate, to: bot }', '  - rule: too-free-agent', '    at: bot', '    reason: test'],
      '  - { rule: spending-without-approval, at: call, reason: test }',
    ],
  },
  {
    name: 'deletes a flow: of a list with another name only its own',
    edit: { do: 'delete', id: 'call' },
    minus: [
      '    guards: [ask, call]',
      '  call:',
      '    from: bot',
      '    to: refunds',
      '  - { rule: spending-without-approval, at: call, reason: test }',
    ],
    plus: ['    guards: [ask]'],
  },
  {
    name: 'with the last name of a list goes its key',
    edit: { do: 'delete', id: 'gate' },
    minus: ['  gate: { kind: gateway }', '  ask: { from: mia, to: bot, through: [gate], kind: prompt }', '  last: { from: gate, to: bot }'],
    plus: ['  ask: { from: mia, to: bot, kind: prompt }'],
  },
  {
    name: 'what is in a deleted boundary moves to the one around it',
    edit: { do: 'delete', id: 'inner' },
    minus: ['  inner: { kind: zone, in: corp }', '    in: [inner, web]', '  refunds: { kind: tool, in: inner }'],
    plus: ['    in: [corp, web]', '  refunds: { kind: tool, in: corp }'],
  },
  {
    name: 'what is in a deleted outermost boundary is in none',
    edit: { do: 'delete', id: 'corp' },
    minus: ['  corp: { kind: zone, title: Our office }', '  inner: { kind: zone, in: corp }'],
    plus: ['  inner: { kind: zone }'],
  },
  {
    name: 'deletes from braces in one line',
    text: 'elements: { a: { kind: tool }, b: { kind: tool }, c: { kind: tool } }\n',
    edit: { do: 'delete', id: 'b' },
    minus: ['elements: { a: { kind: tool }, b: { kind: tool }, c: { kind: tool } }'],
    plus: ['elements: { a: { kind: tool }, c: { kind: tool } }'],
  },
  {
    name: 'deletes the last line of a file with the break before it',
    text: 'elements:\r\n  a: { kind: tool }\r\n  b: { kind: tool }',
    edit: { do: 'delete', id: 'b' },
    minus: ['  b: { kind: tool }'],
  },
  {
    name: 'sets a title, whatever it says, as text',
    edit: { do: 'retitle', id: 'gate', title: 'Front: "door" # 1' },
    minus: ['  gate: { kind: gateway }'],
    plus: ['  gate: { kind: gateway, title: "Front: \\"door\\" # 1" }'],
  },
  {
    name: 'replaces a title',
    edit: { do: 'retitle', id: 'corp', title: 'Head office' },
    minus: ['  corp: { kind: zone, title: Our office }'],
    plus: ['  corp: { kind: zone, title: Head office }'],
  },
];

/** What a picker of lines would say: those only in the one, and those only in the other. */
function difference(before: string, after: string): { minus: string[]; plus: string[] } {
  const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const take = (from: readonly string[], others: readonly string[]): string[] => {
    const left = [...others];
    return from.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { minus: take(a, b), plus: take(b, a) };
}

describe('edits from the diagram', () => {
  for (const { name, edit, text = MODEL, minus = [], plus = [], selects } of CASES) {
    it(name, () => {
      const snapshot = snapshotOf(text);
      const outcome = editFromDiagram(snapshot, edit);
      assert.ok('edits' in outcome, JSON.stringify(outcome));
      const after = applyEdits(text, outcome.edits);
      assert.deepEqual(difference(text, after), { minus, plus });
      if (selects !== undefined) assert.equal(outcome.selects, selects);
      assert.deepEqual(
        snapshotOf(after).problems.filter(({ severity }) => severity === 'error'),
        snapshot.problems.filter(({ severity }) => severity === 'error'),
      );
    });
  }

  const refusals: readonly (readonly [string, DiagramEdit, RegExp, string?])[] = [
    ['a boundary into itself', { do: 'move', id: 'corp', into: 'inner' }, /into itself/],
    ['a flow into a boundary', { do: 'move', id: 'ask', into: 'corp' }, /Only elements and boundaries/],
    ['into what is no boundary', { do: 'move', id: 'mia', into: '__proto__' }, /no such boundary/],
    ['a flow to a boundary', { do: 'connect', from: 'mia', to: 'corp' }, /from one element to another/],
    ['what is gone', { do: 'delete', id: 'nobody' }, /not in the text/],
    ['anything in broken text', { do: 'delete', id: 'mia' }, /errors that must be mended/, `${MODEL}title: "open`],
  ];
  for (const [name, edit, sentence, text = MODEL] of refusals) {
    it(`refuses ${name}, and says why`, () => {
      const outcome = editFromDiagram(snapshotOf(text), edit);
      assert.ok('refused' in outcome);
      assert.match(outcome.refused, sentence);
    });
  }
});
