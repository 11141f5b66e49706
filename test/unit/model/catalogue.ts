import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import type { Rule } from '../../../server/src/catalogue/rule.ts';
import type { Control, ElementKind, FlowKind, GivenBy, Property } from '../../../server/src/catalogue/vocabulary.ts';

/** A few words, so that what the model room does with a catalogue can be tested without the real one. */
export const catalogue: Catalogue = {
  version: 'test',
  elementKinds: byId([
    element('person', 'actor'),
    element('approver', 'actor', { consulted: true }),
    element('agent', 'reasoning'),
    element('model', 'reasoning'),
    element('database', 'store'),
    element('tool', 'capability'),
    element('gateway', 'interface', { mediator: true }),
    element('guardrail', 'safety', { mediator: true, consulted: true }),
  ]),
  flowKinds: byId([
    flow('prompt', [
      ['category:actor', 'agent'],
      ['agent', 'model'],
      ['person', 'gateway'],
      ['gateway', 'agent'],
    ]),
    flow('query', [['agent', 'database']]),
    flow('memory-write', [['agent', 'database']]),
    flow('tool-call', [['agent', 'tool']]),
    flow('telemetry', []),
  ]),
  boundaryKinds: byId([word('internet'), word('organization'), word('network-zone')]),
  dataKinds: byId([word('user-prompt'), word('personal-data'), { ...word('credential'), aliases: ['secret'] }]),
  properties: {
    element: byName([
      property('element', 'autonomy', { kinds: ['agent'], values: ['none', 'assisted', 'full'] }),
      property('element', 'hosting', { kinds: ['model'], values: ['own', 'third-party'], default: 'own' }),
      property('element', 'sideEffects', { type: 'choices', kinds: ['tool'], values: ['read', 'write', 'send'] }),
      property('element', 'trust', { type: 'level', default: 'by-kind' }),
      property('element', 'registered', { type: 'flag' }),
      property('element', 'purpose', { type: 'text' }),
      property('element', 'expires', { type: 'date' }),
    ]),
    flow: byName([
      property('flow', 'encryption', { values: ['none', 'tls'] }),
      property('flow', 'breadth', { kinds: ['query'], values: ['narrow', 'wide'] }),
    ]),
    system: byName([property('system', 'riskTier', { values: ['low', 'high'] }), property('system', 'intendedUse', { type: 'text' })]),
  },
  controls: byId([
    control('rate-limiting', ['element', 'flow', 'boundary', 'system']),
    control('human-approval', ['element', 'flow'], ['manual-approval']),
    control('inventory', ['system']),
    control('private-network', ['boundary']),
    control('tls-in-transit', ['flow', 'system']),
  ]),
  rules: byId([rule('unapproved-action', ['old-unapproved-action']), rule('open-data')]),
  predicates: { elements: {}, flows: {}, data: {}, flowKinds: {} },
  standings: new Map(),
  categories: new Map(),
  stages: new Map(),
  swimLanes: new Map(),
  taxonomies: new Map(),
  off: new Map(),
  mandatory: new Set(),
  pages: new Map(),
  templates: [],
  alias(of, id) {
    const things: Iterable<{ readonly id: string; readonly aliases: readonly string[] }> = this[of].values();
    for (const thing of things) if (thing.aliases.includes(id)) return thing.id;
    return id;
  },
};

function word(id: string) {
  return { id, label: id, description: '', trust: 2, aliases: [] as readonly string[] };
}

function element(id: string, category: string, more: Partial<ElementKind> = {}): ElementKind {
  return { ...word(id), category, mediator: false, consulted: false, stateless: false, shape: 'process', icon: '', ...more };
}

function flow(id: string, between: readonly (readonly [string, string])[]): FlowKind {
  const ends = between.map(([from, to]) => ({ from: [from], to: [to] }));
  return { ...word(id), reply: undefined, influence: true, carries: [], between: ends };
}

function property(on: Property['on'], name: string, more: Partial<Property>): Property {
  return { name, on, description: '', kinds: undefined, type: 'choice', values: [], default: 'unknown', defaults: {}, ...more };
}

function control(id: string, givenBy: readonly GivenBy[], aliases: readonly string[] = []): Control {
  const place = { pillar: '', swimLane: '', group: '', principles: [], layer: '', stages: [], mappings: {} };
  return {
    id,
    title: id,
    description: '',
    ...place,
    nature: 'deterministic',
    phase: 'first',
    appliesTo: { elements: [], flows: [] },
    givenBy,
    aliases,
  };
}

function rule(id: string, aliases: readonly string[] = []): Rule {
  const text = { why: '', fix: '', cost: '', accept: '', status: 'final' } as const;
  const lists = { principles: [], stride: [], raiseIf: [], lowerIf: [], suggest: [], foldInto: [], examples: [], variants: [] };
  return {
    id,
    title: id,
    category: '',
    severity: 'high',
    ...lists,
    match: { model: {} },
    satisfiedBy: '',
    evidence: 'local',
    message: '',
    mappings: {},
    text,
    aliases,
  };
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function byName(properties: readonly Property[]): ReadonlyMap<string, Property> {
  return new Map(properties.map((thing) => [thing.name, thing]));
}
