import assert from 'node:assert/strict';
import { contextOf } from '../../../server/src/analysis/context.ts';
import { buildFacts } from '../../../server/src/analysis/facts.ts';
import { Likenesses } from '../../../server/src/analysis/likeness.ts';
import { partition } from '../../../server/src/analysis/partition.ts';
import { modelOf } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

const TEXT = `
threatmodel: 1
data:
  record: { kind: personal-data }
  other: { kind: personal-data }
elements:
  plain: { kind: tool, title: One }
  same: { kind: tool, title: Another }
  owned: { kind: tool, owner: us }
  ownedByOthers: { kind: tool, owner: them }
  agent: { kind: agent }
  holding: { kind: database, holds: [record] }
  holdingAlike: { kind: database, holds: [other] }
  empty: { kind: database }
  writes: { kind: tool, sideEffects: [write] }
  writesToo: { kind: tool, sideEffects: [write] }
  writesAndSends: { kind: tool, sideEffects: [write, send] }
  trusted: { kind: tool, trust: 1 }
`;

const ALIKE = [
  'plain same',
  'owned ownedByOthers',
  'agent',
  'holding holdingAlike',
  'empty',
  'writes writesToo',
  'writesAndSends',
  'trusted',
];

describe('what is alike', () => {
  it('is what no test of one element alone can tell apart', () => {
    const catalogue = readCatalogue();
    const model = modelOf(TEXT);
    const split = partition(model, undefined);
    const components = Array.from({ length: split.connections.elements.count }, (_, at) => at);
    const context = contextOf(model, catalogue, undefined);
    const { elements } = buildFacts(split, components, model, context, new Likenesses(context));
    const likenesses = new Set(elements.map(({ likeness }) => likeness));
    const found = [...likenesses].map((one) => elements.flatMap(({ id, likeness }) => (likeness === one ? [id] : [])).join(' '));
    assert.deepEqual(found, ALIKE);
  });
});
