import assert from 'node:assert/strict';
import type { Finding } from '../../../server/src/analysis/index.ts';
import { drawn } from '../../../server/src/diagram/drawing.ts';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { buildGraph, buildMarks, layoutGraph, redress, structureKey, type DiagramGraph } from '../../../server/src/diagram/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { analyseText } from '../../tools/analyseText.ts';
import { boundary, edge, graph, NO_MARKS, node } from './support.ts';

const MODEL = `threatmodel: 1
title: Small
boundaries:
  zone: { kind: network-zone, title: Zone }
  eu: { kind: jurisdiction, title: EU }
data:
  question: { kind: user-prompt, title: Question }
elements:
  user: { kind: human-user }
  gate: { kind: ai-gateway, in: zone }
  bot:
    kind: agent
    in: [zone, eu]
flows:
  ask: { from: user, to: bot, through: [gate], carries: [question] }
`;

function graphOf(text: string): DiagramGraph {
  return buildGraph(analyseText(text).model, readCatalogue());
}

/** A finding works its message out when it is asked: a copy of its own properties would have none. */
function withSubject(finding: Finding, subject: string): Finding {
  return Object.create(finding, { subject: { value: subject } }) as Finding;
}

describe('graph of a model', () => {
  it('has elements, boundaries and legs in source order, with what they are', () => {
    const { nodes, boundaries, edges } = graphOf(MODEL);
    assert.deepEqual(
      nodes.map(({ id, title, kindLabel, boundary: at, tags }) => [id, title, kindLabel, at, tags]),
      [
        ['user', 'user', 'End user', undefined, []],
        ['gate', 'gate', 'AI gateway', 'zone', []],
        ['bot', 'bot', 'Agent', 'zone', ['EU']],
      ],
    );
    // A boundary that only overlaps is a tag.
    assert.deepEqual(
      boundaries.map(({ id }) => id),
      ['zone'],
    );
    assert.deepEqual(
      edges.map(({ id, flow, from, to, label, data, crosses }) => ({ id, flow, from, to, label, data, crosses })),
      [
        { id: 'ask', flow: 'ask', from: 'user', to: 'gate', label: 'Prompt', data: ['Question'], crosses: ['zone'] },
        { id: 'ask#2', flow: 'ask', from: 'gate', to: 'bot', label: 'Prompt', data: ['Question'], crosses: ['eu'] },
      ],
    );
  });

  it('names flows by title, else by kind, else by id', () => {
    const titled = graphOf(MODEL.replace('ask: {', 'ask: { title: Asks,'));
    assert.equal(titled.edges[0]!.label, 'Asks');
    const unclear = graphOf(
      'threatmodel: 1\nelements:\n  a: { kind: siem }\n  b: { kind: human-approver }\nflows:\n  x: { from: a, to: b }\n',
    );
    assert.equal(unclear.edges[0]!.label, 'x');
  });
});

describe('structure key', () => {
  const key = structureKey(graphOf(MODEL));
  const same: readonly (readonly [string, string, string])[] = [
    ['a control', '    in: [zone, eu]', '    in: [zone, eu]\n    controls: [agent-unique-identity]'],
    ['a property', '    in: [zone, eu]', '    in: [zone, eu]\n    autonomy: autonomous'],
    ['the title of the model', 'title: Small', 'title: Large'],
    ['scope', 'kind: ai-gateway,', 'kind: ai-gateway, outOfScope: { reason: Bought },'],
    ['a comment', 'flows:', '# flows follow\nflows:'],
  ];
  for (const [name, from, to] of same) {
    it(`is not changed by ${name}`, () => {
      assert.ok(MODEL.includes(from));
      assert.equal(structureKey(graphOf(MODEL.replace(from, to))), key);
    });
  }
  const other: readonly (readonly [string, string, string])[] = [
    ['a new end', 'through: [gate]', 'through: []'],
    ['a longer title', 'title: Zone', 'title: Zone of agents'],
    ['another boundary', 'kind: ai-gateway, in: zone', 'kind: ai-gateway'],
    ['another kind', 'kind: ai-gateway', 'kind: backend-app'],
    ['other data', 'title: Question', 'title: Query'],
    ['one tag less', '[zone, eu]', 'zone'],
  ];
  for (const [name, from, to] of other) {
    it(`is changed by ${name}`, () => {
      assert.ok(MODEL.includes(from));
      assert.notEqual(structureKey(graphOf(MODEL.replace(from, to))), key);
    });
  }

  it('does not depend on findings', () => {
    const { model, findings } = analyseText(MODEL);
    assert.ok(findings.length > 0);
    const marks = buildMarks(model, findings, readCatalogue());
    assert.ok(marks.findings.length > 0);
    assert.equal(structureKey(buildGraph(model, readCatalogue())), key);
  });

  it('of equal structure means that new looks fit on the old places', async () => {
    const before = graph({ boundaries: [boundary('z')], nodes: [node('a', 'z'), node('b')], edges: [edge('f', 'a', 'b')] });
    const after = { ...before, title: 'New', nodes: [node('a', 'z', { outOfScope: true, shape: 'store' }), node('b')] };
    assert.equal(structureKey(after), structureKey(before));
    assert.notEqual(drawn(after, NO_MARKS).key, drawn(before, NO_MARKS).key);
    const elk = createElk();
    assert.deepEqual(redress(await layoutGraph(before, elk), after), await layoutGraph(after, elk));
  });
});

describe('marks', () => {
  const { model, findings } = analyseText(MODEL);
  const marks = buildMarks(model, findings, readCatalogue());

  it('count only what somebody must still act on', () => {
    const open = findings.filter(({ state }) => ['open', 'unstated', 'partial', 'planned', 'expired'].includes(state));
    assert.equal(marks.findings.length, open.length);
    const sum = Object.values(marks.counts)
      .flatMap((counts) => Object.values(counts))
      .reduce((a, b) => a + b, 0);
    assert.equal(sum, open.length);
    const accepted = findings.map((finding) => ({ ...finding, state: 'accepted' as const }));
    assert.deepEqual(buildMarks(model, accepted, readCatalogue()), { counts: {}, findings: [], names: {} });
  });

  it('survive subjects that objects inherit', () => {
    const odd = ['__proto__', 'constructor'].map((subject, index) => withSubject(findings[index]!, subject));
    const { counts } = buildMarks(model, odd, readCatalogue());
    assert.deepEqual(Object.keys(counts), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(counts), Object.prototype);
  });
});
