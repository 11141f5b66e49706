import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createElk } from '../../../server/src/diagram/elk.ts';
import { toPdf } from '../../../server/src/diagram/export/pdf.ts';
import {
  layoutGraph,
  pictureOf,
  toDrawio,
  toMermaid,
  toSvg,
  type DiagramFinding,
  type DiagramGraph,
  type DiagramMarks,
  type Exported,
} from '../../../server/src/diagram/index.ts';
import { boundary, edge, graph, madeUp, NO_MARKS, node } from './support.ts';
import { allElements, parseXml } from './xml.ts';

const elk = createElk();

async function exported(of: DiagramGraph, marks: DiagramMarks = NO_MARKS, more: Partial<Exported> = {}): Promise<Exported> {
  return { scene: await layoutGraph(of, elk), marks, theme: 'light', made: 'Made by a test.', ...more };
}

const SMALL = graph({
  boundaries: [boundary('zone'), boundary('inner', 'zone')],
  nodes: [
    node('user', undefined, { shape: 'actor' }),
    node('bot', 'inner'),
    node('store', 'zone', { shape: 'store' }),
    node('web', undefined, { shape: 'external' }),
  ],
  edges: [
    edge('ask', 'user', 'bot', { crosses: ['zone', 'inner'], data: ['Question'] }),
    edge('save', 'bot', 'store'),
    edge('read', 'web', 'bot'),
  ],
});
const FINDING: DiagramFinding = {
  ...{ key: 'abc123', rule: 'some-rule', ruleTitle: 'Some rule', severity: 'high', state: 'open', subject: 'ask', message: 'Something' },
  ...{ missing: [['A control']], present: [], principles: [], category: '', lanes: [], taxonomies: [], trail: ['user', 'ask', 'bot'] },
};
const MARKS: DiagramMarks = { counts: { ask: { high: 1 }, store: { low: 2 } }, findings: [FINDING], names: {} };

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"]; click n0 href "javascript:alert(1)"; x["',
  'end',
  'subgraph a',
  '`code` **bold** #quot; #35;',
  'a --> b',
  '%%{init: {}}%%',
  '&lt;b&gt; & "quotes" \'single\'',
  'line\nbreak\r\nand\u2028more',
  ']]> --> </mxCell>',
  'html=1;shape=image;image=file:///etc/passwd',
  '\u202egnp.exe',
  '🤖 emoji \ud83d half',
  '商店',
  '__proto__',
];

/** What a chart draws, read the way the language of the chart is: line by line. */
function readMermaid(text: string): { nodes: string[]; edges: [string, string][]; groups: string[]; depth: number } {
  const nodes: string[] = [];
  const edges: [string, string][] = [];
  const groups: string[] = [];
  let depth = 0;
  const body = text.split('\n').slice(text.split('\n').findIndex((line) => line.startsWith('flowchart')) + 1);
  for (const line of body) {
    const group = /^ *subgraph (b\d+)\["[^"<>`]*(<br\/>[^"<>`]*)*"\]$/.exec(line);
    const vertex = /^ *(n\d+)(\[\[|\[\(|\[\/|\[|\()"([^"<>`]|<br\/>)*"(\]\]|\)\]|\/\]|\]|\))$/.exec(line);
    const link = /^ *(n\d+) (?:-->|==>)(?:\|"(?:[^"<>`|]|<br\/>)*"\|)? (n\d+)$/.exec(line);
    if (group) {
      groups.push(group[1]!);
      depth++;
    } else if (/^ *end$/.test(line)) depth--;
    else if (vertex) nodes.push(vertex[1]!);
    else if (link) edges.push([link[1]!, link[2]!]);
    else assert.match(line, /^( {2}(style b\d+|class n\d+|classDef \w+) [\w#:, -]+)?$/, line);
  }
  return { nodes, edges, groups, depth };
}

describe('a part of a model', () => {
  it('is one boundary with its neighbours, the other boundaries closed', () => {
    const of = graph({
      boundaries: [boundary('a'), boundary('b'), boundary('c')],
      nodes: [node('x', 'a'), node('y', 'b'), node('y2', 'b'), node('z', 'c')],
      edges: [edge('xy', 'x', 'y'), edge('yz', 'y2', 'z')],
    });
    const picture = pictureOf(of, NO_MARKS, { boundary: 'a', risks: true });
    assert.ok(!('error' in picture));
    assert.deepEqual([picture.graph.nodes.map(({ id }) => id), picture.graph.boundaries.map(({ id }) => id)], [['x', 'b'], ['a']]);
  });

  for (const name of ['abc123', 'abc', 'some-rule']) {
    it(`is the way of one finding: ${name}`, () => {
      const picture = pictureOf(SMALL, MARKS, { finding: name, risks: true });
      assert.ok(!('error' in picture));
      assert.equal(picture.highlight, 'abc123');
      assert.deepEqual(
        picture.graph.nodes.map(({ id }) => id),
        ['user', 'bot'],
      );
    });
  }

  it('is nothing but the architecture without risks', () => {
    const picture = pictureOf(SMALL, MARKS, { risks: false });
    assert.ok(!('error' in picture));
    assert.deepEqual([picture.marks.findings, picture.marks.counts], [[], {}]);
  });

  it('is an error with the nearest name when it is not there', () => {
    assert.deepEqual(pictureOf(SMALL, MARKS, { boundary: 'zon', risks: true }), { error: 'There is no boundary "zon"; is it "zone"?' });
    assert.match(JSON.stringify(pictureOf(SMALL, MARKS, { finding: 'nope', risks: true })), /No open finding/);
  });
});

describe('export as SVG', () => {
  it('says what made it, and is the same each time', async () => {
    const svg = toSvg(await exported(SMALL, MARKS));
    assert.match(svg, /<metadata>Made by a test\.<\/metadata>/);
    assert.equal(toSvg(await exported(SMALL, MARKS)), svg);
  });
});

describe('export as Mermaid', () => {
  it('has the elements, boundaries and flows of the picture', async () => {
    const text = toMermaid(await exported(SMALL, MARKS));
    const { nodes, edges, groups, depth } = readMermaid(text);
    assert.deepEqual([nodes.length, groups.length, depth], [4, 2, 0]);
    assert.deepEqual(edges, [
      ['n0', 'n1'],
      ['n1', 'n2'],
      ['n3', 'n1'],
    ]);
    assert.match(text, /n2\[\("store<br\/>Thing<br\/>2 low findings"\)\]/);
    assert.match(text, /n0 ==>\|"Prompt<br\/>Question<br\/>1 high finding"\| n1/);
  });

  it('reads nothing in a model as the language of the chart', async () => {
    const word = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }));
    const plain = await exported(SMALL);
    fc.assert(
      fc.property(word, word, word, (title, label, kindLabel) => {
        const { scene } = plain;
        const text = toMermaid({
          ...plain,
          scene: {
            ...scene,
            title,
            nodes: scene.nodes.map((box) => ({ ...box, node: { ...box.node, title, kindLabel } })),
            boundaries: scene.boundaries.map((box) => ({ ...box, boundary: { ...box.boundary, title, kindLabel } })),
            edges: scene.edges.map((line) => ({ ...line, edge: { ...line.edge, label, data: [title] } })),
          },
        });
        const { nodes, edges, groups, depth } = readMermaid(text);
        assert.deepEqual([nodes.length, edges.length, groups.length, depth], [4, 3, 2, 0]);
        const [open, head, close] = text.split('\n');
        assert.deepEqual([open, close], ['---', '---']);
        assert.equal(typeof JSON.parse(head!.slice('title: '.length)), 'string');
      }),
    );
  });
});

describe('export as draw.io', () => {
  it('has containers, shapes inside them where they are drawn, and connectors', async () => {
    const picture = await exported(madeUp(24));
    const cells = allElements(parseXml(toDrawio(picture).trimEnd())).filter(({ name }) => name === 'mxCell');
    const { scene } = picture;
    assert.equal(cells.length, 2 + scene.boundaries.length + scene.nodes.length + scene.edges.length);
    const ids = new Set(cells.map(({ attributes }) => attributes.get('id')));
    assert.equal(ids.size, cells.length);
    const place = new Map<string, { x: number; y: number }>([['1', { x: 0, y: 0 }]]);
    for (const { attributes, children } of cells) {
      for (const end of ['parent', 'source', 'target']) assert.ok(!attributes.has(end) || ids.has(attributes.get(end)!), end);
      if (attributes.get('vertex') !== '1') continue;
      const geometry = children.find((child) => typeof child !== 'string')!;
      assert.ok(typeof geometry !== 'string');
      const origin = place.get(attributes.get('parent')!)!;
      const at = (name: string): number => Number(geometry.attributes.get(name));
      place.set(attributes.get('id')!, { x: origin.x + at('x'), y: origin.y + at('y') });
    }
    scene.nodes.forEach(({ x, y }, index) => {
      const drawn = place.get(`n${index}`)!;
      assert.ok(Math.abs(drawn.x - x) < 0.1 && Math.abs(drawn.y - y) < 0.1, `n${index}`);
    });
  });

  for (const title of HOSTILE) {
    it(`keeps a label a label: ${JSON.stringify(title)}`, async () => {
      const of = graph({ title, boundaries: [boundary('z', undefined, { title })], nodes: [node('a', 'z', { title })], edges: [] });
      const xml = toDrawio(await exported(of));
      const cells = allElements(parseXml(xml.trimEnd())).filter(({ name }) => name === 'mxCell');
      assert.equal(cells.length, 4);
      for (const { attributes } of cells) assert.ok(!/html=1|image=/.test(attributes.get('style') ?? ''));
    });
  }
});

describe('export as PDF', () => {
  const MODULES = new URL('../../../node_modules/@fontsource/inter/files/', import.meta.url);
  const fonts = new Map(
    ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((name) => {
      const file = `inter-${name}-normal.woff`;
      return [file, readFileSync(new URL(file, MODULES))] as const;
    }),
  );
  const pdfOf = async (title: string): Promise<{ text: string; bytes: Buffer; missing: readonly string[] }> => {
    const svg = toSvg(await exported(graph({ title, nodes: [node('a', undefined, { title })], boundaries: [boundary('z')] })));
    const { pdf, missing } = await toPdf(svg, { fonts });
    return { text: Buffer.from(pdf).toString('latin1'), bytes: Buffer.from(pdf), missing };
  };

  it('is one page of lines and letters, with the fonts, the same bytes each time', async () => {
    const { text, bytes } = await pdfOf('Agent');
    assert.match(text, /^%PDF-1/);
    assert.equal(text.match(/\/Type \/Page\b/g)?.length, 1);
    assert.match(text, /\/FontFile/);
    assert.doesNotMatch(text, /\/Subtype \/Image/);
    assert.deepEqual((await pdfOf('Agent')).bytes, bytes);
    const streams = [...text.matchAll(/\/FlateDecode\s*>>\s*stream\r?\n/g)].map(({ index, 0: { length } }) => {
      try {
        return inflateSync(bytes.subarray(index + length)).toString('latin1');
      } catch {
        return '';
      }
    });
    assert.ok(streams.some((stream) => /TJ|Tj/.test(stream)));
  });

  it('has the letters of the extended font, and names those that no font has', async () => {
    assert.deepEqual((await pdfOf('Łódź')).missing, []);
    assert.deepEqual((await pdfOf('商店')).missing, ['商', '店']);
  });

  for (const title of HOSTILE) {
    it(`survives ${JSON.stringify(title)}`, async () => {
      assert.match((await pdfOf(title)).text, /%%EOF\s*$/);
    });
  }
});
