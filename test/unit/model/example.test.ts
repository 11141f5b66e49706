import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildCatalogue } from '../../../server/catalogue/build.ts';
import { loadCatalogue } from '../../../server/src/catalogue/load.ts';
import { readModel, type Model } from '../../../server/src/model/index.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';

const text = readFileSync(new URL('../../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');

describe('the example of the format', () => {
  let model: Model;
  before(async () => {
    model = readModel(parseDocument(text), loadCatalogue(await buildCatalogue()), { today: '2026-11-22' });
  });

  it('has no problems', () => {
    assert.deepEqual(model.problems, []);
  });

  it('is read as a whole', () => {
    const sizes = [model.boundaries, model.data, model.elements, model.flows].map((things) => things.size);
    assert.deepEqual(sizes, [4, 2, 6, 4]);
    assert.equal(model.elements.get('agent')?.controls[1]?.status, 'planned');
    assert.equal(model.accepted[0]?.at, 'think');
    assert.ok([...model.flows.values()].every((flow) => model.kindOf(flow) === flow.statedKind));
  });
});
