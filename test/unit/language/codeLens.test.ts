import assert from 'node:assert/strict';
import { lensesOf, lensTitle } from '../../../server/src/language/codeLens.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { CATALOGUE, snapshotOf, TODAY } from './fixture.ts';

const MODEL = `threatmodel: 1
boundaries:
  web: { kind: internet }
  corp: { kind: zone }
  inner: { kind: zone, in: corp }
  empty: { kind: zone }
elements:
  user: { kind: user, in: web }
  bot: { kind: agent, in: inner, autonomy: autonomous }
  gate: { kind: gateway, in: corp }
  pay: { kind: tool, in: inner, effects: [spend] }
  idle: { kind: tool }
flows:
  ask: { from: user, to: bot, through: [gate] }
  buy: { from: bot, to: pay }
  lost: { from: bot, to: nowhere }
`;

/** All lenses as \`id: words\`. */
function titles(text: string): readonly string[] {
  const snapshot = snapshotOf(text);
  return lensesOf(snapshot).map(({ id, span }) => {
    assert.equal(text.slice(span.start, span.end), id);
    return `${id}: ${lensTitle(snapshot, id)}`;
  });
}

describe('code lenses', () => {
  it('count findings and flows', () => {
    assert.deepEqual(titles(MODEL), [
      'web: 0 flows in, 1 out',
      'corp: 1 flow in, 0 out',
      'inner: 1 flow in, 0 out',
      'user: 0 flows in, 1 out',
      'bot: 2 medium | 1 flow in, 1 out',
      'gate: 1 flow in, 1 out',
      'pay: 1 flow in, 0 out',
      'buy: 1 high',
    ]);
  });

  it('count no finding that is accepted', () => {
    const accepted = 'accepted:\n  - { rule: spending-without-approval, at: buy, owner: me, reason: ok, until: 2027-01-01 }\n';
    assert.ok(!titles(MODEL + accepted).some((title) => title.startsWith('buy')));
  });

  it('are not there for what another file declares', () => {
    const used = snapshotOf('threatmodel: 1\nelements:\n  bot: { kind: agent }\n');
    const text =
      'threatmodel: 1\nuse: { base: ./base.threatmodel.yaml }\nelements:\n  user: { kind: user }\nflows:\n  ask: { from: user, to: base.bot }\n';
    const snapshot = takeSnapshot(text, CATALOGUE, TODAY, undefined, undefined, () => ({ file: 'base', snapshot: used }));
    assert.ok(snapshot.model.elements.has('base.bot'));
    assert.deepEqual(
      lensesOf(snapshot).map(({ id }) => id),
      ['user'],
    );
  });

  it('say nothing of what is gone', () => assert.equal(lensTitle(snapshotOf(''), 'bot'), ''));
});
