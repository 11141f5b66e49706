import assert from 'node:assert/strict';
import { valueOf } from '../../../server/src/syntax/coreSchema.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { flattened, largeModel } from './support.ts';

const codes = (text: string): string[] => parseDocument(text).problems.map(({ code }) => code);
const itemKeys = (text: string, section: string): string[] =>
  parseDocument(text)
    .sections.filter(({ pair }) => pair.key.text === section)
    .flatMap(({ items }) => items?.map(({ pair }) => pair.key.text) ?? []);

/** `name: &name [*under, … nine times]`, level by level. */
function bomb(levels: number, indent: string): string {
  const lines = [`${indent}l0: &l0 [x, x, x, x, x, x, x, x, x]`];
  for (let level = 1; level <= levels; level++) {
    const aliases = Array.from({ length: 9 }, () => `*l${level - 1}`);
    lines.push(`${indent}l${level}: &l${level} [${aliases.join(', ')}]`);
  }
  return lines.join('\n') + '\n';
}

describe('syntax: hostile input', () => {
  for (const [where, text] of [
    ['across chunks', 'el:\n' + bomb(9, '  ')],
    ['in one chunk', 'el:\n  a:\n' + bomb(9, '    ')],
  ] as const) {
    it(`does not expand an alias bomb ${where}`, () => {
      const { problems } = parseDocument(text);
      assert.deepEqual(
        problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
        [['limit-aliases', '&l3']],
      );
    });
  }

  it('expands 100 aliases, each at its own place, and no more', () => {
    const aliases = (count: number) => 'a: &a { k: v }\nb: [' + Array.from({ length: count }, () => '*a').join() + ']\n';
    assert.deepEqual(codes(aliases(100)), []);
    assert.deepEqual(codes(aliases(101)), ['limit-aliases']);
    const text = aliases(1);
    const list = parseDocument(text).sections[1]?.pair.value;
    assert.ok(list?.type === 'seq');
    const node = list.items[0];
    assert.ok(node?.type === 'map');
    assert.equal(text.slice(node.start, node.end), '*a');
    assert.equal(node.pairs[0]?.key.text, 'k');
  });

  for (const [name, deep] of [
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['closed brackets', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['dashes', '\n    ' + '- '.repeat(100_000) + 'x'],
    ['indentation', '\n' + Array.from({ length: 1_500 }, (_, level) => ' '.repeat(level + 4) + 'k:').join('\n')],
    ['brackets behind closing ones in quotes', '["]",'.repeat(50_000)],
  ] as const) {
    it(`does not follow 200 levels of ${name}`, () => {
      const text = `el:\n  a: ${deep}\n  b: {}\nfl:\n`;
      assert.deepEqual(codes(text), ['limit-depth']);
      assert.deepEqual(itemKeys(text, 'el'), ['a', 'b']);
    });
  }

  it('reads what is nested 190 levels', () => {
    assert.deepEqual(codes(`a: ${'['.repeat(190)}${']'.repeat(190)}\n`), []);
  });

  it('reads names of object prototypes like any other', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const text = 'el:\n' + names.map((name) => `  ${name}: { ${name}: 1 }\n`).join('');
    assert.deepEqual(codes(text), []);
    assert.deepEqual(itemKeys(text, 'el'), names);
  });

  it('takes merge keys as ordinary keys, with a problem for each', () => {
    const text = 'arr: &a [' + Array.from({ length: 2_000 }, () => '{}').join() + ']\nel:\n' + '  - <<: *a\n'.repeat(500);
    assert.equal(codes(text).filter((code) => code === 'merge-key').length, 500);
    assert.equal(codes(text).filter((code) => code === 'limit-aliases').length, 1);
  });

  it('takes a value as it is written', () => {
    const text = 'no: no\n1e3: 1e3\n0x1F: 0x1F\n2026-01-01: 2026-01-01\n~: ~\nnull: "null"\n';
    const pairs = parseDocument(text).sections.map(({ pair: { key, value } }) => [
      key.text,
      value?.type === 'scalar' ? valueOf(value) : undefined,
    ]);
    assert.deepEqual(pairs, [
      ['no', 'no'],
      ['1e3', 1000],
      ['0x1F', 31],
      ['2026-01-01', '2026-01-01'],
      ['~', null],
      ['null', 'null'],
    ]);
  });

  it('reads every kind of line end alike', () => {
    const text = 'a: 1\nel:\n  x: { k: v }\n  y:\n    - p\n    - q\n';
    assert.deepEqual(flattened(parseDocument(text.replaceAll('\n', '\r')).sections), flattened(parseDocument(text).sections));
    const windows = text.replaceAll('\n', '\r\n');
    const { sections, eol } = parseDocument(windows);
    assert.equal(eol, '\r\n');
    for (const { base, pair } of sections.flatMap(({ items }) => items ?? [])) {
      assert.match(windows.slice(base + pair.key.start, base + pair.key.end), /^[xy]$/);
      assert.match(windows.slice(base + pair.start, base + pair.end), /^(x: \{ k: v \}|y:\r\n {4}- p\r\n {4}- q)$/);
    }
  });

  it('counts in UTF-16 units, and ends no line at U+2028', () => {
    const text = 'el:\n  a: { t: "📷\u2028📷", k: v }\n';
    const [item] = parseDocument(text).sections[0]?.items ?? [];
    assert.ok(item?.pair.value?.type === 'map');
    const key = item.pair.value.pairs[1]?.key;
    assert.ok(key);
    assert.equal(item.base + key.start, text.indexOf('k: v'));
  });

  it('reads a line of a million characters, and a file of 200,000 lines', () => {
    const long = `el:\n  a: { t: ${'x y '.repeat(250_000)}, k: v }\n  b: {}\n`;
    assert.deepEqual(codes(long), []);
    assert.deepEqual(itemKeys(long, 'el'), ['a', 'b']);
    const lines = 'el:\n' + Array.from({ length: 50_000 }, (_, index) => `  e${index}:\n    k: v\n    # c\n\n`).join('');
    assert.equal(itemKeys(lines, 'el').length, 50_000);
    assert.deepEqual(codes(lines), []);
  });

  it('reads damaged long lines', () => {
    assert.deepEqual(codes(`el:\n  a: { t: "${'x'.repeat(1_000_000)}, k: v }\n  b: {}\n`), ['unclosed-quote']);
    assert.equal(codes('x'.repeat(1_000_000)).length, 1);
  });

  it('does not read a file beyond the limit of its size', () => {
    assert.deepEqual(codes('#'.repeat(64 * 1024 * 1024 + 1)), ['limit-size']);
  });

  it('reads a file of UTF-16 taken for UTF-8 with one problem a line', () => {
    const text = [...'el:\n  a: {}\n'].join('\0') + '\0';
    for (const code of codes(text)) assert.ok(['invalid-character', 'missing-colon', 'syntax'].includes(code), code);
  });

  it('finds 10,000 elements with each their own place', () => {
    const text = largeModel(10_000);
    const { sections, problems } = parseDocument(text);
    assert.deepEqual(problems, []);
    const last = sections.at(-1)?.items?.at(-1);
    assert.ok(last);
    assert.equal(text.slice(last.base + last.pair.key.start, last.base + last.pair.key.end), 'flow-9999');
  });
});
