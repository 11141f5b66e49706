import assert from 'node:assert/strict';
import { createElk } from '../../../server/src/diagram/elk.ts';
import {
  layoutGraph,
  PALETTE_PROPERTIES,
  PALETTES,
  paletteOf,
  renderScene,
  svgText,
  WEBVIEW_PALETTE,
  type DiagramFinding,
  type DiagramGraph,
  type DiagramMarks,
  type Scene,
} from '../../../server/src/diagram/index.ts';
import { boundary, edge, graph, NO_MARKS, node } from './support.ts';
import { allElements, parseXml, textsOf, type XmlElement } from './xml.ts';

const elk = createElk();
const palette = paletteOf('light');

function finding(subject: string, more: Partial<DiagramFinding> = {}): DiagramFinding {
  return {
    ...{
      key: `key-${subject}`,
      rule: 'r',
      ruleTitle: 'Rule',
      severity: 'high',
      state: 'open',
      subject,
      message: `Something is missing at ${subject}`,
    },
    ...{
      missing: [['A control']],
      present: [],
      principles: ['least-privilege'],
      category: '',
      lanes: [],
      taxonomies: [],
      trail: [subject],
      ...more,
    },
  };
}

function marksOf(...findings: readonly DiagramFinding[]): DiagramMarks {
  const counts: Record<string, Record<string, number>> = Object.create(null) as Record<string, Record<string, number>>;
  for (const { subject, severity } of findings) (counts[subject] ??= {})[severity] = (counts[subject][severity] ?? 0) + 1;
  return { counts, findings, names: {} };
}

function withClass(root: XmlElement, name: string): readonly XmlElement[] {
  return allElements(root).filter(({ attributes }) => (attributes.get('class') ?? '').split(' ').includes(name));
}

function idsOf(root: XmlElement, name: string): readonly (string | undefined)[] {
  return withClass(root, name).map(({ attributes }) => attributes.get('data-id'));
}

const HOSTILE: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onload='alert(1)",
  ']]>',
  '<!-- ',
  '&lt;&amp;&#x3c;&bogus;',
  '\u202egnp.exe',
  '\u0000\u0007\u000b\u001b[31m\u0085\ufffe\uffff',
  'half \ud83d of a pair',
  'x'.repeat(10_240),
  '{{constructor}} ${process.env} url(javascript:alert(1))',
  '__proto__',
];

describe('drawing', () => {
  const small = graph({
    title: 'Support',
    boundaries: [boundary('zone', undefined, { trust: 0 })],
    nodes: [
      node('user', undefined, { shape: 'actor', title: 'Customer', kindLabel: 'End user' }),
      node('bot', 'zone', { title: 'Bot', kindLabel: 'Agent', tags: ['EU'] }),
      node('shop', 'zone', { shape: 'store', outOfScope: true }),
      node('far', undefined, { shape: 'external' }),
    ],
    edges: [
      edge('ask', 'user', 'bot', { crosses: ['zone'], data: ['Question'] }),
      edge('get', 'bot', 'shop'),
      edge('get#2', 'shop', 'far', { flow: 'get' }),
    ],
  });
  let scene: Scene;
  before(async () => {
    scene = await layoutGraph(small, elk);
  });
  const draw = (marks: DiagramMarks, highlight?: string, frame = true): XmlElement =>
    parseXml(svgText(renderScene(scene, marks, { palette, frame, highlight })));

  it('says every element, flow and boundary in words', () => {
    const root = draw(marksOf(finding('bot'), finding('bot', { severity: 'critical' }), finding('ask')));
    const words = allElements(root).flatMap(({ attributes }) => (attributes.has('data-id') ? (attributes.get('aria-label') ?? []) : []));
    assert.deepEqual(words, [
      'zone, trust boundary, Zone, 2 elements inside',
      'Prompt: flow from Customer to Bot, carries Question, crosses zone, 1 high finding',
      'Prompt: flow from Bot to shop',
      'Prompt: flow from shop to far',
      'Customer, End user, outside every boundary, 0 flows in, 1 flow out',
      'Bot, Agent, in zone, also in EU, 1 flow in, 1 flow out, 1 critical, 1 high findings',
      'shop, Thing, in zone, out of scope, 1 flow in, 1 flow out',
      'far, Thing, outside every boundary, 1 flow in, 0 flows out',
    ]);
    assert.equal(
      root.attributes.get('aria-label'),
      'Support: 4 elements · 2 flows, 1 across a trust boundary · 1 critical, 2 high findings',
    );
  });

  it('shows how many findings there are where they are, by shape and number', () => {
    const marks = marksOf(
      finding('bot'),
      finding('bot', { severity: 'low' }),
      finding('get', { severity: 'critical' }),
      finding('zone', { severity: 'medium' }),
    );
    const badges = new Map(
      ['tw-node', 'tw-edge', 'tw-boundary-title'].flatMap((name) =>
        withClass(draw(marks, undefined, false), name).map((group) => [
          group.attributes.get('data-leg') ?? group.attributes.get('data-id'),
          withClass(group, 'tw-badge').flatMap(textsOf).join(' '),
        ]),
      ),
    );
    assert.deepEqual(Object.fromEntries(badges), { user: '', bot: '1 +1', shop: '', far: '', ask: '', get: '1', 'get#2': '', zone: '1' });
  });

  it('never moves anything for a mark', () => {
    const places = (root: XmlElement): readonly string[] =>
      allElements(root)
        .filter(
          ({ name, attributes }) =>
            attributes.get('class')?.startsWith('tw-node') || attributes.get('class') === 'tw-hit' || name === 'svg',
        )
        .map(({ attributes }) => `${attributes.get('transform')} ${attributes.get('d')} ${attributes.get('viewBox')}`)
        .sort();
    const marked = draw(marksOf(...['bot', 'ask', 'zone', '$model'].map((id) => finding(id, { severity: 'critical' }))), 'key-ask', false);
    assert.deepEqual(places(marked), places(draw(NO_MARKS, undefined, false)));
  });

  it('lets the trail of a finding stand out, with numbered hops and the missing control', () => {
    const way = finding('get', { trail: ['user', 'ask', 'bot', 'get', 'shop'], missing: [['Human approval'], ['Other']] });
    const root = draw(marksOf(way), way.key);
    const faded = allElements(root).flatMap(({ attributes }) =>
      attributes.get('opacity') === '0.28' ? (attributes.get('data-id') ?? []) : [],
    );
    assert.deepEqual(faded, []);
    assert.deepEqual(withClass(root, 'tw-hop').flatMap(textsOf), ['1', '2']);
    assert.deepEqual(withClass(root, 'tw-ghost').flatMap(textsOf), ['Human approval', 'missing; or 1 other way']);
    assert.ok(textsOf(root).includes('Something is missing at get'));
    const one = finding('bot');
    const dimmed = allElements(draw(marksOf(one), one.key)).flatMap(({ attributes }) =>
      attributes.get('opacity') === '0.28' ? [attributes.get('data-leg') ?? attributes.get('data-id')] : [],
    );
    assert.deepEqual(dimmed, ['ask', 'get', 'get#2', 'user', 'shop', 'far']);
  });

  it('ignores a highlight that is gone, and findings about what is not drawn', () => {
    assert.deepEqual(draw(NO_MARKS, 'gone'), draw(NO_MARKS));
    const model = finding('$model', { trail: [] });
    assert.equal(withClass(draw(marksOf(model), model.key), 'tw-ghost').length, 0);
  });

  it('explains in the legend only what is there', () => {
    const legend = (marks: DiagramMarks): readonly string[] => withClass(draw(marks), 'tw-legend').flatMap(textsOf);
    const shapes = [
      'Person',
      'Process',
      'Store',
      'Outside the system',
      'Out of scope',
      'Also in this boundary',
      'Crosses a trust boundary',
      'Hostile or public',
    ];
    assert.deepEqual(legend(NO_MARKS), shapes);
    assert.deepEqual(legend(marksOf(finding('bot'))), [...shapes, 'High finding']);
  });

  it('has no frame, background or title of its own in the webview', () => {
    const root = draw(NO_MARKS, undefined, false);
    assert.equal(root.attributes.get('viewBox'), `0 0 ${scene.width} ${scene.height}`);
    assert.deepEqual(root.children.length, 1);
  });

  it('says when a plain grid stands in', async () => {
    const grid = await layoutGraph(small, { layout: () => Promise.reject(new Error('no <engine>')) });
    assert.ok(
      textsOf(parseXml(svgText(renderScene(grid, NO_MARKS, { palette, frame: true })))).some((line) => line.includes('no <engine>')),
    );
  });

  it('is self-contained: resolved colours, no style, script, link, foreign or outside content', () => {
    for (const name of PALETTES) {
      const root = parseXml(
        svgText(renderScene(scene, marksOf(finding('bot')), { palette: paletteOf(name), frame: true, highlight: 'key-bot' })),
      );
      for (const { name: tag, attributes } of allElements(root)) {
        assert.ok(['svg', 'title', 'desc', 'g', 'rect', 'path', 'text'].includes(tag), tag);
        for (const [attribute, value] of attributes) {
          assert.ok(attribute !== 'style' && attribute !== 'href' && !attribute.startsWith('on'), attribute);
          if (['fill', 'stroke'].includes(attribute)) assert.match(value, /^(none|#[0-9a-f]{6})$/);
        }
      }
    }
  });

  it('uses only custom properties for the webview', () => {
    const text = svgText(renderScene(scene, NO_MARKS, { palette: WEBVIEW_PALETTE }));
    assert.doesNotMatch(text, /#[0-9a-f]{6}/);
    for (const [, name] of text.matchAll(/var\((--[a-z0-9-]+)\)/g)) assert.ok(Object.values(PALETTE_PROPERTIES).includes(name!), name);
  });

  describe('of hostile names', () => {
    const hostile = (name: string): DiagramGraph =>
      graph({
        title: name,
        boundaries: [boundary('zone', undefined, { title: name, kindLabel: name })],
        nodes: [
          node('a', 'zone', { title: name, kindLabel: name, tags: [name] }),
          node('__proto__', undefined, { title: name }),
          node(name),
        ],
        edges: [edge('f', 'a', '__proto__', { label: name, data: [name] }), edge(`g${name}`, name, 'a')],
      });
    for (const name of HOSTILE) {
      it(`is well-formed and complete: ${JSON.stringify(name).slice(0, 50)}`, async () => {
        const of = hostile(name);
        const drawn = await layoutGraph(of, elk);
        const trail = finding('f', { message: name, missing: [[name]], trail: of.nodes.map(({ id }) => id) });
        const text = svgText(renderScene(drawn, marksOf(trail, finding('__proto__')), { palette, frame: true, highlight: trail.key }));
        const root = parseXml(text);
        assert.equal(idsOf(root, 'tw-node').length, new Set(of.nodes.map(({ id }) => id)).size);
        assert.equal(idsOf(root, 'tw-edge').length, of.edges.length);
        assert.deepEqual(idsOf(root, 'tw-boundary'), ['zone']);
        assert.ok(idsOf(root, 'tw-node').includes('__proto__'));
        for (const { name: tag } of allElements(root)) assert.ok(!['script', 'img'].includes(tag));
      });
    }
  });
});
