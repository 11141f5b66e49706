import assert from 'node:assert/strict';
import { refusalOf, renamableAt, renamed } from '../../../server/src/language/rename.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/textEdit.ts';
import { cursor } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

/** `$0` where the name is that becomes `new`. */
const RENAMES: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'an element, in whatever quotes it is named',
    'elements:\n  "b$0ot": { kind: agent }\nflows:\n  f: { from: bot, to: \'bot\' } # bot\n  g: { from: "b\\u006ft", to: bot2, title: bot }',
    'elements:\n  "new": { kind: agent }\nflows:\n  f: { from: new, to: \'new\' } # bot\n  g: { from: "new", to: bot2, title: bot }',
  ],
  [
    'a boundary from a place that uses it',
    'boundaries:\r\n  z: { kind: zone }\r\nelements:\r\n  a: { kind: agent, in: [z$0] }\r\n',
    'boundaries:\r\n  new: { kind: zone }\r\nelements:\r\n  a: { kind: agent, in: [new] }\r\n',
  ],
  [
    'a flow',
    'elements:\n  a: { kind: approver, guards: [f] }\nflows:\n  $0f: { from: a, to: a }\naccepted:\n  - { rule: r, at: f }',
    'elements:\n  a: { kind: approver, guards: [new] }\nflows:\n  new: { from: a, to: a }\naccepted:\n  - { rule: r, at: new }',
  ],
  [
    'data, and not the element of the same name',
    'data:\n  d$0: { kind: question }\nelements:\n  d: { kind: store, holds: [d] }',
    'data:\n  new: { kind: question }\nelements:\n  d: { kind: store, holds: [new] }',
  ],
  [
    'an anchor, and its alias goes with it',
    'elements:\n  a: { kind: agent }\nflows:\n  f: { from: &x $0a, to: b }\n  g: { from: *x, to: b }',
    'elements:\n  new: { kind: agent }\nflows:\n  f: { from: &x new, to: b }\n  g: { from: *x, to: b }',
  ],
  [
    'a name of many lines',
    'elements:\n  $0a: { kind: agent }\nflows:\n  f:\n    to: >-\n      a\n',
    'elements:\n  new: { kind: agent }\nflows:\n  f:\n    to: >-\n      new\n',
  ],
  [
    'what is not yet whole',
    'elements:\n  $0a: { kind: agent\nflows:\n  f: { from: a',
    'elements:\n  new: { kind: agent\nflows:\n  f: { from: new',
  ],
];

const DECLARED = `boundaries:
  zone1: { kind: zone }
data:
  asset: { kind: personal }
  other: { kind: question }
elements:
  bot: { kind: agent, holds: [asset], controls: [identity] }
flows:
  talk: { from: bot, to: nobody, carries: [question] }
accepted:
  - { rule: too-free-agent, at: bot }
`;

/** What is renamed, to what, and the answer; `undefined` when it may be. */
const REFUSALS: readonly (readonly [id: string, to: string, answer: RegExp | undefined])[] = [
  ['bot', 'bot3', undefined],
  ['bot', 'bot', undefined],
  ['bot', 'Bot', undefined],
  ['bot', 'asset', undefined],
  ['bot', 'zone1', /"zone1" is taken/],
  ['bot', 'talk', /"talk" is taken/],
  ['bot', '9lives', /cannot be an id/],
  ['bot', '', /cannot be an id/],
  ['bot', 'a b', /cannot be an id/],
  ['bot', 'a: b', /cannot be an id/],
  ['bot', '$model', /cannot be an id/],
  ['bot', 'x-bot', /begins with "x-"/],
  ['asset', 'other', /"other" is taken/],
  ['asset', 'bot', undefined],
  ['asset', 'personal', undefined],
  ['asset', 'question', /is a kind of data/],
  ['other', 'question', /is a kind of data/],
];

/** What a rename in one file comes to. */
function renameAt(snapshot: Snapshot, offset: number, id: string) {
  const name = renamableAt(snapshot, offset);
  if (!name || 'refused' in name) return name;
  return refusalOf(snapshot, name, id) ?? renamed(snapshot, name, id);
}

describe('rename', () => {
  for (const [name, marked, after] of RENAMES) {
    it(name, () => {
      const { text, offset } = cursor(marked);
      const edits = renameAt(snapshotOf(text), offset, 'new');
      assert.ok(edits && !('refused' in edits));
      assert.equal(applyEdits(text, edits), after);
    });
  }

  for (const [id, to, answer] of REFUSALS) {
    it(`${id} to ${JSON.stringify(to)}: ${answer ? 'refused' : 'done'}`, () => {
      const edits = renameAt(snapshotOf(DECLARED), DECLARED.indexOf(`  ${id}:`) + 2, to);
      assert.ok(edits);
      if (answer) assert.match('refused' in edits ? edits.refused : '', answer);
      else assert.ok(!('refused' in edits));
    });
  }

  it('changes what the model means in nothing but the name', () => {
    const snapshot = snapshotOf(DECLARED);
    const edits = renameAt(snapshot, DECLARED.indexOf('bot:'), 'helper');
    assert.ok(edits && !('refused' in edits));
    const after = snapshotOf(applyEdits(DECLARED, edits));
    assert.equal(after.problems.length, snapshot.problems.length);
    assert.deepEqual(
      after.findings.map(({ rule }) => rule),
      snapshot.findings.map(({ rule }) => rule),
    );
  });

  it('names the id alone', () => {
    const { text, offset } = cursor('elements:\n  "b$0ot": { kind: agent }');
    const found = renamableAt(snapshotOf(text), offset);
    assert.ok(found && 'span' in found);
    assert.equal(text.slice(found.span.start, found.span.end), 'bot');
  });

  for (const [around, answer] of [
    ['identi$0ty]', /"identity" is a control of the catalogue/],
    ['kind: ag$0ent', /"agent" is a kind of the catalogue/],
    ['[quest$0ion]', /"question" is a kind of the catalogue/],
    ['too-fr$0ee', /"too-free-agent" is a rule of the catalogue/],
    ['no$0body', /Nothing in this model has the id "nobody"/],
  ] as const) {
    it(`refuses at ${around}`, () => {
      const { text, offset } = cursor(around);
      const found = renamableAt(snapshotOf(DECLARED), DECLARED.indexOf(text) + offset);
      assert.match(found && 'refused' in found ? found.refused : '', answer);
    });
  }

  it('has nothing to say where there is no name', () => {
    assert.equal(renamableAt(snapshotOf(DECLARED), DECLARED.indexOf('kind: zone')), undefined);
    assert.equal(renameAt(snapshotOf(DECLARED), DECLARED.indexOf('kind: zone'), 'new'), undefined);
  });
});
