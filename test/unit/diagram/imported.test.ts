import assert from 'node:assert/strict';
import { buildGraph, structureKey, type DiagramGraph } from '../../../server/src/diagram/index.ts';
import { Workspace } from '../../tools/usedFiles.ts';

const BASE = `threatmodel: 1
title: The base
boundaries:
  ground: { kind: organization }
elements:
  vault: { kind: database, in: ground }
`;
const PLATFORM = `threatmodel: 1
title: Shared platform
use: { base: ./base.threatmodel.yaml }
boundaries:
  corp: { kind: organization, title: Corp }
  cluster: { kind: network-zone, in: corp }
  unused: { kind: network-zone }
data:
  record: { kind: personal-data, title: Record }
  other: { kind: personal-data }
elements:
  agent: { kind: agent, title: Platform agent, in: cluster, autonomy: autonomous }
  refunds: { kind: tool, title: Refunds, sideEffects: [spend], in: corp }
  idle: { kind: database, in: unused, holds: [other] }
  outside: { kind: model }
flows:
  pay: { from: agent, to: refunds, kind: tool-call, carries: [record] }
`;
const app = (flow: string): string => `threatmodel: 1
use: { platform: ./lib/platform.threatmodel.yaml }
boundaries:
  net: { kind: internet }
  inner: { kind: network-zone, in: platform.corp }
elements:
  page: { kind: external-content, in: net }
  helper: { kind: agent, in: inner }
flows:
  ${flow}
`;

function draw(flow: string, findings = true): DiagramGraph {
  const base = BASE;
  const files = { 'lib/platform': PLATFORM, 'lib/base': base, app: app(flow) };
  const snapshot = new Workspace(files).snapshot('app');
  assert.deepEqual(
    snapshot.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  return buildGraph(snapshot.model, snapshot.catalogue, findings ? snapshot.findings : []);
}

const ids = (things: readonly { readonly id: string }[]): string => things.map(({ id }) => id).join(' ');

describe('the diagram of a model that uses another', () => {
  it('draws what its own things refer to, in a frame that names the other and counts the rest', () => {
    const graph = draw('ask: { from: helper, to: platform.refunds, kind: tool-call, carries: [platform.record] }', false);
    assert.equal(ids(graph.nodes), 'page helper platform.refunds');
    assert.equal(ids(graph.boundaries), 'platform. net inner platform.corp');
    const frame = graph.boundaries[0];
    assert.deepEqual([frame?.title, frame?.kindLabel, frame?.file], ['Shared platform', 'platform.threatmodel.yaml, 3 more', true]);
    assert.equal(graph.boundaries.find(({ id }) => id === 'platform.corp')?.parent, 'platform.');
    assert.equal(graph.boundaries.find(({ id }) => id === 'inner')?.parent, 'platform.corp');
    assert.equal(graph.nodes.find(({ id }) => id === 'platform.refunds')?.title, 'Refunds');
    assert.deepEqual(graph.edges[0]?.data, ['Record']);
    assert.deepEqual(
      graph.data.map(({ id, title }) => [id, title]),
      [['platform.record', 'Record']],
    );
  });

  it('draws the way of a finding to its end, and what flows between the drawn', () => {
    const graph = draw('read: { from: platform.agent, to: page, kind: query }');
    assert.equal(ids(graph.nodes), 'page helper platform.agent platform.refunds');
    assert.equal(ids(graph.edges), 'read platform.pay');
  });

  it('draws what stands in no boundary in the frame, and files of files in frames of their own', () => {
    const graph = draw('ask: { from: helper, to: platform.outside, kind: prompt, through: [platform.base.vault] }');
    assert.equal(graph.nodes.find(({ id }) => id === 'platform.outside')?.boundary, 'platform.');
    assert.equal(graph.nodes.find(({ id }) => id === 'platform.base.vault')?.boundary, 'platform.base.ground');
    assert.equal(graph.boundaries.find(({ id }) => id === 'platform.base.ground')?.parent, 'platform.base.');
    assert.equal(graph.boundaries.find(({ id }) => id === 'platform.base.')?.title, 'The base');
  });

  it('has another structure when more is drawn', () => {
    const one = draw('ask: { from: helper, to: platform.refunds, kind: tool-call }', false);
    const two = draw('ask: { from: helper, to: platform.refunds, kind: tool-call, through: [platform.agent] }', false);
    assert.notEqual(structureKey(one), structureKey(two));
  });
});
