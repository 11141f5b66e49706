import assert from 'node:assert/strict';
import { isOpen } from '../../../server/src/analysis/index.ts';
import { addControl } from '../../../server/src/language/edits.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { atOnce, PHASES, RISK, roadmapOf as roadmapWork, type Placed, type Roadmap, type Step } from '../../../server/src/posture/index.ts';
import { applyEdits } from '../../../server/src/syntax/textEdit.ts';
import { readSamples } from '../../tools/samples.ts';
import { QUIET, refunds, snapshotOf } from './support.ts';

const roadmapOf = (...given: Parameters<typeof roadmapWork>): Roadmap => atOnce(roadmapWork(...given));

/** The model with controls written into its text, as the editor does it. */
function written(snapshot: Snapshot, placed: readonly Placed[]): Snapshot {
  return placed.reduce((at, { control, at: giver }) => {
    const edits = addControl(at.syntax, at.model, giver, control);
    assert.ok(edits, `${control} at ${giver}`);
    return snapshotOf(applyEdits(at.text, edits));
  }, snapshot);
}

function open({ findings }: Snapshot): Set<string> {
  return new Set(findings.filter(({ state }) => isOpen(state)).map(({ rule, subject }) => `${rule} ${subject}`));
}

function assertRemoves(before: Snapshot, after: Snapshot, { clears }: Step): void {
  const still = open(after);
  assert.deepEqual(
    clears.map(({ rule, subject }) => `${rule} ${subject}`).sort(),
    [...open(before)].filter((key) => !still.has(key)).sort(),
  );
}

describe('posture: roadmap', function () {
  this.timeout(30_000);
  for (const { name, text } of readSamples()) {
    it(`removes what it says when it is written into ${name}`, () => {
      let snapshot = snapshotOf(text);
      const { steps, left, single } = roadmapOf(snapshot);
      for (const step of single) assertRemoves(snapshot, written(snapshot, step.placed), step);
      for (const step of steps) {
        const after = written(snapshot, step.placed);
        assertRemoves(snapshot, after, step);
        snapshot = after;
      }
      assert.equal(open(snapshot).size, left);
      assert.deepEqual(
        steps.map(({ phase }) => phase),
        [...steps].map(({ phase }) => phase).sort((a, b) => PHASES.indexOf(a) - PHASES.indexOf(b)),
      );
    });
  }

  it('finds the single control that clears most: no other one at any place clears more', () => {
    const snapshot = snapshotOf(refunds({ top: 'boundaries:\n  house: { kind: organization }', agent: 'in: house' }));
    const [best] = roadmapOf(snapshot).single;
    const before = open(snapshot);
    let most = 0;
    const givers = ['$model', ...snapshot.model.boundaries.keys(), ...snapshot.model.elements.keys(), ...snapshot.model.flows.keys()];
    const named = new Set(snapshot.findings.flatMap(({ missing }) => missing.flat()));
    for (const control of named) {
      for (const giver of givers) {
        const edits = addControl(snapshot.syntax, snapshot.model, giver, control);
        if (!edits) continue;
        const after = open(snapshotOf(applyEdits(snapshot.text, edits)));
        most = Math.max(most, [...before].filter((key) => !after.has(key)).length);
      }
    }
    assert.equal(best?.clears.length, most);
  });

  it('is the same each time', () => {
    const text = readSamples()[1]?.text ?? '';
    const plain = (text: string): unknown =>
      JSON.parse(JSON.stringify(roadmapOf(snapshotOf(text)).steps.map(({ clears, ...step }) => ({ ...step, clears: clears.length }))));
    assert.deepEqual(plain(text), plain(text));
  });

  it('takes what removes more risk for its effort first, within a phase', () => {
    const { steps } = roadmapOf(snapshotOf(refunds({ agent: 'permissions: broad, identity: shared' })));
    assert.ok(steps.length > 3);
    assert.ok(steps.every(({ risk, effort, clears }) => risk > 0 && effort > 0 && clears.length > 0));
    assert.equal(RISK.critical, 8);
  });

  it('leaves what is accepted, and has nothing to say when nothing is open', () => {
    assert.deepEqual(roadmapOf(snapshotOf(QUIET)), { steps: [], left: 0, isCut: false, single: [] });
  });

  it('is cut where a large model would take too long, and says so', () => {
    const whole = roadmapOf(snapshotOf(refunds({})));
    const cut = roadmapOf(snapshotOf(refunds({})), 12);
    assert.ok(whole.steps.length > 4 && !whole.isCut);
    assert.ok(cut.isCut && cut.left > whole.left && cut.steps.length <= 4, `${cut.steps.length} steps`);
  });
});
