import assert from 'node:assert/strict';
import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import { compileCatalogue } from '../../../server/src/catalogue/compile.ts';
import type { CatalogueData } from '../../../server/src/catalogue/data.ts';
import { loadCatalogue } from '../../../server/src/catalogue/load.ts';
import { miniSources } from '../../tools/miniCatalogue.ts';

function compiled(changes?: Readonly<Record<string, unknown>>): CatalogueData {
  const { catalogue, problems } = compileCatalogue(miniSources(changes));
  assert.deepEqual(problems, []);
  assert.ok(catalogue);
  return catalogue;
}

describe('the compiled catalogue', () => {
  const data = compiled();

  it('is plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
  });

  it('fills in what files omit', () => {
    assert.deepEqual(
      data.elementKinds.map(({ id, mediator, consulted, aliases }) => ({ id, mediator, consulted, aliases })),
      [
        { id: 'visitor', mediator: false, consulted: false, aliases: ['guest'] },
        { id: 'bot', mediator: false, consulted: false, aliases: [] },
        { id: 'door', mediator: true, consulted: false, aliases: [] },
      ],
    );
    const answer = data.flowKinds.find((kind) => kind.id === 'answer');
    assert.deepEqual([answer?.influence, answer?.carries, answer?.aliases], [true, [], []]);
    const aim = data.properties.find((property) => property.name === 'aim');
    assert.deepEqual(aim, {
      name: 'aim',
      on: 'system',
      type: 'text',
      description: 'What it is for.',
      values: [],
      default: 'unknown',
      defaults: {},
    });
  });

  it('expands lists of kinds by category, by shape and for any', () => {
    const [ask, answer] = data.flowKinds;
    assert.deepEqual(ask?.between, [{ from: ['visitor'], to: ['bot'] }]);
    assert.deepEqual(answer?.between, [{ from: ['bot', 'door'], to: ['visitor', 'bot', 'door'] }]);
    assert.deepEqual(data.properties.find((property) => property.name === 'mood')?.kinds, ['bot', 'door']);
  });

  it('gives a control the lane and pillar of its file', () => {
    assert.deepEqual(
      data.controls.map((control) => [control.id, control.swimLane, control.pillar]),
      [
        ['lock', 'doors', 'House'],
        ['chain', 'doors', 'House'],
        ['rope', 'doors', 'House'],
      ],
    );
  });

  it('leaves out drafts and counts them', () => {
    assert.deepEqual(
      data.rules.map((rule) => rule.id),
      ['open-door'],
    );
    assert.equal(data.drafts, 1);
  });

  it('orders rules by id', () => {
    const finished = { why: 'So.', fix: 'Mend it.', cost: 'Work.', accept: 'Never.', status: 'final' };
    const examples = ['bad', 'good', 'near-miss'].map((kind) => ({ kind, title: kind, model: kind === 'bad' ? 'a: 1 #!' : 'a: 1' }));
    const { rules } = compiled({ 'draft.text': finished, 'draft.examples': examples });
    assert.deepEqual(
      rules.map((rule) => rule.id),
      ['broken-wall', 'open-door'],
    );
  });

  it('leaves out examples', () => {
    assert.deepEqual(data.rules[0]?.examples, []);
  });

  it('keeps of the taxonomies only what is mapped to', () => {
    assert.deepEqual(
      data.taxonomies.map((taxonomy) => [taxonomy.id, taxonomy.items.map((item) => item.id)]),
      [
        ['perils', ['P1', 'P2']],
        ['stride', ['S']],
      ],
    );
    const fewer = compiled({ 'draft.mappings': {} });
    assert.deepEqual(
      fewer.taxonomies.find((taxonomy) => taxonomy.id === 'perils')?.items.map((item) => item.id),
      ['P1'],
    );
  });
});

describe('the loaded catalogue', () => {
  const catalogue: Catalogue = loadCatalogue(JSON.parse(JSON.stringify(compiled())) as CatalogueData);

  it('indexes everything by id', () => {
    assert.equal(catalogue.elementKinds.get('bot')?.label, 'Bot');
    assert.equal(catalogue.flowKinds.get('ask')?.reply, 'answer');
    assert.ok('reply' in (catalogue.flowKinds.get('answer') ?? {}));
    assert.equal(catalogue.boundaryKinds.get('wall')?.trust, 3);
    assert.equal(catalogue.dataKinds.get('words')?.label, 'Words');
    assert.deepEqual([...catalogue.properties.element.keys()], ['mood', 'tested', 'strength']);
    assert.deepEqual([...catalogue.properties.flow.keys()], ['speed']);
    assert.deepEqual([...catalogue.properties.system.keys()], ['aim']);
    assert.equal(catalogue.swimLanes.get('doors')?.pillar, 'House');
    assert.equal(catalogue.rules.get('open-door')?.severity, 'high');
    assert.deepEqual(catalogue.taxonomies.get('perils')?.items.get('P1'), { title: 'Burglars', url: 'https://perils.example/p1' });
    assert.deepEqual(catalogue.taxonomies.get('perils')?.items.get('P2'), { title: 'Draughts', url: undefined });
    assert.equal(catalogue.version, '1.0');
  });

  it('resolves earlier ids, and leaves the others as they are', () => {
    assert.equal(catalogue.alias('elementKinds', 'guest'), 'visitor');
    assert.equal(catalogue.alias('controls', 'bolt'), 'chain');
    assert.equal(catalogue.alias('elementKinds', 'bolt'), 'bolt');
    assert.equal(catalogue.alias('rules', 'constructor'), 'constructor');
  });
});
