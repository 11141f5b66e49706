import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { firstHole } from '../../../server/src/language/actions/action.ts';
import { remediesOf } from '../../../server/src/language/actions/mistakes/mistakes.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { snapshotOf } from './fixture.ts';

const HEAD = 'threatmodel: 1\n';
const ACCEPTED = 'accepted:\n  - { rule: agent-without-identity, at: a, owner: me, reason: ok, until: 2027-01-01 }';

/** Code of a problem → text with it, title of a remedy, and what the text is with that; `«»` is what is left to fill in. */
const REMEDIES: readonly (readonly [code: string, before: string, title: string, after: string])[] = [
  ['missing-version', 'title: T\n', 'Begin with "threatmodel: 1"', 'threatmodel: 1\ntitle: T\n'],
  ['unknown-version', 'threatmodel: 2\n', 'Change the version to 1', 'threatmodel: 1\n'],
  ['unknown-version', 'threatmodel:\n', 'Change the version to 1', 'threatmodel: 1\n'],
  ['empty-model', HEAD, 'Add an element', `${HEAD}elements:\n  first: { kind: "«»" }\n`],
  ['missing-kind', `${HEAD}elements:\n  myAgent: {}\n`, 'Add "kind: agent"', `${HEAD}elements:\n  myAgent: { kind: agent }\n`],
  ['missing-kind', `${HEAD}data:\n  question:\n`, 'Add "kind: question"', `${HEAD}data:\n  question:\n    kind: question\n`],
  [
    'missing-to',
    `${HEAD}elements:\n  a: { kind: user }\nflows:\n  f: { from: a }\n`,
    'Add "to"',
    `${HEAD}elements:\n  a: { kind: user }\nflows:\n  f: { from: a, to: "«»" }\n`,
  ],
  ['missing-rule', `${HEAD}accepted:\n  - at: $model\n`, 'Add "rule"', `${HEAD}accepted:\n  - at: $model\n    rule: "«»"\n`],
  ['missing-at', `${HEAD}accepted:\n  - rule: too-free-agent\n`, 'Add "at"', `${HEAD}accepted:\n  - rule: too-free-agent\n    at: "«»"\n`],
  ['missing-title', `${HEAD}threats:\n  - { at: $model }\n`, 'Add "title"', `${HEAD}threats:\n  - { at: $model, title: "«»" }\n`],
  ['missing-by', `${HEAD}reviews:\n  - { decision: approved }\n`, 'Add "by"', `${HEAD}reviews:\n  - { decision: approved, by: "«»" }\n`],
  [
    'missing-decision',
    `${HEAD}reviews:\n  - by: me\n`,
    'Add "decision: approved"',
    `${HEAD}reviews:\n  - by: me\n    decision: approved\n`,
  ],
  [
    'missing-status',
    `${HEAD}elements:\n  a: { kind: agent, controls: { identity: { owner: me } } }\n`,
    'Add "status: planned"',
    `${HEAD}elements:\n  a: { kind: agent, controls: { identity: { owner: me, status: planned } } }\n`,
  ],
  [
    'missing-reason',
    `${HEAD}elements:\n  a: { kind: agent, controls: { identity: not-applicable } }\n`,
    'Add a reason',
    `${HEAD}elements:\n  a: { kind: agent, controls: { identity: { status: not-applicable, reason: "«»" } } }\n`,
  ],
  [
    'missing-reason',
    `${HEAD}elements:\n  a:\n    kind: agent\n    outOfScope:\n`,
    'Add a reason',
    `${HEAD}elements:\n  a:\n    kind: agent\n    outOfScope: { reason: "«»" }\n`,
  ],
  [
    'incomplete-acceptance',
    `${HEAD}elements:\n  a: { kind: agent }\naccepted:\n  - rule: too-free-agent\n    at: a\n`,
    'Add owner, reason, until',
    `${HEAD}elements:\n  a: { kind: agent }\naccepted:\n  - rule: too-free-agent\n    at: a\n    owner: "«»"\n    reason: ""\n    until: 2027-02-20\n`,
  ],
  [
    'guards-nothing',
    `${HEAD}elements:\n  a: { kind: approver }\n`,
    'Add "guards"',
    `${HEAD}elements:\n  a: { kind: approver, guards: «[]» }\n`,
  ],
  [
    'unknown-element',
    `${HEAD}boundaries:\n  z: { kind: zone }\nelements:\n  a: { kind: agent, in: z }\nflows:\n  f: { from: a, to: myStore }\n`,
    'Create element "myStore" (Store) in boundary z',
    `${HEAD}boundaries:\n  z: { kind: zone }\nelements:\n  a: { kind: agent, in: z }\n  myStore: { kind: «store», in: z }\nflows:\n  f: { from: a, to: myStore }\n`,
  ],
  [
    'unknown-boundary',
    `${HEAD}elements:\n  a: { kind: agent, in: internet }\n`,
    'Create boundary "internet" (Internet)',
    `${HEAD}elements:\n  a: { kind: agent, in: internet }\nboundaries:\n  internet: { kind: «internet» }\n`,
  ],
  [
    'unknown-data',
    `${HEAD}data:\n  q: { kind: question }\nelements:\n  a: { kind: store, holds: [personalThings] }\n`,
    'Create data asset "personalThings" (Personal data)',
    '',
  ],
  [
    'unclear-flow-kind',
    `${HEAD}elements:\n  a: { kind: tool }\n  b: { kind: user }\nflows:\n  f: { from: a, to: b }\n`,
    'Add "kind"',
    `${HEAD}elements:\n  a: { kind: tool }\n  b: { kind: user }\nflows:\n  f: { from: a, to: b, kind: "«»" }\n`,
  ],
  [
    'not-a-date',
    `${HEAD}reviews:\n  - { by: me, decision: approved, on: 2026/3/1 }\n`,
    'Change to "2026-03-01"',
    `${HEAD}reviews:\n  - { by: me, decision: approved, on: 2026-03-01 }\n`,
  ],
  [
    'date-in-future',
    `${HEAD}reviews:\n  - { by: me, decision: approved, on: 2027-03-01 }\n`,
    'Change to today, 2026-11-22',
    `${HEAD}reviews:\n  - { by: me, decision: approved, on: 2026-11-22 }\n`,
  ],
  [
    'acceptance-expired',
    `${HEAD}elements:\n  a: { kind: agent }\n${ACCEPTED.replace('2027', '2026')}\n`,
    'Renew the acceptance',
    `${HEAD}elements:\n  a: { kind: agent }\n${ACCEPTED.replace('2027-01-01', '«2027-02-20»')}\n`,
  ],
  [
    'acceptance-matches-nothing',
    `${HEAD}elements:\n  a: { kind: user }\n${ACCEPTED}\n  - { rule: agents-not-listed, at: $model, owner: o, reason: r, until: 2027-01-01 }\n`,
    'Remove this acceptance',
    `${HEAD}elements:\n  a: { kind: user }\naccepted:\n  - { rule: agents-not-listed, at: $model, owner: o, reason: r, until: 2027-01-01 }\n`,
  ],
  [
    'control-misplaced',
    `${HEAD}elements:\n  a: { kind: agent, controls: [identity, inventory] }\n`,
    'Move it to the whole system',
    `${HEAD}controls: [inventory]\nelements:\n  a: { kind: agent, controls: [identity] }\n`,
  ],
  [
    'duplicate-control',
    `${HEAD}elements:\n  a: { kind: agent, controls: { policy: planned, old-policy: planned } }\n`,
    'Remove "old-policy": it is stated already',
    `${HEAD}elements:\n  a: { kind: agent, controls: { policy: planned } }\n`,
  ],
  [
    'unused-property',
    `${HEAD}elements:\n  a: { kind: user, autonomy: assisted }\n`,
    'Remove "autonomy": it has no effect',
    `${HEAD}elements:\n  a: { kind: user }\n`,
  ],
  [
    'through-own-end',
    `${HEAD}elements:\n  a: { kind: user }\n  b: { kind: agent }\nflows:\n  f: { from: a, to: b, through: [b] }\n`,
    'Remove "b": it is an end of the flow',
    `${HEAD}elements:\n  a: { kind: user }\n  b: { kind: agent }\nflows:\n  f: { from: a, to: b, through: [] }\n`,
  ],
  [
    'nesting-cycle',
    `${HEAD}boundaries:\n  a: { kind: zone, in: a }\n`,
    'Put it outside of that boundary',
    `${HEAD}boundaries:\n  a: { kind: zone }\n`,
  ],
  [
    'duplicate-key',
    `${HEAD}elements:\n  a: { kind: user, title: A, title: B }\n`,
    'Remove "title": the first one counts',
    `${HEAD}elements:\n  a: { kind: user, title: A }\n`,
  ],
  [
    'duplicate-id',
    `${HEAD}boundaries:\n  a: { kind: zone }\nelements:\n  a: { kind: user }\n`,
    'Rename this one to "a-2"',
    `${HEAD}boundaries:\n  a: { kind: zone }\nelements:\n  a-2: { kind: user }\n`,
  ],
  [
    'data-named-like-kind',
    `${HEAD}data:\n  personal: { kind: question }\n`,
    'Rename this one to "personal-2"',
    `${HEAD}data:\n  personal-2: { kind: question }\n`,
  ],
  [
    'missing-value',
    `${HEAD}elements:\n  a: { kind: user, title: }\n`,
    'Remove "title": it says nothing',
    `${HEAD}elements:\n  a: { kind: user }\n`,
  ],
  [
    'unknown-key',
    `${HEAD}data:\n  a: { kind: question, colour: red }\n`,
    'Remove "colour": it has no meaning here',
    `${HEAD}data:\n  a: { kind: question }\n`,
  ],
  [
    'unknown-property',
    `${HEAD}elements:\n  a:\n    kind: user\n    colour: red\n`,
    'Remove "colour": it has no meaning here',
    `${HEAD}elements:\n  a:\n    kind: user\n`,
  ],
  [
    'unknown-control',
    `${HEAD}elements:\n  a: { kind: user, controls: [magic] }\n`,
    'Remove "magic": there is no such control',
    `${HEAD}elements:\n  a: { kind: user, controls: [] }\n`,
  ],
  [
    'missing-colon',
    `${HEAD}elements:\n  a:\n    kind: user\n    title\n`,
    'Add a colon',
    `${HEAD}elements:\n  a:\n    kind: user\n    title:\n`,
  ],
  [
    'unclosed-quote',
    `${HEAD}elements:\n  a:\n    kind: user\n    title: "A\n  b: { kind: user }\n`,
    'Close the quote',
    `${HEAD}elements:\n  a:\n    kind: user\n    title: "A"\n  b: { kind: user }\n`,
  ],
  [
    'unclosed-bracket',
    `${HEAD}elements:\n  a: { kind: user\n  b: { kind: user }\n`,
    'Add "}"',
    `${HEAD}elements:\n  a: { kind: user }\n  b: { kind: user }\n`,
  ],
  ['tab-indentation', `${HEAD}elements:\n  a:\n\t\tkind: user\n`, 'Indent with spaces', `${HEAD}elements:\n  a:\n    kind: user\n`],
  ['second-colon', `${HEAD}title: A: B\n`, 'Put the value in quotes', `${HEAD}title: "A: B"\n`],
  ['bad-character', `${HEAD}owner: @me\n`, 'Put the value in quotes', `${HEAD}owner: "@me"\n`],
  ['tag', `${HEAD}title: !x T\n`, 'Remove the tag', `${HEAD}title: T\n`],
  ['directive', `%YAML 1.2\n---\n${HEAD}`, 'Remove this line', `---\n${HEAD}`],
  ['invalid-character', `${HEAD}title: a\u0001b\n`, 'Remove it', `${HEAD}title: ab\n`],
  ['unknown-kind', `${HEAD}elements:\n  a: { kind: agnt }\n`, 'Change to "agent"', `${HEAD}elements:\n  a: { kind: agent }\n`],
  ['wrong-shape', `${HEAD}elements:\n  a: agent\n`, 'Change to "{ kind: agent }"', `${HEAD}elements:\n  a: { kind: agent }\n`],
];

/** Problems for which nobody but the author can know what is meant, or that only a person can settle. */
const NOTHING_TO_DO: ReadonlySet<string> = new Set([
  'alias-to-itself',
  'bad-indentation',
  'flow-to-itself',
  'ids-differ-by-case',
  'limit-aliases',
  'limit-depth',
  'limit-size',
  'missing-comma',
  'missing-key',
  'not-a-key',
  'not-yet-supported',
  'outdated-review',
  'several-documents',
  'syntax',
  'too-many',
  'unexpected-text',
  'unknown-guarded',
  'unknown-subject',
  'not-an-element',
  'not-a-boundary',
  'not-guardable',
  'unstated-controls',
  'use-path',
  'used-has-errors',
  'used-twice',
]);

/** Tried elsewhere, or mended by what the problem itself suggests. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'acceptance-new-source',
  'acceptance-refused',
  'bad-escape',
  'confusable-text',
  'illegal-id',
  'illegal-value',
  'key-not-text',
  'mandatory-control',
  'merge-key',
  'missing-from',
  'unknown-alias',
  'unknown-rule',
  'unknown-section',
  'unknown-status',
]);

describe('a mistake in the file', () => {
  for (const [code, text, title, expected] of REMEDIES) {
    it(`${code}: ${title}`, () => {
      const snapshot = snapshotOf(text);
      const problem = snapshot.problems.find((known) => known.code === code);
      assert.ok(problem, snapshot.problems.map((known) => known.code).join(', '));
      const remedies = [...remediesOf(snapshot, problem)];
      const remedy = remedies.find((known) => known.title === title);
      assert.ok(remedy?.edits, remedies.map((known) => known.title).join('\n'));
      const after = applyEdits(text, remedy.edits);
      const hole = firstHole(remedy.edits);
      if (expected !== '')
        assert.equal(
          hole ? `${after.slice(0, hole.start)}«${after.slice(hole.start, hole.end)}»${after.slice(hole.end)}` : after,
          expected,
        );
      if (hole) return;
      const again = snapshotOf(after).problems.filter((known) => known.code === code).length;
      assert.ok(again < snapshot.problems.filter((known) => known.code === code).length, 'the mistake is still there');
    });
  }

  it('has a remedy, or is known to have none', () => {
    const covered = new Set([...REMEDIES.map(([code]) => code), ...NOTHING_TO_DO, ...ELSEWHERE]);
    assert.deepEqual(
      [...codesInSources()].filter((code) => !covered.has(code)),
      [],
    );
  });
});

/** Every code that the sources give to a problem. */
function codesInSources(): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const room of ['syntax', 'model', 'analysis']) {
    const folder = new URL(`../../../server/src/${room}/`, import.meta.url);
    for (const file of readdirSync(folder)) {
      if (!file.endsWith('.ts')) continue;
      const source = readFileSync(new URL(file, folder), 'utf8');
      for (const [, called, named] of source.matchAll(
        /(?:error|warning|info|hint)\(\s*'([a-z]+(?:-[a-z]+)+)'|\bcode: '([a-z]+(?:-[a-z]+)+)'/g,
      )) {
        codes.add(called ?? named ?? '');
      }
    }
  }
  return codes;
}
