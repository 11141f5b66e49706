import assert from 'node:assert/strict';
import { firstHole } from '../../../server/src/language/actions/action.ts';
import { waysOut, type WayOut } from '../../../server/src/language/actions/waysOut.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { snapshotOf } from './fixture.ts';

const MODEL = `threatmodel: 1
owner: ann
elements:
  bot: { kind: agent, autonomy: assisted, controls: [identity] }
  pay: { kind: tool, effects: [spend], owner: bob }
flows:
  buy: { from: bot, to: pay }
controls: [inventory]
`;

function ways(text: string, rule: string): WayOut[] {
  const snapshot = snapshotOf(text);
  const finding = snapshot.findings.find((known) => known.rule === rule);
  assert.ok(finding, `no finding of ${rule}`);
  return [...waysOut(snapshot, finding)];
}

/** The text after the way of this kind, with `«»` around what the author is to fill in first. */
function after(text: string, rule: string, kind: WayOut['kind']): string {
  const way = ways(text, rule).find((known) => known.kind === kind);
  assert.ok(way, `nothing to ${kind}`);
  const done = applyEdits(text, way.edits);
  const errors = snapshotOf(done).problems.filter(({ code, severity }) => severity === 'error' && code !== 'missing-reason');
  assert.deepEqual(errors, []);
  const hole = firstHole(way.edits);
  return hole ? `${done.slice(0, hole.start)}«${done.slice(hole.start, hole.end)}»${done.slice(hole.end)}` : done;
}

const RULE = 'spending-without-approval';
const IDENTITY = 'agent-without-identity';

describe('ways out of a finding', () => {
  it('are to fix it, to plan it, to say that it does not apply, and to accept it', () => {
    assert.deepEqual(
      ways(MODEL, RULE).map(({ kind, title }) => `${kind}: ${title}`),
      [
        'fix: Add control "Human approval" to flow buy',
        'fix: Add controls "Policy engine" to element pay and "Rate limit" to flow buy',
        'fix: Add control "Human approval" to element bot',
        'plan: Plan "Human approval" for flow buy',
        'not-applicable: Say why "Human approval" does not apply to flow buy',
        'accept: Accept "Title of spending-without-approval" at flow buy',
      ],
    );
  });

  it('plan a control with an owner and a day', () => {
    assert.equal(
      after(MODEL, RULE, 'plan'),
      MODEL.replace('to: pay }', 'to: pay, controls: { approval: { status: planned, owner: ann, due: «2027-02-20» } } }'),
    );
  });

  it('write a list of controls as a map when one of them is only planned', () => {
    const lists: [string, string][] = [
      ['[limit]', '{ limit: in-place, approval: { status: planned, owner: ann, due: «2027-02-20» } }'],
      ['[ limit ] # why', '{ limit: in-place, approval: { status: planned, owner: ann, due: «2027-02-20» } } # why'],
    ];
    for (const [before, expected] of lists) {
      const text = MODEL.replace('buy: { from: bot, to: pay }', `buy:\n    from: bot\n    to: pay\n    controls: ${before}`);
      assert.equal(after(text, RULE, 'plan'), text.replace(before, expected));
    }
    const items = '\n    - limit # first\n    - policy';
    const text = MODEL.replace(
      'buy: { from: bot, to: pay }',
      `buy:\n    from: bot\n    to: pay\n    controls:${items.replace('\n    - policy', '')}`,
    );
    const map = '\n      limit: in-place # first\n      approval: { status: planned, owner: ann, due: «2027-02-20» }';
    assert.equal(after(text, RULE, 'plan'), text.replace(items.replace('\n    - policy', ''), map));
  });

  it('leave the reason why a control does not apply to the author', () => {
    assert.equal(
      after(MODEL, RULE, 'not-applicable'),
      MODEL.replace('to: pay }', 'to: pay, controls: { approval: { status: not-applicable, reason: "«»" } } }'),
    );
    const planned = MODEL.replace('[identity]', '{ identity: { status: planned, owner: eve } }');
    assert.equal(
      after(planned, IDENTITY, 'not-applicable'),
      planned.replace('{ status: planned, owner: eve }', '{ status: not-applicable, owner: eve, reason: "«»" }'),
    );
  });

  it('accept with owner, reason and date, in a new section or as a further entry', () => {
    const entry = `- rule: ${RULE}\n    at: buy\n    owner: ann\n    reason: "«»"\n    until: 2027-02-20`;
    assert.equal(after(MODEL, RULE, 'accept'), `${MODEL}\naccepted:\n  ${entry}\n`);
    assert.equal(after(MODEL.trimEnd(), RULE, 'accept'), `${MODEL}\naccepted:\n  ${entry}\n`);
    const other = `${MODEL}accepted:\n  - { rule: ${IDENTITY}, at: bot, owner: ann, reason: ok, until: 2027-01-01 } # seen\n# end\n`;
    assert.equal(after(other, RULE, 'accept'), other.replace('# seen\n', `# seen\n  ${entry}\n`));
    const inline = `${MODEL}accepted: []\n`;
    assert.equal(after(inline, RULE, 'accept'), inline.replace('[]', `[{ ${entry.slice(2).replaceAll('\n    ', ', ')} }]`));
  });

  it('ask for an owner where nobody answers', () => {
    assert.match(after(MODEL.replace('owner: ann\n', ''), RULE, 'accept'), /owner: ""\n {4}reason: "«»"/);
  });

  it('renew what has expired', () => {
    const text = `${MODEL}accepted:\n  - { rule: ${RULE}, at: buy, owner: ann, reason: ok, until: 2026-01-01 }\n`;
    assert.equal(after(text, RULE, 'accept'), text.replace('2026-01-01', '«2027-02-20»'));
  });

  it('keep the line endings of the file', () => {
    const text = MODEL.replaceAll('\n', '\r\n');
    for (const { edits } of ways(text, RULE)) assert.doesNotMatch(applyEdits(text, edits), /[^\r]\n/);
  });
});
