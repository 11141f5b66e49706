import assert from 'node:assert/strict';
import { quickFixes, type QuickFix } from '../../../server/src/language/quickFixes.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { snapshotOf } from './fixture.ts';

function fixes(text: string, at?: string): QuickFix[] {
  const start = at === undefined ? 0 : text.indexOf(at);
  const end = at === undefined ? text.length : start + at.length;
  return [...quickFixes(snapshotOf(text), { start, end })];
}

function titles(text: string, at?: string): string[] {
  return fixes(text, at).map(({ title, preferred }) => (preferred ? `* ${title}` : title));
}

const BUYING = `elements:
  bot: { kind: agent, autonomy: assisted, controls: [identity] }
  pay: { kind: tool, effects: [spend] }
flows:
  buy: { from: bot, to: pay }
controls: [inventory]
`;

describe('quick fixes', () => {
  it('correct a word', () => {
    const text = 'elements:\n  a: { kind: agnt, controls: [identity, approval] }\ncontrols: [inventory]\n';
    const [fix] = fixes(text, 'agnt');
    assert.equal(fix?.title, 'Change to "agent"');
    assert.equal(fix.preferred, true);
    assert.equal(applyEdits(text, fix.edits), text.replace('agnt', 'agent'));
  });

  it('offer each way to satisfy a finding, the preferred one first', () => {
    assert.deepEqual(titles(BUYING, 'buy'), [
      '* Add control "Human approval" to flow buy',
      'Add controls "Policy engine" to element pay and "Rate limit" to flow buy',
    ]);
  });

  it('write what their title says', () => {
    const [one, two] = fixes(BUYING, 'buy');
    assert.ok(one && two);
    assert.equal(applyEdits(BUYING, one.edits), BUYING.replace('to: pay }', 'to: pay, controls: [approval] }'));
    assert.equal(
      applyEdits(BUYING, two.edits),
      BUYING.replace('to: pay }', 'to: pay, controls: [limit] }').replace('[spend] }', '[spend], controls: [policy] }'),
    );
  });

  it('put what is planned in place', () => {
    const text = BUYING.replace('[identity]', '{ identity: planned }');
    assert.deepEqual(titles(text, 'planned'), ['* Put "Own identity" of element bot in place']);
  });

  it('state a property that is not known, after the controls', () => {
    const text = 'elements:\n  bot: { kind: agent, controls: [identity] }\ncontrols: [inventory]\n';
    assert.deepEqual(titles(text, 'controls: [id'), [
      '* Add control "Human approval" to element bot',
      'State "autonomy: assisted" of element bot',
    ]);
  });

  it('add a control of the whole system', () => {
    const text = BUYING.replace('controls: [inventory]\n', '').replace('buy: { from: bot, to: pay }', '{}');
    const all = titles(`threatmodel: 1\n${text}`);
    assert.deepEqual(all, ['* Add control "Inventory" to the whole system']);
  });

  it('each clear their finding, and nothing is left when all preferred ones are applied', () => {
    let text = BUYING.replace('controls: [inventory]\n', '').replace(', controls: [identity]', '').replace(', autonomy: assisted', '');
    const cleared = new Set<string>();
    for (let round = 0; round < 10; round++) {
      const [fix] = fixes(text);
      if (!fix || !('finding' in fix.clears)) break;
      cleared.add(fix.clears.finding.rule);
      text = applyEdits(text, fix.edits);
      const { fingerprint } = fix.clears.finding;
      assert.ok(!snapshotOf(text).findings.some((finding) => finding.fingerprint === fingerprint));
    }
    assert.deepEqual(snapshotOf(text).findings, []);
    // The approval of what is bought is one of the agent's actions, too: four findings go with three fixes.
    assert.equal(cleared.size, 3);
  });

  it('are not offered where adding the control does not clear the finding', () => {
    // The same control would be stated twice: the edit has no place.
    const text = 'elements:\n  bot: &bot { kind: agent, autonomy: assisted }\n  b: *bot\ncontrols: [inventory]\n';
    for (const fix of fixes(text, 'b:')) {
      assert.ok('finding' in fix.clears);
      const { fingerprint } = fix.clears.finding;
      assert.ok(!snapshotOf(applyEdits(text, fix.edits)).findings.some((finding) => finding.fingerprint === fingerprint));
    }
    assert.deepEqual(titles(text, 'b: *bot'), []);
  });

  it('are none where nothing is wrong', () => assert.deepEqual(fixes(BUYING, 'pay: { kind'), []));

  it('are none for what is accepted', () => {
    const text = `${BUYING}accepted:\n  - { rule: spending-without-approval, at: buy, owner: me, reason: ok, until: 2027-01-01 }\n`;
    assert.deepEqual(fixes(text, 'buy:'), []);
  });
});
