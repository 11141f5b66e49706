import assert from 'node:assert/strict';
import { meaningHash, readModel, type Element, type Model } from '../../../server/src/model/index.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { catalogue } from './catalogue.ts';

const today = '2026-11-22';
const read = (text: string): Model => readModel(parseDocument(text), catalogue, { today });

const TEXT = `threatmodel: 1
title: 42
owner: platform
riskTier: high
completeness: draft
controls: { inventory: in-place }
boundaries:
  office: { kind: organization }
  lab: { kind: network-zone, in: office, controls: [private-network] }
data:
  question: { kind: user-prompt, title: What was asked }
elements:
  customer: { kind: person, title: Customer, tags: [a, b] }
  gateway: { kind: gateway, in: office }
  agent:
    kind: agent
    in: [lab, office]
    owner: jane
    autonomy: full
    trust: 2
    registered: true
    holds: [question, secret]
    completeness: complete
    controls:
      manual-approval: { status: planned, owner: joe, due: 2027-01-15, evidence: SEC-1 }
      inventory: in-place
  refunds: { kind: tool, sideEffects: read, outOfScope: { reason: Bought. } }
  approver: { kind: approver, guards: [refund, agent] }
flows:
  ask: { from: customer, to: agent, through: [gateway], carries: [question], returns: [] }
  refund: { from: agent, to: refunds, kind: tool-call, oneWay: true }
  broken: { from: agent, to: nowhere }
assumptions: [The network is private.]
threats:
  - { title: Fire }
accepted:
  - { rule: old-unapproved-action, at: refund, from: [customer], owner: jane, reason: Known., until: 2027-03-31 }
`;

describe('a model', () => {
  const model = read(TEXT);
  const element = (id: string): Element => model.elements.get(id) ?? assert.fail(`no element ${id}`);

  it('has what is said of the system', () => {
    assert.equal(model.title, '42');
    assert.equal(model.completeness, 'draft');
    assert.deepEqual(model.properties.get('riskTier')?.values, ['high']);
    assert.deepEqual(model.assumptions, ['The network is private.']);
    const control = model.controls[0];
    assert.equal(control?.control, 'inventory');
    assert.equal(TEXT.slice(control.span.start, control.span.end), 'inventory');
    assert.equal(TEXT.slice(control.statusSpan.start, control.statusSpan.end), 'in-place');
  });

  it('nests boundaries and puts elements into them, the drawn one first', () => {
    assert.equal(model.boundaries.get('lab')?.parent, 'office');
    assert.equal(model.boundaries.get('office')?.parent, undefined);
    assert.deepEqual(element('agent').boundaries, ['lab', 'office']);
    assert.deepEqual(element('customer').boundaries, []);
  });

  it('gives elements their own owner, or that of the model', () => {
    assert.equal(element('agent').owner, 'jane');
    assert.equal(element('customer').owner, 'platform');
  });

  it('has typed values of properties', () => {
    const values = [...element('agent').properties].map(
      ([
        name,
        {
          values: [value],
        },
      ]) => [name, value],
    );
    assert.deepEqual(values, [
      ['autonomy', 'full'],
      ['trust', 2],
      ['registered', true],
    ]);
    assert.deepEqual(element('refunds').properties.get('sideEffects')?.values, ['read']);
  });

  it('resolves aliases of controls, data kinds and rules', () => {
    assert.deepEqual(element('agent').holds, ['question', 'credential']);
    assert.equal(element('agent').controls[0]?.control, 'human-approval');
    assert.equal(model.accepted[0]?.rule, 'unapproved-action');
  });

  it('has statements of controls with all they say, and knows which count', () => {
    const [approval, inventory] = element('agent').controls;
    assert.equal(approval?.status, 'planned');
    assert.deepEqual([approval.owner, approval.due, approval.evidence, approval.reason], ['joe', '2027-01-15', 'SEC-1', undefined]);
    assert.deepEqual([approval.counts, inventory?.counts], [true, false]);
  });

  it('has flows between elements only', () => {
    assert.deepEqual([...model.flows.keys()], ['ask', 'refund']);
    const ask = model.flows.get('ask') ?? assert.fail();
    assert.deepEqual([ask.through, ask.carries, ask.returns, ask.oneWay], [['gateway'], ['question'], [], false]);
    assert.deepEqual([model.flows.get('refund')?.returns, model.flows.get('refund')?.oneWay], [undefined, true]);
  });

  it('derives the kind of a flow from its ends', () => {
    const kinds = [...model.flows.values()].map((flow) => [flow.id, flow.statedKind, model.kindOf(flow)]);
    assert.deepEqual(kinds, [
      ['ask', undefined, 'prompt'],
      ['refund', 'tool-call', 'tool-call'],
    ]);
  });

  it('knows what is guarded and what is out of scope', () => {
    assert.deepEqual(element('approver').guards, ['refund', 'agent']);
    assert.deepEqual(element('refunds').outOfScope, { reason: 'Bought.' });
  });

  it('has acceptances and the threats of its author, absolute', () => {
    const [accepted] = model.accepted;
    assert.deepEqual([accepted?.at, accepted?.from, accepted?.until], ['refund', ['customer'], '2027-03-31']);
    assert.equal(TEXT.slice(accepted?.untilSpan?.start, accepted?.untilSpan?.end), '2027-03-31');
    assert.deepEqual([model.threats[0]?.title, model.threats[0]?.at], ['Fire', '$model']);
  });

  it('says where things and sections begin', () => {
    for (const thing of [...model.boundaries.values(), ...model.data.values(), ...model.elements.values(), ...model.flows.values()]) {
      const { start, end } = thing.pair.key;
      const base = model.baseOf(thing);
      assert.equal(TEXT.slice(base + start, base + end), thing.id);
    }
    const span = model.keySpan('controls');
    assert.equal(TEXT.slice(span?.start, span?.end), 'controls');
    assert.equal(model.keySpan('use'), undefined);
  });
});

describe('a model of a later version', () => {
  const document = parseDocument(TEXT);
  const model = readModel(document, catalogue, { today });
  const later = (from: string, to: string): Model => {
    assert.ok(TEXT.includes(from));
    return readModel(parseDocument(TEXT.replace(from, to), document), catalogue, { today }, model);
  };

  it('keeps the things whose text is the same, wherever they are now', () => {
    const now = later('title: 42', 'title: A longer title');
    for (const [id, thing] of model.elements) assert.equal(now.elements.get(id), thing);
    for (const [id, thing] of model.flows) assert.equal(now.flows.get(id), thing);
    const agent = now.elements.get('agent') ?? assert.fail();
    assert.equal(now.baseOf(agent) - model.baseOf(agent), 'A longer title'.length - '42'.length);
  });

  it('replaces the thing that is edited, and only that', () => {
    const now = later('autonomy: full', 'autonomy: none');
    const changed = [...now.elements].filter(([id, thing]) => model.elements.get(id) !== thing).map(([id]) => id);
    assert.deepEqual(changed, ['agent']);
  });

  it('judges a flow anew when the kind of one of its ends changes', () => {
    const now = later('customer: { kind: person', 'customer: { kind: database');
    const codes = now.problems.filter((problem) => !model.problems.some(({ code }) => code === problem.code)).map(({ code }) => code);
    assert.deepEqual(codes, ['unclear-flow-kind']);
    const ask = now.flows.get('ask') ?? assert.fail();
    assert.equal(now.kindOf(ask), undefined);
    assert.equal(ask, model.flows.get('ask'));
  });

  it('says again what is wrong with things that were not read again', () => {
    const now = later('title: 42', 'title: A longer title');
    assert.deepEqual(
      now.problems.map(({ code, message }) => [code, message]),
      model.problems.map(({ code, message }) => [code, message]),
    );
    assert.ok(now.problems.some(({ code }) => code === 'unknown-element'));
  });

  it('replaces things whose names find something else', () => {
    const now = later('  office: {', '  bureau: {');
    assert.deepEqual(now.elements.get('agent')?.boundaries, ['lab']);
    assert.deepEqual(model.elements.get('agent')?.boundaries, ['lab', 'office']);
    assert.equal(now.elements.get('customer'), model.elements.get('customer'));
  });
});

describe('the hash of the meaning', () => {
  const hash = (text: string): string => meaningHash(read(text));

  it('is the same for another order, other notations, comments and reviews', () => {
    const one = 'threatmodel: 1\nelements:\n  a: { kind: agent, controls: [human-approval, rate-limiting] }\n  b: { kind: tool }\n';
    const other = `# A comment
elements:
  b:
    kind: "tool"   # quoted
  a:
    controls: { rate-limiting: in-place, manual-approval: { status: in-place } }
    kind: agent
reviews:
  - { by: joe, decision: approved }
threatmodel: 1
`;
    assert.match(hash(one), /^[0-9a-f]{16}$/);
    assert.equal(hash(other), hash(one));
  });

  const edits: readonly (readonly [string, string])[] = [
    ['title: 42', 'title: 43'],
    ['completeness: draft', 'completeness: complete'],
    ['{ inventory: in-place }', '{ inventory: planned }'],
    ['riskTier: high', 'riskTier: low'],
    ['in: [lab, office]', 'in: [office, lab]'],
    ['autonomy: full', 'autonomy: none'],
    ['status: planned', 'status: partial'],
    ['oneWay: true', 'oneWay: false'],
    ['returns: []', 'tags: []'],
    ['reason: Bought.', 'reason: Rented.'],
    ['at: refund', 'at: agent'],
    ['title: Fire', 'title: Water'],
    ['The network is private.', 'The network is public.'],
    ['kind: user-prompt', 'kind: personal-data'],
    ['lab: { kind: network-zone, in: office', 'lab: { kind: network-zone'],
  ];
  for (const [from, to] of edits) {
    it(`is another one after ${from} → ${to}`, () => {
      assert.ok(TEXT.includes(from));
      assert.notEqual(hash(TEXT.replace(from, to)), hash(TEXT));
    });
  }

  it('makes the review of an older version outdated, and that of this one not', () => {
    const review = (model: string): string => `${TEXT}reviews:\n  - { by: joe, on: 2026-11-01, decision: approved, model: "${model}" }\n`;
    assert.equal(read(review(hash(TEXT))).reviews[0]?.outdated, false);
    assert.equal(read(review('0'.repeat(16))).reviews[0]?.outdated, true);
  });
});
