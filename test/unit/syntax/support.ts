import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import type { Node, Pair, PlacedPair, Section, SyntaxDocument } from '../../../server/src/syntax/index.ts';

const folder = new URL('../../fixtures/syntax/', import.meta.url);

/** The models in test/fixtures/syntax/. */
export const models: readonly string[] = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** Small texts with the rare corners of YAML. */
export const corners: readonly string[] = [
  'a: 1\n\nel:\n  x: {k: v,\n    l: [a, b]\n  }\n  \'y z\' : "q\n   w"\n  # c\n\n  z:\n  - 1\n  - k: v\n    l:\nfl:\n- a\n- b: c\n',
  'a: &a {x: 1}\nb:\n  c: *a\n  d: &d\n    e: [*d, *a, &f g, *f]\n  h: &e\n',
  '{a: 1, b: {c: d},\n e: [f, g: h], ? i : j, k}\n',
  '---\n? a\n: b\n? [c]\n: {d: e}\nf:\n  ? g\n  : - h\n    - i\n  : j\n',
  "s: |2\n   lead\n  x: y\n\n\nt: >+\n  fold\n  more\n   kept\n\n\nu: 'it''s\n\n  two'\nv: a\n  b\n\n  c # com\nw: \"\\x41\\u263a\\\n   e\"\n",
  'e:\n  "a": !!str 1\n  &k b: 2\n  <<: {c: d}\n  b : 3\n  c:d: 4\n  -e: -.inf\n  f: .5\n  g: 0o17\n  h: http://x/y#z\n\ti: t\n...\n# end\n',
  'e:\n  a:\n   k: [\n    x,\n\n    # c\n    y\n   ]\n   l: {\n   }\n  b:\n    - - x\n      -\n    - ? y\n      : z\n',
];

/** One random edit, as a function of the text it is made in. */
export type Edit = (text: string) => string;

const snippets = [
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ':',
  ': ',
  '- ',
  '? ',
  '#',
  ' #',
  '\n',
  '\r\n',
  '\r',
  '    ',
  '\t',
  '&a ',
  '*a',
  '*own',
  '!!str ',
].concat([
  '|',
  '>',
  '📷',
  '\u2028',
  '\0',
  '\ud800',
  '\ufeff',
  '---\n',
  '...\n',
  '<<: ',
  'ki',
  '\n  ki',
  '\n    ki',
  ', ',
  'a: b',
  '%',
  '@',
  '|+\n',
  '\n\n',
  '\\',
]);

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (where: number, length: number): number => Math.floor(where * (length + 1));

function onLine(change: (line: string, lines: string[], index: number) => void): (where: number) => Edit {
  return (where) => (text) => {
    const lines = text.split('\n');
    const index = Math.floor(where * lines.length);
    change(lines[index] ?? '', lines, index);
    return lines.join('\n');
  };
}

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...snippets)).map(([where, put]): Edit => (text) => {
    const offset = at(where, text.length);
    return text.slice(0, offset) + put + text.slice(offset);
  }),
  fc.tuple(place, fc.nat(6)).map(([where, count]): Edit => (text) => {
    const offset = at(where, text.length);
    return text.slice(0, offset) + text.slice(offset + count);
  }),
  fc.tuple(place, place, fc.nat(60)).map(([where, from, count]): Edit => (text) => {
    const offset = at(where, text.length);
    const source = at(from, text.length);
    return text.slice(0, offset) + text.slice(source, source + count) + text.slice(offset);
  }),
  fc.tuple(place, fc.nat(3)).map(([where, count]) => onLine((line, lines, index) => (lines[index] = ' '.repeat(count) + line))(where)),
  place.map(onLine((line, lines, index) => (lines[index] = line.replace(/^ {1,3}/, '')))),
  place.map(onLine((line, lines, index) => (lines[index] = line.replace(/["'{}[\]]/, '')))),
  place.map(onLine((line, lines, index) => lines.splice(index, 0, line))),
  fc.tuple(place, fc.integer({ min: 1, max: 4 })).map(([where, count]) => onLine((_, lines, index) => lines.splice(index, count))(where)),
  fc.constant<Edit>((text) => text.replace(/\r?\n/g, '\r\n')),
);

/** A pair with absolute spans. */
export function moved(base: number, pair: Pair): Pair {
  const move = <T extends Node | null>(node: T): T => {
    if (node === null) return node;
    const span = { start: node.start + base, end: node.end + base };
    if (node.type === 'map') return { ...node, ...span, pairs: node.pairs.map((inner) => moved(base, inner)) };
    if (node.type === 'seq') return { ...node, ...span, items: node.items.map(move) };
    return { ...node, ...span };
  };
  return { start: pair.start + base, end: pair.end + base, key: move(pair.key), value: move(pair.value) };
}

/** The sections without their division into chunks. */
export function flattened(sections: readonly Section[]): unknown {
  return sections.map(({ base, pair, items }) => {
    const { key, value } = moved(base, pair);
    return items ? { key, items: items.map((item: PlacedPair) => moved(item.base, item.pair)) } : { key, value };
  });
}

/** What must be the same, however the document came to be. */
export function meaning({ sections, problems, eol, indent }: SyntaxDocument): unknown {
  return { sections, problems, eol, indent };
}

/** A model with this many elements, each of several lines, and as many flows. */
export function largeModel(count: number): string {
  const lines = ['threatmodel: 1', 'boundaries:', '  zone: { kind: internet }', '', 'elements:'];
  for (let i = 0; i < count; i++)
    lines.push(`  element-${i}:`, '    kind: agent', `    title: Element ${i}`, '    in: zone', '    controls: [a, b]');
  lines.push('flows:');
  for (let i = 0; i < count; i++) lines.push(`  flow-${i}: { from: element-${i}, to: element-${(i * 7 + 1) % count}, carries: [zone] }`);
  return lines.join('\n') + '\n';
}
