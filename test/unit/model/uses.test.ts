import assert from 'node:assert/strict';
import type { Model, Located } from '../../../server/src/model/index.ts';
import { absolute } from '../../../server/src/syntax/tree.ts';
import { Workspace } from '../../tools/usedFiles.ts';

const PLATFORM = `threatmodel: 1
title: Platform
completeness: draft
boundaries:
  contoso: { kind: organization, completeness: complete }
  cluster: { kind: network-zone, in: contoso, controls: [network-segmentation-ai] }
data:
  record: { kind: personal-data, title: Record }
elements:
  gateway: { kind: ai-gateway, title: AI gateway, in: cluster }
  tool: { kind: tool, sideEffects: [spend], controls: { human-approval: planned } }
  store: { kind: database, in: contoso, holds: [record, system-prompt] }
flows:
  route: { from: gateway, to: tool, kind: tool-call, carries: [record], returns: [] }
`;
const APP = `threatmodel: 1
use:
  platform: ./platform.threatmodel.yaml
boundaries:
  zone: { kind: network-zone, in: platform.cluster }
data:
  question: { kind: user-prompt }
elements:
  customer: { kind: human-user }
  agent: { kind: agent, in: platform.cluster, holds: [platform.record] }
  approver: { kind: human-approver, guards: [platform.route, platform.tool] }
flows:
  ask: { from: customer, to: agent, through: [platform.gateway], carries: [question, platform.record] }
  act: { from: agent, to: platform.tool }
accepted:
  - { rule: no-kill-switch, at: platform.tool, from: [platform.gateway], owner: me, reason: known, until: 2027-01-01 }
`;

const ids = (things: ReadonlyMap<string, unknown>): string => [...things.keys()].join(' ');
const codes = ({ problems }: Model): string[] => problems.map(({ code }) => code);

describe('a model that uses another', () => {
  const workspace = new Workspace({ app: APP, platform: PLATFORM });
  const { model } = workspace.snapshot('app');

  it('has the things of the other after its own, named with the namespace', () => {
    assert.equal(ids(model.boundaries), 'zone platform.contoso platform.cluster');
    assert.equal(ids(model.data), 'question platform.record');
    assert.equal(ids(model.elements), 'customer agent approver platform.gateway platform.tool platform.store');
    assert.equal(ids(model.flows), 'ask act platform.route');
    assert.deepEqual(codes(model), []);
    assert.deepEqual(
      model.imported.map(({ namespace, file }) => [namespace, file]),
      [['platform', 'platform.threatmodel.yaml']],
    );
  });

  it('finds them with every reference', () => {
    assert.equal(model.boundaries.get('zone')?.parent, 'platform.cluster');
    assert.deepEqual(model.elements.get('agent')?.boundaries, ['platform.cluster']);
    assert.deepEqual(model.elements.get('agent')?.holds, ['platform.record']);
    assert.deepEqual(model.elements.get('approver')?.guards, ['platform.route', 'platform.tool']);
    assert.deepEqual(model.flows.get('ask')?.through, ['platform.gateway']);
    assert.deepEqual(model.flows.get('ask')?.carries, ['question', 'platform.record']);
    assert.deepEqual(
      model.accepted.map(({ at, from }) => [at, from]),
      [['platform.tool', ['platform.gateway']]],
    );
    const act = model.flows.get('act');
    assert.equal(act && model.kindOf(act), 'tool-call');
  });

  it('gives them the names that what they name has here', () => {
    assert.equal(model.boundaries.get('platform.cluster')?.parent, 'platform.contoso');
    assert.deepEqual(model.elements.get('platform.gateway')?.boundaries, ['platform.cluster']);
    // A kind of data is the same everywhere.
    assert.deepEqual(model.elements.get('platform.store')?.holds, ['platform.record', 'system-prompt']);
    const route = model.flows.get('platform.route');
    assert.deepEqual([route?.from, route?.to, route?.carries], ['platform.gateway', 'platform.tool', ['platform.record']]);
  });

  it('keeps what the other says of silence', () => {
    assert.equal(model.completeness, 'complete');
    assert.equal(model.elements.get('platform.gateway')?.completeness, 'complete');
    assert.equal(model.elements.get('platform.tool')?.completeness, 'draft');
  });

  it('says where they come from, in the title too', () => {
    const gateway = model.elements.get('platform.gateway');
    assert.deepEqual(gateway?.origin, { namespace: 'platform', file: 'platform.threatmodel.yaml', id: 'gateway', title: 'AI gateway' });
    assert.equal(gateway.title, 'AI gateway (platform.gateway)');
    assert.equal(model.elements.get('platform.tool')?.title, 'platform.tool');
    assert.equal(model.elements.get('agent')?.origin, undefined);
  });

  it('places every span of theirs on the entry of use, wherever that has moved', () => {
    const check = (of: Model, text: string): void => {
      const entry = text.indexOf('platform: ./');
      for (const things of [of.boundaries, of.data, of.elements, of.flows]) {
        for (const thing of things.values()) {
          if (!thing.origin) continue;
          for (const span of spansOf(thing)) assert.deepEqual(absolute(of.baseOf(thing), span), { start: entry, end: entry + 8 });
        }
      }
    };
    check(model, APP);
    const moved = `# A line above.\n${APP}`;
    const later = new Workspace({ app: moved, platform: PLATFORM }).snapshot('app').model;
    check(later, moved);
  });
});

function spansOf(thing: Located): { start: number; end: number }[] {
  const { controls = [], properties = new Map() } = thing as Partial<Pick<Model, 'controls' | 'properties'>>;
  return [
    { start: thing.pair.key.start, end: thing.pair.key.end },
    ...controls.flatMap(({ span, statusSpan }) => [span, statusSpan]),
    ...[...properties.values()].flatMap(({ span, keySpan }) => [span, keySpan]),
  ];
}

describe('references into another file', () => {
  const problems = (change: readonly [string, string]): string[] => {
    const app = APP.replace(...change);
    assert.notEqual(app, APP);
    const { model } = new Workspace({ app, platform: PLATFORM }).snapshot('app');
    return model.problems.map(
      ({ code, span, suggestions }) => `${code} ${app.slice(span.start, span.end)} => ${(suggestions ?? []).join(' ')}`,
    );
  };
  const TABLE: readonly (readonly [string, readonly [string, string], string])[] = [
    ['to', ['to: platform.tool', 'to: platform.toll'], 'unknown-element platform.toll => platform.tool'],
    ['from', ['from: customer', 'from: platform.custmer'], 'unknown-element platform.custmer => '],
    ['through', ['[platform.gateway]', '[platform.gatway]'], 'unknown-element platform.gatway => platform.gateway'],
    ['in', ['agent, in: platform.cluster', 'agent, in: platform.clster'], 'unknown-boundary platform.clster => platform.cluster'],
    [
      'in of a boundary',
      ['zone, in: platform.cluster', 'zone, in: platfrom.cluster'],
      'unknown-boundary platfrom.cluster => platform.cluster',
    ],
    ['another sort', ['agent, in: platform.cluster', 'agent, in: platform.gateway'], 'not-a-boundary platform.gateway => '],
    ['guards', ['platform.route, ', 'platform.ruote, '], 'unknown-guarded platform.ruote => platform.route'],
    ['carries', ['[question, platform.record]', '[question, platform.rcord]'], 'unknown-data platform.rcord => platform.record'],
    ['holds', ['holds: [platform.record]', 'holds: [platform.rcord]'], 'unknown-data platform.rcord => platform.record'],
    ['accepted at', ['at: platform.tool', 'at: platform.tol'], 'unknown-subject platform.tol => platform.tool'],
    ['a namespace that nothing has', ['to: platform.tool', 'to: other.tool'], 'unknown-element other.tool => '],
    ['an id of its own with a dot', ['  customer:', '  platform.tool: { kind: tool }\n  customer:'], 'duplicate-id platform.tool => '],
  ];
  for (const [name, change, expected] of TABLE) {
    it(`are checked: ${name}`, () => {
      assert.ok(problems(change).includes(expected), JSON.stringify(problems(change)));
    });
  }

  it('are no mistakes where the file is not read, for that is the mistake', () => {
    const workspace = new Workspace({ app: APP });
    assert.deepEqual(codes(workspace.snapshot('app').model), ['use-not-found']);
  });

  it('are said once of a file that is broken', () => {
    const { model } = new Workspace({ app: APP, platform: `${PLATFORM}nonsense: [` }).snapshot('app');
    assert.deepEqual(codes(model), ['used-has-errors']);
  });

  it('leave the file that is used its own ids', () => {
    const app = APP.replace('  customer:', '  platform.tool: { kind: database }\n  customer:');
    const { model } = new Workspace({ app, platform: PLATFORM }).snapshot('app');
    assert.equal(model.elements.get('platform.tool')?.kind, 'tool');
  });
});

describe('files that use files', () => {
  const ORG = 'threatmodel: 1\nboundaries:\n  corp: { kind: organization }\nelements:\n  hub: { kind: ai-gateway, in: corp }\n';
  const MIDDLE = 'threatmodel: 1\nuse: { org: ./org.threatmodel.yaml }\nelements:\n  tool: { kind: tool, in: org.corp }\n';
  const both = (use: string, rest = ''): Model =>
    new Workspace({ org: ORG, middle: MIDDLE, app: `threatmodel: 1\nuse: ${use}\nelements:\n  a: { kind: agent }\n${rest}` }).snapshot(
      'app',
    ).model;

  it('bring in what those use, under both names', () => {
    const model = both('{ m: ./middle.threatmodel.yaml }');
    assert.equal(ids(model.elements), 'a m.tool m.org.hub');
    assert.deepEqual(model.elements.get('m.tool')?.boundaries, ['m.org.corp']);
    assert.deepEqual(model.elements.get('m.org.hub')?.origin?.file, 'org.threatmodel.yaml');
  });

  it('have each file once, under its shortest name, and understand the others', () => {
    const model = both(
      '{ m: ./middle.threatmodel.yaml, o: ./org.threatmodel.yaml }',
      'flows:\n  f: { from: a, to: m.org.hub, kind: prompt }\n  g: { from: a, to: o.hub, kind: prompt }\n',
    );
    assert.equal(ids(model.elements), 'a m.tool o.hub');
    assert.deepEqual(model.elements.get('m.tool')?.boundaries, ['o.corp']);
    assert.deepEqual(
      [...model.flows.values()].map(({ to }) => to),
      ['o.hub', 'o.hub'],
    );
    assert.deepEqual(codes(model), []);
  });

  it('say when one file has two names here', () => {
    const model = both(
      '{ o: ./org.threatmodel.yaml, p: ./x/../org.threatmodel.yaml }',
      'flows:\n  f: { from: a, to: p.hub, kind: prompt }\n',
    );
    assert.deepEqual(codes(model), ['used-twice']);
    assert.equal(ids(model.elements), 'a o.hub');
    assert.equal(model.flows.get('f')?.to, 'o.hub');
  });
});

describe('the next version of a model that uses another', () => {
  it('keeps what has not changed in either file', () => {
    const workspace = new Workspace({ app: APP, platform: PLATFORM });
    const before = workspace.snapshot('app').model;
    workspace.write('app', APP.replace('customer: {', 'customer: { title: Customer,'));
    const edited = workspace.snapshot('app').model;
    assert.notEqual(edited.elements.get('customer'), before.elements.get('customer'));
    for (const id of ['agent', 'platform.gateway', 'platform.tool']) assert.equal(edited.elements.get(id), before.elements.get(id));
    workspace.write('platform', PLATFORM.replace('title: AI gateway', 'title: The gateway'));
    const used = workspace.snapshot('app').model;
    assert.equal(used.elements.get('platform.gateway')?.title, 'The gateway (platform.gateway)');
    for (const id of ['agent', 'platform.tool', 'platform.store']) assert.equal(used.elements.get(id), edited.elements.get(id));
    for (const id of ['ask', 'act', 'platform.route']) assert.equal(used.flows.get(id), edited.flows.get(id));
  });

  it('is about its own file in reviews, and does not judge one that is not whole', () => {
    const review = (use: string, file: Readonly<Record<string, string>>): Model =>
      new Workspace({
        ...file,
        app: `${APP.replace('./platform', use)}reviews:\n  - { by: me, on: 2026-01-01, decision: approved, model: nothing }\n`,
      }).snapshot('app').model;
    const whole = review('./platform', { platform: PLATFORM });
    assert.deepEqual(codes(whole), ['outdated-review']);
    const [, hash] = /it is "(\w+)"/.exec(whole.problems[0]?.message ?? '') ?? [];
    const other = review('./platform', { platform: PLATFORM.replace('AI gateway', 'Gateway') });
    assert.ok(other.problems[0]?.message.includes(hash ?? '?'));
    assert.deepEqual(codes(review('./platform', {})), ['use-not-found']);
  });
});
