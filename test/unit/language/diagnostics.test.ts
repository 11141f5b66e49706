import assert from 'node:assert/strict';
import { diagnosticsOf, MOST_DIAGNOSTICS } from '../../../server/src/language/diagnostics.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { CATALOGUE, snapshotOf, TODAY } from './fixture.ts';

const BUYING = `elements:
  bot: { kind: agent, title: Bot, autonomy: assisted, controls: { identity: planned } }
  pay: { kind: tool, effects: [spend] }
flows:
  buy: { from: bot, to: pay }
`;

function list(text: string): string[] {
  return diagnosticsOf(snapshotOf(text)).map(
    ({ code, message, severity, span }) => `${severity} ${code} at ${JSON.stringify(text.slice(span.start, span.end))}: ${message}`,
  );
}

/** All that is said, also what is looked up when it is asked for. */
function said(snapshot: Snapshot) {
  return diagnosticsOf(snapshot).map((it) => [it.span, it.severity, it.code, it.message, it.related, it.unnecessary, it.findings]);
}

describe('diagnostics', () => {
  it('are findings and mistakes in source order, with what would satisfy them', () => {
    const withMistake = BUYING.replace('effects: [spend]', 'effects: [spend, spnd]');
    assert.deepEqual(list(`threatmodel: 1\n${withMistake}`), [
      'information agents-not-listed at "threatmodel": Nobody keeps a list of the agents. Needs "Inventory". Principle: assume breach.',
      'information agent-without-identity at "planned": Bot has no identity of its own. Needs "Own identity". State: planned. Principle: assume breach.',
      'error illegal-value at "spnd": "spnd" is not a value of "effects": did you mean "spend"?',
      'warning spending-without-approval at "buy": Bot calls pay and nobody approves it. Needs "Human approval" or "Policy engine" with "Rate limit". Principle: assume breach.',
    ]);
  });

  it('leave out what is accepted and what is not applicable', () => {
    const accepted = `threatmodel: 1\n${BUYING}accepted:\n  - { rule: spending-without-approval, at: buy, owner: me, reason: ok, until: 2027-01-01 }\n`;
    const text = accepted.replace('identity: planned', 'identity: { status: not-applicable, reason: none }');
    assert.deepEqual(
      diagnosticsOf(snapshotOf(text)).map(({ code }) => code),
      ['agents-not-listed'],
    );
  });

  it('carry what a client needs to recognise a finding', () => {
    const finding = snapshotOf(BUYING).findings.find(({ rule }) => rule === 'spending-without-approval');
    const shown = diagnosticsOf(snapshotOf(BUYING)).find(({ code }) => code === 'spending-without-approval');
    assert.deepEqual(shown?.findings, [{ rule: 'spending-without-approval', fingerprint: finding?.fingerprint }]);
    assert.deepEqual(shown?.related, finding?.related);
  });

  it('sum up the medium and low findings of a subject at its key, unless they are wanted one by one', () => {
    const text = BUYING.replace('autonomy: assisted', 'autonomy: unknown');
    const shown = diagnosticsOf(snapshotOf(text));
    const [group, ...more] = shown.filter(({ findings }) => findings.length > 1);
    assert.ok(group);
    assert.deepEqual(more, []);
    assert.deepEqual(
      [group.severity, group.code, text.slice(group.span.start, group.span.end), group.message, group.related.length],
      [
        'information',
        'several-findings',
        'bot',
        'Bot has 1 medium and 1 low findings: Title of too-free-agent (too-free-agent); Title of agent-without-identity (agent-without-identity).',
        2,
      ],
    );
    const expanded = diagnosticsOf(snapshotOf(text), { expand: true });
    assert.equal(expanded.length, shown.length + 1);
    assert.deepEqual(
      new Set(expanded.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint))),
      new Set(shown.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint))),
    );
  });

  it('mark text that has no effect', () => {
    const text = `${BUYING}accepted:\n  - { rule: too-free-agent, at: bot, owner: me, reason: ok, until: 2027-01-01 }\n`;
    const marked = diagnosticsOf(snapshotOf(text)).filter(({ unnecessary }) => unnecessary);
    assert.deepEqual(
      marked.map(({ code }) => code),
      ['acceptance-matches-nothing'],
    );
  });

  it('are never more than a client can bear, and then the heaviest', () => {
    const ids = Array.from({ length: MOST_DIAGNOSTICS + 50 }, (_, index) => `e${index}`);
    const text = `threatmodel: 1\nelements:\n${ids.map((id) => `  ${id}: { kind: tool, autonomy: unknown }\n`).join('')}  last: { kind: oops }\n`;
    const shown = diagnosticsOf(snapshotOf(text));
    assert.equal(shown.length, MOST_DIAGNOSTICS);
    assert.ok(shown.some(({ code }) => code === 'unknown-kind'));
    assert.match(shown.at(-1)?.message ?? '', /^52 more /);
  });
});

describe('a snapshot', () => {
  it('keeps the mistakes of the text when the analysis fails, and tells of it', () => {
    const broken = { ...CATALOGUE, rules: null as unknown as typeof CATALOGUE.rules };
    const bugs: string[] = [];
    const snapshot = takeSnapshot('elements:\n  a: { kind: agnt }\n', broken, TODAY, undefined, (part) => bugs.push(part));
    assert.ok(snapshot.problems.some(({ code }) => code === 'unknown-kind'));
    assert.deepEqual(snapshot.findings, []);
    assert.ok(snapshot.findings);
    assert.deepEqual(bugs, ['analysis']);
  });

  it('says the same with and without the version before it', () => {
    const before = snapshotOf(BUYING);
    assert.ok(before.findings.length > 0);
    const text = BUYING.replace('planned', 'in-place').replace('kind: tool', 'kind: tol');
    const after = takeSnapshot(text, CATALOGUE, TODAY, before);
    const fresh = snapshotOf(text);
    assert.deepEqual(after.problems, fresh.problems);
    assert.ok(diagnosticsOf(fresh).some(({ related }) => related.length > 0));
    assert.deepEqual(said(after), said(fresh));
  });
});
