import assert from 'node:assert/strict';
import type { Action } from '../../../server/src/language/actions/action.ts';
import { quickFixes } from '../../../server/src/language/actions/actions.ts';
import type { Finding } from '../../../server/src/analysis/index.ts';
import { applyEdits, type TextEdit } from '../../../server/src/syntax/index.ts';
import { snapshotOf } from './fixture.ts';

/** Without what is no fix: plans, exclusions, acceptances, and fixing all. */
function fixes(text: string, at?: string): Fix[] {
  const start = at === undefined ? 0 : text.indexOf(at);
  const end = at === undefined ? text.length : start + at.length;
  const actions = [...quickFixes(snapshotOf(text), { start, end })];
  return actions
    .filter(({ title }) => !/^(Plan|Say why|Accept|Fix all) /.test(title))
    .map((action) => ({ ...action, edits: action.edits() ?? [] }));
}

interface Fix extends Omit<Action, 'edits'> {
  readonly edits: readonly TextEdit[];
}

function findingOf({ about }: Fix): Finding {
  assert.ok(about && 'fingerprint' in about);
  return about;
}

function titles(text: string, at?: string): string[] {
  return fixes(text, at).map(({ title, preferred }) => (preferred ? `* ${title}` : title));
}

const BUYING = `threatmodel: 1
elements:
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
      'Add control "Human approval" to element bot',
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
    const all = titles(text);
    assert.deepEqual(all, ['* Add control "Inventory" to the whole system']);
  });

  it('each clear their finding, and nothing is left when all preferred ones are applied', () => {
    let text = BUYING.replace('controls: [inventory]\n', '').replace(', controls: [identity]', '').replace(', autonomy: assisted', '');
    const cleared = new Set<string>();
    for (let round = 0; round < 10; round++) {
      const [fix] = fixes(text);
      if (!fix) break;
      cleared.add(findingOf(fix).rule);
      text = applyEdits(text, fix.edits);
      const { fingerprint } = findingOf(fix);
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
      const { fingerprint } = findingOf(fix);
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
