import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOpen } from '../../../server/src/analysis/index.ts';
import { safeFixes } from '../../../server/src/language/actions/safeFixes.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readSamples } from '../../tools/samples.ts';
import { snapshotOf, TODAY } from './fixture.ts';

const HEAD = 'threatmodel: 1\n';

/** What is done without asking: before → after. */
const SAFE: readonly (readonly [name: string, before: string, after: string])[] = [
  ['the missing version', 'title: T\n', 'threatmodel: 1\ntitle: T\n'],
  ['a key', `${HEAD}elements:\n  a: { knd: user }\n`, `${HEAD}elements:\n  a: { kind: user }\n`],
  ['a kind', `${HEAD}elements:\n  a: { kind: usr }\n`, `${HEAD}elements:\n  a: { kind: user }\n`],
  ['canonical case', `${HEAD}elements:\n  a: { kind: USER, Title: A }\n`, `${HEAD}elements:\n  a: { kind: user, title: A }\n`],
  ['a section', `${HEAD}element:\n  a: { kind: user }\n`, `${HEAD}elements:\n  a: { kind: user }\n`],
  [
    'an id',
    `${HEAD}boundaries:\n  internal: { kind: zone }\nelements:\n  a: { kind: user, in: intrenal }\n`,
    `${HEAD}boundaries:\n  internal: { kind: zone }\nelements:\n  a: { kind: user, in: internal }\n`,
  ],
  [
    'a date',
    `${HEAD}reviews:\n  - { by: me, decision: approvd, on: 2026/3/1 }\n`,
    `${HEAD}reviews:\n  - { by: me, decision: approved, on: 2026-03-01 }\n`,
  ],
  [
    'a list of one',
    `${HEAD}elements:\n  a: { kind: store, holds: personal }\n`,
    `${HEAD}elements:\n  a: { kind: store, holds: [personal] }\n`,
  ],
  ['tabs', `${HEAD}elements:\n  a:\n\t\tkind: user\n`, `${HEAD}elements:\n  a:\n    kind: user\n`],
];

/** What is left to the author. */
const LEFT: readonly (readonly [name: string, text: string])[] = [
  [
    'what could be two things',
    `${HEAD}boundaries:\n  zone1: { kind: zone }\n  zone2: { kind: zone }\nelements:\n  a: { kind: user, in: zone }\n`,
  ],
  ['the beginning of a name', `${HEAD}elements:\n  a: { kind: user, desc: A }\n`],
  ['what would raise a finding', `${HEAD}controls: [inventory]\nelements:\n  a: { kind: agnt }\n`],
  ['a control that is missing', `${HEAD}elements:\n  a: { kind: agent }\n`],
  ['a date in a foreign order', `${HEAD}reviews:\n  - { by: me, decision: approved, on: 1/3/2026 }\n`],
];

describe('fixing all that is safe', () => {
  for (const [name, before, after] of SAFE) {
    it(`mends ${name}`, () => assert.equal(applyEdits(before, safeFixes(snapshotOf(before))), after));
  }
  for (const [name, text] of LEFT) {
    it(`leaves ${name}`, () => assert.deepEqual(safeFixes(snapshotOf(text)), []));
  }

  it('adds no error and no finding to damaged samples, and nothing is left to do the second time', function () {
    this.timeout(120_000);
    const catalogue = readCatalogue();
    const samples = readSamples();
    const damaged = fc
      .tuple(
        fc.nat(samples.length - 1),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('drop', 'double', 'upper', 'tab')), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([at, strokes]) =>
        strokes.reduce((text, [where, stroke]) => damage(text, Math.floor(where * text.length), stroke), samples[at]?.text ?? ''),
      );
    fc.assert(
      fc.property(damaged, (text) => {
        const before = takeSnapshot(text, catalogue, TODAY);
        const mended = applyEdits(text, safeFixes(before));
        const after = takeSnapshot(mended, catalogue, TODAY, before);
        const open = (of: typeof before): string[] =>
          of.findings.filter(({ state }) => isOpen(state)).map(({ fingerprint }) => fingerprint);
        const known = new Set(open(before));
        assert.deepEqual(
          open(after).filter((it) => !known.has(it)),
          [],
        );
        const errors = (of: typeof before): number => of.problems.filter(({ severity }) => severity === 'error').length;
        assert.ok(errors(after) <= errors(before));
        assert.deepEqual(safeFixes(after), []);
      }),
      { numRuns: 60 },
    );
  });
});

/** One slip of the keyboard. */
function damage(text: string, at: number, stroke: string): string {
  const char = text.charAt(at);
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  if (stroke === 'drop') return before + after;
  if (stroke === 'double') return before + char + char + after;
  if (stroke === 'upper') return before + char.toUpperCase() + after;
  return before.replace(/ {2}([^\n]*)$/, '\t$1') + char + after;
}
