import assert from 'node:assert/strict';
import {
  byPillar,
  byPrinciple,
  byStage,
  postureOf,
  progressBetween,
  tally,
  type ControlPosture,
} from '../../../server/src/posture/index.ts';
import { readSamples } from '../../tools/samples.ts';
import { QUIET, refunds, snapshotOf } from './support.ts';

function control(text: string, id: string): ControlPosture | undefined {
  return postureOf(snapshotOf(text)).controls.find((it) => it.control.id === id);
}

/** The same with a second tool and the flow to it. */
function two(refund: string, order: string): string {
  const more = `  orders: { kind: tool, sideEffects: [spend] }\nflows:\n  order: { from: agent, to: orders, kind: tool-call, ${order} }`;
  return refunds({ flow: refund }).replace('flows:', more);
}

describe('posture: state of a control', () => {
  for (const [title, text, expected] of [
    ['nothing is stated', refunds({}), ['unstated', 'needed', ['refund']]],
    ['it is in place', refunds({ flow: 'controls: [human-approval]' }), ['in-place', 'covered', []]],
    ['it is planned', refunds({ flow: 'controls: { human-approval: planned }' }), ['planned', 'needed', ['refund']]],
    ['it is partial', refunds({ flow: 'controls: { human-approval: partial }' }), ['partial', 'needed', ['refund']]],
    ['it is absent', refunds({ flow: 'controls: { human-approval: absent }' }), ['absent', 'needed', ['refund']]],
    [
      'it does not apply',
      refunds({ flow: 'controls: { human-approval: { status: not-applicable, reason: no } }' }),
      ['not-applicable', 'covered', []],
    ],
    ['it is in place here and missing there', two('controls: [human-approval]', ''), ['partial', 'needed', ['order']]],
    ['it is in place at both', two('controls: [human-approval]', 'controls: [human-approval]'), ['in-place', 'covered', []]],
    [
      'it is planned here and in place there',
      two('controls: [human-approval]', 'controls: { human-approval: planned }'),
      ['partial', 'needed', ['order']],
    ],
    [
      'something else satisfies the rule',
      refunds({ agent: 'permissions: broad' }).replace(
        'kind: tool-call,',
        'kind: tool-call, controls: [human-approval, tool-policy-engine]',
      ),
      ['in-place', 'covered', []],
    ],
  ] as const) {
    it(`is ${expected[0]} when ${title}`, () => {
      const only = ['refund', 'order'];
      const found = control(text, 'human-approval');
      assert.deepEqual([found?.state, found?.demand, found?.neededAt.filter((id) => only.includes(id))], expected);
    });
  }

  it('says where it is stated, and by whom', () => {
    const text = refunds({ flow: 'controls: { human-approval: { status: planned, owner: jane, due: 2027-01-01, evidence: T-1 } }' });
    const [stated, ...others] = control(text, 'human-approval')?.stated ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [stated?.at, stated?.status, stated?.owner, stated?.due, stated?.evidence],
      ['refund', 'planned', 'jane', '2027-01-01', 'T-1'],
    );
    assert.equal(text.slice(stated?.span.start, stated?.span.end), 'planned');
  });

  it('does not count what is stated where it cannot be given', () => {
    assert.equal(control(refunds({ top: 'controls: [human-approval]' }), 'human-approval')?.state, 'unstated');
  });
});

describe('posture: what is called for', () => {
  it('is what rules that apply name, practices for what is there, and what is stated', () => {
    assert.equal(control(refunds({}), 'ai-security-training')?.demand, 'practice');
    assert.equal(control(refunds({}), 'federated-integrity'), undefined, 'there is no training');
    assert.equal(control(refunds({}), 'memory-expiry-reset'), undefined, 'there is no memory');
    assert.equal(control(refunds({ agent: 'controls: [memory-expiry-reset]' }), 'memory-expiry-reset')?.state, 'in-place');
  });

  it('is nothing in an empty model', () => {
    assert.deepEqual(postureOf(snapshotOf(QUIET)), { controls: [], threats: [] });
  });
});

describe('posture: tallies', () => {
  for (const { name, text } of readSamples()) {
    it(`counts every control of ${name} once below its pillar, lane and group`, () => {
      const snapshot = snapshotOf(text);
      const { catalogue } = snapshot;
      const { controls } = postureOf(snapshot);
      const whole = tally(controls);
      const sum = (parts: readonly { readonly total: number }[]): number => parts.reduce((total, part) => total + part.total, 0);
      const pillars = byPillar(controls, catalogue);
      const lanes = pillars.flatMap((pillar) => pillar.lanes);
      assert.equal(sum(pillars), whole.total);
      assert.equal(sum(lanes), whole.total);
      assert.equal(sum(lanes.flatMap(({ groups }) => groups)), whole.total);
      for (const part of [whole, ...pillars, ...lanes])
        assert.equal(
          Object.values(part.states).reduce((a, b) => a + b, 0),
          part.total,
        );
      const order = [...catalogue.swimLanes.keys()];
      for (const pillar of pillars)
        assert.deepEqual(
          pillar.lanes.map(({ id }) => id),
          order.filter((id) => pillar.lanes.some((lane) => lane.id === id)),
        );
      assert.deepEqual(
        byPrinciple(controls).map(({ title }) => title),
        ['Verify explicitly', 'Use least privilege', 'Assume breach'],
      );
      assert.ok(byStage(controls, catalogue).every(({ title }) => [...catalogue.stages.values()].includes(title)));
    });
  }
});

describe('posture: progress', () => {
  const at = (text: string) => {
    const snapshot = snapshotOf(text);
    return { posture: postureOf(snapshot), findings: snapshot.findings };
  };

  it('says what has changed', () => {
    const { controls, closed, opened } = progressBetween(
      at(refunds({})),
      at(two('controls: [human-approval]', 'controls: [human-approval]')),
    );
    assert.deepEqual(
      controls.find((it) => it.control === 'human-approval'),
      { control: 'human-approval', before: 'unstated', after: 'in-place' },
    );
    assert.ok(closed.some(({ rule }) => rule === 'destructive-action-without-undo'));
    assert.ok(opened.length > 0 && opened.every(({ subject }) => subject === 'order' || subject === 'orders'));
  });

  it('says nothing of what is the same', () => {
    assert.deepEqual(progressBetween(at(refunds({})), at(refunds({}))), { controls: [], closed: [], opened: [] });
  });

  it('says what is called for no longer', () => {
    const { controls } = progressBetween(at(refunds({})), at(QUIET));
    assert.deepEqual(
      controls.find((it) => it.control === 'human-approval'),
      { control: 'human-approval', before: 'unstated', after: undefined },
    );
  });
});
