import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  buildGraph,
  buildMarks,
  defaultCollapsed,
  facetsOf,
  renderScene,
  layoutGraph,
  paletteOf,
  svgText,
  uncollapsedFor,
  viewOf,
  type DiagramFinding,
  type DiagramGraph,
  type DiagramMarks,
} from '../../../server/src/diagram/index.ts';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { analyse } from '../../../server/src/analysis/index.ts';
import { modelOf, TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { boundary, edge, graph, madeUp, NO_MARKS, node } from './support.ts';

/** Two zones, one in the other; outside a user, a model that answers, a log that does not. */
const SHOP = graph({
  boundaries: [boundary('tenant'), boundary('runtime', 'tenant'), boundary('provider')],
  nodes: [
    node('user'),
    node('agent', 'runtime'),
    node('tool', 'runtime'),
    node('crm', 'tenant', { holds: ['record'] }),
    node('gateway', 'tenant'),
    node('llm', 'provider', { stateless: true }),
    node('other', 'provider'),
  ],
  edges: [
    edge('ask', 'user', 'gateway', { crosses: ['tenant'], carries: ['question'], replies: true }),
    edge('ask#2', 'gateway', 'agent', { flow: 'ask', crosses: ['runtime'], carries: ['question'], replies: true }),
    edge('think', 'agent', 'llm', { crosses: ['runtime', 'tenant', 'provider'], carries: ['question'], replies: true }),
    edge('chat', 'other', 'llm', { replies: true }),
    edge('call', 'agent', 'tool'),
    edge('look', 'tool', 'crm', { crosses: ['runtime'], returns: ['record'], replies: true }),
    edge('peek', 'agent', 'crm', { crosses: ['runtime'] }),
  ],
  data: [
    { id: 'question', title: 'Question', kind: 'user-prompt', kindLabel: 'Prompt' },
    { id: 'record', title: 'Record', kind: 'personal-data', kindLabel: 'Personal data' },
  ],
});

function finding(key: string, subject: string, trail: readonly string[], more: Partial<DiagramFinding> = {}): DiagramFinding {
  return {
    ...{ key, rule: key, ruleTitle: key, severity: 'high', state: 'open', subject, message: key, missing: [], trail },
    ...{ present: [], principles: [], category: '', lanes: [], taxonomies: [], ...more },
  };
}
const MARKS: DiagramMarks = {
  counts: { call: { high: 1 }, crm: { medium: 2 }, runtime: { low: 1 }, think: { high: 1 } },
  findings: [
    finding('f1', 'call', ['user', 'ask', 'agent', 'call', 'tool'], { lanes: ['agent-tool-safety'], taxonomies: ['owasp:A1'] }),
    finding('f2', 'crm', ['crm'], { severity: 'medium', principles: ['assume-breach'] }),
    finding('f3', 'think', ['agent', 'think', 'llm'], { taxonomies: ['owasp:A2'] }),
  ],
  names: { 'agent-tool-safety': 'Agent and tool safety', owasp: 'OWASP' },
};

function ids({ nodes, boundaries, edges }: DiagramGraph): Record<string, readonly string[]> {
  return {
    nodes: nodes.map(({ id }) => id),
    boundaries: boundaries.map(({ id }) => id),
    edges: edges.map(({ id, from, to, label }) => `${id}: ${from} ${to} ${label}`),
  };
}

describe('views', () => {
  it('show everything when nothing is said', () => {
    const view = viewOf(SHOP, MARKS, {});
    assert.equal(view.graph, SHOP);
    assert.equal(view.marks, MARKS);
    assert.deepEqual([view.dimmed.size, view.shownAs.size], [0, 0]);
  });

  it('draw a collapsed boundary as one box, with a summary for each other end', () => {
    const { graph: shown, marks, shownAs } = viewOf(SHOP, MARKS, { collapsed: ['tenant'] });
    assert.deepEqual(ids(shown), {
      nodes: ['user', 'llm', 'other', 'tenant'],
      boundaries: ['provider'],
      edges: ['ask: user tenant Prompt', 'think: tenant llm Prompt', 'chat: other llm Prompt'],
    });
    assert.deepEqual(shown.nodes.at(-1)!.inside, { elements: 4, trust: 3 });
    assert.deepEqual(marks.counts, { tenant: { high: 1, medium: 2, low: 1 }, think: { high: 1 } });
    assert.deepEqual(marks.findings[0]!.trail, ['user', 'ask', 'tenant']);
    assert.equal(marks.findings[0]!.subject, 'tenant');
    assert.deepEqual([shownAs.get('agent'), shownAs.get('call'), shownAs.get('runtime')], ['tenant', 'tenant', 'tenant']);
  });

  it('merge several flows to the same end, and keep later legs that still show', () => {
    const { graph: shown, shownAs, marks } = viewOf(SHOP, MARKS, { collapsed: ['runtime'] });
    assert.deepEqual(ids(shown)['edges'], [
      'ask: user gateway Prompt',
      'ask#2: gateway runtime Prompt',
      'think: runtime llm Prompt',
      'chat: other llm Prompt',
      'runtime>crm: runtime crm 2 flows',
    ]);
    const summary = shown.edges.at(-1)!;
    assert.deepEqual([summary.bundle, summary.returns, summary.crosses], [['look', 'peek'], ['record'], ['runtime']]);
    assert.equal(shownAs.get('look'), 'runtime>crm');
    assert.equal(marks.counts['runtime']!.high, 1);
  });

  it('keep the first visible leg of a flow as the one that has its name', () => {
    const { graph: shown } = viewOf(SHOP, NO_MARKS, { collapsed: ['provider', 'runtime'] });
    const hidden = graph({
      boundaries: [boundary('zone')],
      nodes: [node('a', 'zone'), node('b', 'zone'), node('c')],
      edges: [edge('f', 'a', 'b'), edge('f#2', 'b', 'c', { flow: 'f' })],
    });
    assert.deepEqual(ids(viewOf(hidden, NO_MARKS, { collapsed: ['zone'] }).graph)['edges'], ['f: zone c Prompt']);
    assert.equal(shown.edges.find(({ flow }) => flow === 'think')!.to, 'provider');
  });

  it('keep a neighbourhood', () => {
    const near = (focused: readonly string[], hops: number): readonly string[] | undefined =>
      ids(viewOf(SHOP, MARKS, { focus: { ids: focused, hops } }).graph)['nodes'];
    assert.deepEqual(near(['crm'], 0), ['crm']);
    assert.deepEqual(near(['crm'], 1), ['agent', 'tool', 'crm']);
    assert.deepEqual(near(['call'], 0), ['agent', 'tool']);
    assert.deepEqual(near(['provider'], 1), ['agent', 'llm', 'other']);
    assert.deepEqual(near(['nothing'], 3), []);
    const { graph: shown, marks } = viewOf(SHOP, MARKS, { focus: { ids: ['provider'], hops: 1 } });
    assert.deepEqual(ids(shown)['boundaries'], ['tenant', 'runtime', 'provider']);
    assert.deepEqual(
      marks.findings.map(({ key, trail }) => [key, trail]),
      [['f3', ['agent', 'think', 'llm']]],
    );
  });

  it('follow one data asset', () => {
    const { dimmed } = viewOf(SHOP, MARKS, { lens: { type: 'data', id: 'record' } });
    assert.deepEqual([...dimmed].sort(), ['agent', 'ask', 'call', 'chat', 'gateway', 'llm', 'other', 'peek', 'provider', 'think', 'user']);
  });

  for (const [from, reached] of [
    ['user', 'agent ask call crm gateway llm look peek think tool user'],
    ['other', 'chat llm other'],
    ['gateway', 'agent ask call crm gateway llm look peek think tool user'],
    ['crm', 'crm look tool'],
  ] as const) {
    it(`say what ${from} can reach`, () => {
      const { dimmed } = viewOf(SHOP, MARKS, { lens: { type: 'reach', id: from, way: 'from' } });
      const all = [...SHOP.nodes.map(({ id }) => id), ...new Set(SHOP.edges.map(({ flow }) => flow))];
      assert.equal(
        all
          .filter((id) => !dimmed.has(id))
          .sort()
          .join(' '),
        reached,
      );
    });
  }

  for (const [to, reaches] of [
    ['user', 'agent ask gateway llm think user'],
    ['other', 'chat llm other'],
    ['tool', 'agent ask call crm gateway llm look peek think tool user'],
  ] as const) {
    it(`say what reaches ${to}`, () => {
      const { dimmed } = viewOf(SHOP, MARKS, { lens: { type: 'reach', id: to, way: 'to' } });
      const all = [...SHOP.nodes.map(({ id }) => id), ...new Set(SHOP.edges.map(({ flow }) => flow))];
      assert.equal(
        all
          .filter((id) => !dimmed.has(id))
          .sort()
          .join(' '),
        reaches,
      );
    });
  }

  for (const [what, filter, kept, dims] of [
    ['severity: nothing steps back', { severities: ['medium'] }, ['f2'], false],
    ['principle', { principles: ['assume-breach'] }, ['f2'], true],
    ['swim lane', { lanes: ['agent-tool-safety'] }, ['f1'], true],
    ['taxonomy', { taxonomies: ['owasp'] }, ['f1', 'f3'], true],
    ['an id of a taxonomy', { taxonomies: ['owasp:A2'] }, ['f3'], true],
    ['kind of data', { dataKinds: ['personal-data'] }, ['f2'], true],
    ['element', { ids: ['llm'] }, ['f3'], true],
    ['two things at once', { ids: ['agent'], severities: ['high'], taxonomies: ['owasp:A1'] }, ['f1'], true],
  ] as const) {
    it(`filter by ${what}`, () => {
      const { marks, dimmed } = viewOf(SHOP, MARKS, { filter });
      assert.deepEqual(
        marks.findings.map(({ key }) => key),
        kept,
      );
      assert.equal(dimmed.size > 0, dims);
      for (const { subject, trail } of marks.findings) for (const id of [subject, ...trail]) assert.ok(!dimmed.has(id), id);
    });
  }

  it('offer only what the findings have', () => {
    const facets = facetsOf(SHOP, MARKS);
    assert.deepEqual(facets.lanes, [{ id: 'agent-tool-safety', label: 'Agent and tool safety', count: 1 }]);
    assert.deepEqual(facets.principles, [{ id: 'assume-breach', label: 'Assume breach', count: 1 }]);
    assert.deepEqual(
      facets.taxonomies.map(({ id, count }) => [id, count]),
      [
        ['owasp', 2],
        ['owasp:A1', 1],
        ['owasp:A2', 1],
      ],
    );
    assert.deepEqual(facets.dataKinds[0], { id: 'user-prompt', label: 'Prompt', count: 2 });
  });

  it('are drawn: what steps back is pale, a collapsed boundary says what is in it', async () => {
    const view = viewOf(SHOP, MARKS, { collapsed: ['tenant'], lens: { type: 'data', id: 'record' } });
    const scene = await layoutGraph(view.graph, createElk());
    const svg = svgText(renderScene(scene, view.marks, { palette: paletteOf('light'), dimmed: view.dimmed }));
    assert.match(svg, /aria-label="tenant, Zone, collapsed trust boundary, 4 elements inside/);
    assert.match(svg, /<g class="tw-node tw-process" data-id="llm"[^>]* opacity="0.28"/);
    assert.doesNotMatch(svg, /data-id="tenant"[^>]* opacity/);
  });
});

describe('collapsing', () => {
  it('leaves a model of up to 150 boxes as it is', () => {
    assert.deepEqual(defaultCollapsed(madeUp(120)), []);
  });

  it('makes a large model small, opening boundaries from outside in', () => {
    const large = madeUp(1000);
    const collapsed = defaultCollapsed(large);
    const { nodes, boundaries } = viewOf(large, NO_MARKS, { collapsed }).graph;
    assert.ok(nodes.length + boundaries.length <= 150, `${nodes.length} + ${boundaries.length}`);
    assert.ok(nodes.length + boundaries.length > 100);
  });

  it('opens what must be seen, and nothing else', () => {
    assert.deepEqual(uncollapsedFor(SHOP, ['tenant', 'runtime', 'provider'], ['agent']), ['provider']);
    assert.deepEqual(uncollapsedFor(SHOP, ['tenant', 'runtime', 'provider'], ['runtime']), ['runtime', 'provider']);
    assert.deepEqual(uncollapsedFor(SHOP, ['tenant', 'runtime', 'provider'], ['think']), []);
  });

  it('loses no element, flow or finding, whatever is collapsed', () => {
    const large = madeUp(60);
    const counts = Object.fromEntries([...large.nodes, ...large.edges, ...large.boundaries].map(({ id }) => [id, { high: 1 }]));
    const marks: DiagramMarks = { counts, findings: [], names: {} };
    const some = fc.subarray(large.boundaries.map(({ id }) => id));
    fc.assert(
      fc.property(some, (collapsed) => {
        const { graph: shown, marks: moved, shownAs } = viewOf(large, marks, { collapsed });
        const drawn = new Set([...shown.nodes, ...shown.boundaries, ...shown.edges].map(({ id }) => id));
        for (const { id } of [...large.nodes, ...large.boundaries, ...large.edges]) assert.ok(drawn.has(shownAs.get(id) ?? id), id);
        for (const { id, from, to } of shown.edges) assert.ok(drawn.has(from) && drawn.has(to), id);
        assert.equal(new Set(shown.edges.map(({ id }) => id)).size, shown.edges.length);
        const sum = Object.values(moved.counts).reduce((all, { high = 0 }) => all + high, 0);
        assert.equal(sum, Object.keys(counts).length);
        const inside = shown.nodes.reduce((all, { inside: box }) => all + (box?.elements ?? 0), 0);
        assert.equal(inside + shown.nodes.filter(({ inside: box }) => !box).length, large.nodes.length);
      }),
    );
  });

  it('survives boundaries in a circle', () => {
    const circle = graph({ boundaries: [boundary('a', 'b'), boundary('b', 'a')], nodes: [node('x', 'a')], edges: [] });
    for (const collapsed of [['a'], ['b'], ['a', 'b']]) assert.ok(viewOf(circle, NO_MARKS, { collapsed }).graph.nodes.length > 0);
    assert.ok(defaultCollapsed(circle, 0).length > 0);
  });
});

describe('what graph and marks say for views', () => {
  const catalogue = readCatalogue();
  const model = modelOf(
    [
      'threatmodel: 1',
      'data: { mail: { kind: user-prompt, title: Mail } }',
      'elements:',
      '  user: { kind: human-user }',
      '  bot: { kind: agent }',
      '  llm: { kind: model }',
      '  db: { kind: database, holds: [personal-data] }',
      'flows:',
      '  ask: { from: user, to: bot, kind: prompt, carries: [mail] }',
      '  think: { from: bot, to: llm, kind: prompt, oneWay: true }',
      '  look: { from: bot, to: db, kind: query, returns: [personal-data] }',
      '  tell: { from: db, to: bot, kind: retrieval }',
    ].join('\n'),
    catalogue,
  );

  it('is what flows, comes back and is held', () => {
    const built = buildGraph(model, catalogue);
    assert.deepEqual(
      built.data.map(({ id, title }) => [id, title]),
      [
        ['mail', 'Mail'],
        ['personal-data', catalogue.dataKinds.get('personal-data')!.label],
      ],
    );
    assert.deepEqual(
      built.edges.map(({ id, carries, returns, replies }) => [id, carries, returns, replies]),
      [
        ['ask', ['mail'], [], true],
        ['think', [], [], false],
        ['look', [], ['personal-data'], false],
        ['tell', [], [], false],
      ],
    );
    assert.deepEqual(built.nodes.at(-1)!.holds, ['personal-data']);
  });

  it('is how findings are sorted into the frameworks', () => {
    const { findings, names } = buildMarks(model, analyse(model, catalogue, { today: TODAY }).findings, catalogue);
    assert.ok(findings.length > 0);
    for (const { key, lanes, taxonomies, category } of findings) {
      assert.ok(lanes.length > 0 && taxonomies.length > 0 && category !== '', key);
      for (const id of [...lanes, ...taxonomies]) assert.ok(Object.hasOwn(names, id), id);
    }
  });
});
