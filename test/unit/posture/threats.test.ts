import assert from 'node:assert/strict';
import { isThreatOpen, postureOf, strideTable, type Threat } from '../../../server/src/posture/index.ts';
import { consideredThreats } from '../../../server/src/posture/threats.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';
import { readSamples } from '../../tools/samples.ts';
import { refunds, snapshotOf } from './support.ts';

const RULE = 'destructive-action-without-undo';

function threatAt(text: string, subject: string, rule = RULE): Threat | undefined {
  return consideredThreats(snapshotOf(text)).find((threat) => threat.rule === rule && threat.subject === subject);
}

describe('posture: threats considered', () => {
  const accepted = `accepted:\n  - { rule: ${RULE}, at: refund, owner: me, reason: small sums`;
  for (const [title, parts, state] of [
    ['nothing is stated', {}, 'open'],
    ['a control satisfies it', { flow: 'controls: [human-approval]' }, 'satisfied'],
    ['one is planned', { flow: 'controls: { human-approval: planned }' }, 'planned'],
    ['one is partial', { flow: 'controls: { human-approval: partial }' }, 'partial'],
    ['it is accepted', { end: `${accepted}, until: 2027-01-01 }` }, 'accepted'],
    ['the acceptance has expired', { end: `${accepted}, until: 2026-01-01 }` }, 'expired'],
    ['a draft is silent', { top: 'completeness: draft' }, 'unstated'],
    ['a draft says no', { top: 'completeness: draft', flow: 'controls: { human-approval: absent }' }, 'open'],
  ] as const) {
    it(`is ${state} when ${title}`, () => {
      assert.equal(threatAt(refunds(parts), 'refund')?.state, state);
    });
  }

  it('is unstated when a draft does not even show it', () => {
    const text = refunds({ top: 'completeness: draft' });
    assert.ok(!snapshotOf(text).findings.some(({ rule }) => rule === 'tool-arguments-unvalidated'));
    assert.equal(threatAt(text, 'refund', 'tool-arguments-unvalidated')?.state, 'unstated');
  });

  it('names the controls that satisfy it, those nearby first', () => {
    assert.deepEqual(threatAt(refunds({ flow: 'controls: [human-approval]' }), 'refund')?.by, ['human-approval']);
    assert.deepEqual(threatAt(refunds({}), 'refund')?.by, []);
  });

  it('does not consider what cannot happen', () => {
    assert.equal(threatAt(refunds({}).replace('[spend]', '[read]'), 'refund'), undefined);
  });

  for (const { name, text } of readSamples()) {
    it(`has every finding of ${name}, in its state`, () => {
      const snapshot = snapshotOf(text);
      const threats = consideredThreats(snapshot);
      for (const { rule, also, subject, state } of snapshot.findings) {
        for (const id of [rule, ...also]) {
          const its = threats.filter((threat) => threat.rule === id && threat.subject === subject);
          assert.deepEqual(
            its.map((threat) => threat.state),
            [state],
            `${id} at ${subject}`,
          );
        }
      }
      const open = new Set(threats.filter(isThreatOpen).map(({ finding }) => finding));
      assert.equal(open.size, snapshot.findings.filter(({ state }) => state !== 'accepted' && state !== 'not-applicable').length);
    });
  }

  it('has a satisfied threat where a good example of a rule is good because of its controls', () => {
    const catalogue = readCatalogue();
    let satisfied = 0;
    for (const { rule, example } of readRuleExamples().flatMap(({ rule, examples }) => examples.map((example) => ({ rule, example })))) {
      if (example.kind !== 'good') continue;
      const threats = consideredThreats(snapshotOf(example.model, catalogue)).filter((threat) => threat.rule === rule);
      assert.ok(!threats.some(isThreatOpen), `${rule}: ${example.title}`);
      if (threats.some(({ state, by }) => state === 'satisfied' && by.length > 0)) satisfied++;
    }
    assert.ok(satisfied > 60, `${satisfied} good examples are satisfied by controls`);
  });
});

describe('posture: STRIDE per element', () => {
  it('counts each threat in the categories of its rule, open or not', () => {
    const snapshot = snapshotOf(
      refunds({ flow: 'controls: [human-approval]', end: 'threats:\n  - { title: Fraud, at: refund, category: spoofing }' }),
    );
    const { threats } = postureOf(snapshot);
    const { columns, rows } = strideTable(threats, snapshot.model, snapshot.catalogue);
    assert.deepEqual(
      columns.map(({ id }) => id).filter((id) => id.length === 1),
      ['S', 'T', 'R', 'I', 'D', 'E'],
    );
    assert.deepEqual(rows.map(({ subject }) => subject).slice(0, 2), ['$model', 'agent']);
    const cells = rows.find(({ subject }) => subject === 'refund')?.cells ?? [];
    const at = (id: string) => cells[columns.findIndex((column) => column.id === id)];
    const rule = snapshot.catalogue.rules.get(RULE);
    for (const category of rule?.stride ?? [])
      assert.ok(
        at(category)?.satisfied.some((threat) => threat.rule === RULE),
        category,
      );
    assert.deepEqual(
      at('S')?.open.map(({ finding }) => finding?.message),
      ['Stated by the author: Fraud'],
    );
  });
});
