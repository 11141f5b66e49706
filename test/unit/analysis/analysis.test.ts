import assert from 'node:assert/strict';
import { analyseText } from '../../tools/analyseText.ts';
import { parse, stringify } from 'yaml';

/** The example of the format page, and the meaning of states, scopes and places one by one. */
const HEAD = 'threatmodel: 1\nriskTier: high\nintendedUse: test\nowner: a@contoso.example\n';

function finding(text: string, rule: string, subject?: string) {
  const found = analyseText(text).findings.filter(
    (it) => (it.rule === rule || it.also.includes(rule)) && (subject === undefined || it.subject === subject),
  );
  return found[0];
}

const REFUND = (controls: string, more = '') => `${HEAD}${more}
elements:
  agent: { kind: agent, title: Support agent }
  refunds: { kind: tool, title: Refunds, sideEffects: [spend] }
flows:
  refund: { from: agent, to: refunds, kind: tool-call${controls} }
`;

describe('states of a finding', () => {
  const rule = 'destructive-action-without-undo';
  it('open when nothing is said', () => assert.equal(finding(REFUND(''), rule)?.state, 'open'));
  it('none when the control is in place', () => assert.equal(finding(REFUND(', controls: [human-approval]'), rule), undefined));
  it('planned: one step lower, full severity kept for gates', () => {
    const it = finding(REFUND(', controls: { human-approval: planned }'), rule)!;
    assert.deepEqual([it.state, it.severity, it.fullSeverity], ['planned', 'high', 'critical']);
  });
  it('partial counts before planned', () =>
    assert.equal(finding(REFUND(', controls: { human-approval: partial }'), rule)?.state, 'partial'));
  it('absent is open, at the status', () => {
    const text = REFUND(', controls: { human-approval: absent }');
    const it = finding(text, rule)!;
    assert.equal(text.slice(it.span.start, it.span.end), 'absent');
    assert.equal(it.state, 'open');
  });
  it('not applicable takes only its alternative away', () => {
    const one = finding(REFUND(', controls: { human-approval: { status: not-applicable, reason: nobody there } }'), rule)!;
    assert.equal(one.state, 'open');
    assert.ok(!one.missing.flat().includes('human-approval'));
  });
  it('not applicable when no alternative is left', () => {
    const na = (id: string) => `${id}: { status: not-applicable, reason: none }`;
    const text = REFUND(`, controls: { ${[na('human-approval'), na('reversibility-and-undo')].join(', ')} }`);
    assert.equal(finding(text, rule)?.state, 'not-applicable');
  });
});

describe('acceptance', () => {
  const accepted = (until: string, extra = '') =>
    `${REFUND('')}accepted:\n  - { rule: destructive-action-without-undo, at: refund, owner: o@contoso.example, reason: small sums, until: ${until}${extra} }\n`;
  it('accepts until its last day', () =>
    assert.equal(finding(accepted('2026-11-22'), 'destructive-action-without-undo')?.state, 'accepted'));
  it('expires, and says so', () => {
    const { findings, problems } = analyseText(accepted('2026-11-21'));
    assert.equal(findings.find((it) => it.rule === 'destructive-action-without-undo')?.state, 'expired');
    assert.ok(problems.some((it) => it.code === 'acceptance-expired'));
  });
  it('that matches nothing is a warning', () => {
    const { problems } = analyseText(
      `${REFUND(', controls: [human-approval]')}accepted:\n  - { rule: destructive-action-without-undo, at: refund, owner: o, reason: r, until: 2027-01-01 }\n`,
    );
    assert.ok(problems.some((it) => it.code === 'acceptance-matches-nothing'));
  });
});

describe('where a control counts', () => {
  const rule = 'destructive-action-without-undo';
  it('on the flow, on either end, or on the way', () => {
    for (const text of [
      REFUND(', controls: [human-approval]'),
      REFUND('').replace('sideEffects: [spend]', 'sideEffects: [spend], controls: [human-approval]'),
      REFUND(', through: [gate]').replace('elements:', 'elements:\n  gate: { kind: policy-engine, controls: [human-approval] }'),
    ]) {
      const its = finding(text, rule);
      // A policy engine cannot give a human approval by itself unless the catalogue says so: then it counts nowhere.
      assert.ok(its === undefined, text);
    }
  });
  it('consulted beside the path: only for what it guards', () => {
    const with_ = (guards: string) =>
      REFUND('').replace('elements:', `elements:\n  boss: { kind: human-approver, controls: [human-approval]${guards} }`);
    assert.equal(finding(with_(', guards: [refund]'), rule), undefined);
    assert.equal(finding(with_(''), rule)?.state, 'open');
  });
  it('a boundary speaks for its inside, an inner boundary or the element itself contradicts it', () => {
    const model = (inner: string, own: string) => `${HEAD}
boundaries:
  outer: { kind: organization, controls: [egress-allowlist] }
  inner: { kind: network-zone, in: outer${inner} }
elements:
  agent: { kind: agent, in: inner, egress: unrestricted${own} }
`;
    assert.equal(finding(model('', ''), 'agent-unrestricted-egress'), undefined);
    assert.equal(finding(model(', controls: { egress-allowlist: absent }', ''), 'agent-unrestricted-egress')?.state, 'open');
    assert.equal(finding(model('', ', controls: { egress-allowlist: planned }'), 'agent-unrestricted-egress')?.state, 'planned');
  });
});

describe('drafts', () => {
  const draft = (text: string) => text.replace('threatmodel: 1', 'threatmodel: 1\ncompleteness: draft');
  it('roll up what rests on silence into one message an element', () => {
    const { findings, problems } = analyseText(draft(REFUND('')));
    assert.equal(
      findings.some((it) => it.rule === 'destructive-action-without-undo'),
      false,
    );
    assert.equal(problems.filter((it) => it.code === 'unstated-controls' && it.message.includes('Refunds')).length, 1);
  });
  it('raise in full what the file says is absent', () => {
    assert.equal(finding(draft(REFUND(', controls: { human-approval: absent }')), 'destructive-action-without-undo')?.state, 'open');
  });
  it('an element may be complete inside a draft', () => {
    const text = draft(REFUND('')).replace('sideEffects: [spend]', 'sideEffects: [spend], completeness: complete');
    assert.equal(finding(text, 'destructive-action-without-undo')?.state, 'open');
  });
});

describe("the author's own threats", () => {
  const text = (more: string) =>
    `${REFUND(', controls: [human-approval]')}threats:\n  - { title: Fraud by staff, at: refunds, severity: high${more} }\n`;
  const own = (more: string) => analyseText(text(more)).findings.find((it) => it.rule === '$author');
  it('are findings that say whose they are, in their place', () => {
    const it = own('')!;
    assert.deepEqual([it.subject, it.severity, it.state, it.message], ['refunds', 'high', 'open', 'Stated by the author: Fraud by staff']);
    assert.match(text('').slice(it.span.start, it.span.end), /Fraud by staff/);
  });
  it('count until the author says that they are settled', () => {
    assert.equal(own(', status: mitigated')?.state, 'not-applicable');
    assert.equal(own(', status: accepted')?.state, 'accepted');
  });
});

describe('paths', () => {
  const INJECT = (more = '', toolControls = '') => `${HEAD}
elements:
  web: { kind: external-content, title: The web }
  agent: { kind: agent, title: Agent${more} }
  shop: { kind: tool, title: Shop, sideEffects: [spend]${toolControls} }
flows:
  read: { from: web, to: agent, kind: retrieval }
  buy: { from: agent, to: shop, kind: tool-call }
`;
  const rule = 'indirect-prompt-injection-to-action';
  it('point at the last flow, name each hop, and list the sources', () => {
    const it = finding(INJECT(), rule)!;
    assert.equal(it.subject, 'buy');
    assert.deepEqual(it.sources, ['web']);
    assert.deepEqual(it.trail, ['web', 'read', 'agent', 'buy', 'shop']);
    assert.deepEqual(
      it.related.map((place) => place.subject),
      ['read', 'buy'],
    );
  });
  it('one blocker anywhere on the way clears them', () =>
    assert.equal(finding(INJECT(', controls: [quarantined-model]'), rule), undefined));
  it('the witness is the shortest unsatisfied way, not the shortest', () => {
    const text = INJECT('', '')
      .replace(
        'flows:',
        `  long: { kind: agent, title: Detour }
  guarded: { kind: agent, title: Guarded, controls: [quarantined-model] }
flows:
  a: { from: web, to: guarded, kind: retrieval }
  b: { from: guarded, to: shop, kind: tool-call }
  c: { from: web, to: long, kind: retrieval }
  d: { from: long, to: agent, kind: agent-message }`,
      )
      .replace('  read: { from: web, to: agent, kind: retrieval }\n', '');
    const it = finding(text, rule, 'buy')!;
    assert.deepEqual(it.trail, ['web', 'c', 'long', 'd', 'agent', 'buy', 'shop']);
    assert.equal(finding(text, rule, 'b'), undefined);
  });
  it('probabilistic layers alone never clear a critical path', () => {
    assert.ok(finding(INJECT(', controls: [spotlighting, indirect-injection-detection, plan-drift-detection, critic-review]'), rule));
  });
  it('travel over implied replies', () => {
    const text = INJECT().replace('read: { from: web, to: agent, kind: retrieval }', 'read: { from: agent, to: web, kind: query }');
    assert.deepEqual(finding(text, rule)!.trail, ['web', 'read', 'agent', 'buy', 'shop']);
    assert.equal(finding(text.replace('kind: query', 'kind: query, oneWay: true'), rule), undefined);
  });
});

describe('a model keeps nothing between requests', () => {
  const SHARED = (more = '') => `${HEAD}
elements:
  web: { kind: external-content, title: The web }
  reader: { kind: agent, title: Reader }
  doer: { kind: agent, title: Doer }
  llm: { kind: model, title: Model }
  shop: { kind: tool, title: Shop, sideEffects: [spend] }
flows:
  read: { from: web, to: reader, kind: retrieval }
  think: { from: reader, to: llm, kind: prompt }
  decide: { from: doer, to: llm, kind: prompt }
  buy: { from: doer, to: shop, kind: tool-call }
${more}`;
  const rule = 'indirect-prompt-injection-to-action';
  it('what one caller sends does not come out in the reply to another', () => assert.equal(finding(SHARED(), rule), undefined));
  it('drawn replies are replies too', () => {
    const drawn = '  said: { from: llm, to: reader, kind: completion }\n  told: { from: llm, to: doer, kind: completion }\n';
    assert.equal(finding(SHARED(drawn), rule), undefined);
  });
  it('what is retrieved into the model itself is in every request', () => {
    const text = SHARED('  ground: { from: web, to: llm, kind: retrieval }\n');
    assert.deepEqual(finding(text, rule)?.trail, ['web', 'ground', 'llm', 'decide', 'doer', 'buy', 'shop']);
  });
  it('a completion that is drawn to somebody who did not ask goes there', () => {
    const text = SHARED('  push: { from: llm, to: doer, kind: completion }\n').replace(
      '  decide: { from: doer, to: llm, kind: prompt }\n',
      '',
    );
    assert.deepEqual(finding(text, rule)?.trail, ['web', 'read', 'reader', 'think', 'llm', 'push', 'doer', 'buy', 'shop']);
  });
});

describe('what lies between', () => {
  it('is counted once, however often a way could pass', () => {
    const text = `${HEAD}
elements:
  a: { kind: agent }
  b: { kind: agent }
flows:
  there: { from: a, to: b, kind: agent-message }
  back: { from: b, to: a, kind: agent-message }
`;
    assert.equal(finding(text, 'cascading-agent-failure'), undefined);
  });
});

describe('fingerprints', () => {
  it('survive reformatting and reordering', () => {
    const text = REFUND('');
    const drawn = parse(text) as { elements: Record<string, unknown> };
    drawn.elements = Object.fromEntries(Object.entries(drawn.elements).reverse());
    const prints = (it: string) =>
      analyseText(it)
        .findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`)
        .sort();
    assert.deepEqual(prints(stringify(drawn)), prints(text));
  });
});
