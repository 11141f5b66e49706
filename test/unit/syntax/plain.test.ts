import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { cleanCharacters } from '../../../server/src/syntax/characters.ts';
import { readFast } from '../../../server/src/syntax/fastReader.ts';
import { readPlain } from '../../../server/src/syntax/plainReader.ts';
import { splitText } from '../../../server/src/syntax/split.ts';
import { TreeBuilder } from '../../../server/src/syntax/treeBuilder.ts';
import { anyEdit, corners, largeModel, models } from './support.ts';

const samples = new URL('../../../samples/', import.meta.url);
const written = readdirSync(samples)
  .filter((name) => name.endsWith('.threatmodel.yaml'))
  .map((name) => readFileSync(new URL(name, samples), 'utf8'));

function chunksOf(text: string): string[] {
  const chunks = splitText(text).sections.flatMap((section) => [section, ...(section.items ?? [])]);
  return chunks.map(({ start, end }) => text.slice(start, end));
}

/** Whether the plain reader takes the text; then js-yaml gives the same tree, and nobody has anything to say of it. */
function isTaken(text: string): boolean {
  const pair = readPlain(text);
  if (!pair) return false;
  const builder = new TreeBuilder();
  const root = readFast(text, builder);
  assert.deepEqual(root?.type === 'map' && root.pairs, [pair], JSON.stringify(text));
  const said = [...builder.problems, ...builder.anchors, ...builder.missing, ...cleanCharacters(text).problems];
  assert.deepEqual(said, [], JSON.stringify(text));
  return true;
}

/** Parts of which texts are made that are nearly plain. */
const part = fc.constantFrom(
  ...[
    'a',
    'b:',
    'c: ',
    'k: v',
    'x: {a: b}',
    '[p, q]',
    '"r"',
    "'s'",
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '\r\n',
    '\n\n',
    '- ',
    '-',
    '{',
    '}',
    '[',
  ],
  ...[
    ']',
    ', ',
    ',',
    '#',
    ' # ',
    '"',
    "'",
    ':',
    '?',
    '? ',
    '&a ',
    '*a',
    '!',
    '|',
    '>',
    '%',
    '@',
    '`',
    '\\',
    '---',
    '...',
    '<<: ',
    '~',
    '1',
    'true',
  ],
  ...['.', '/', '=', '(', '$', '\t', 'é', '\u00a0', '\u2028', '\u200b', '\u0085', '\ufeff', '😀', '\0', 'http://x/y#z'],
);
const around = [
  ['', ''],
  ['k: ', ''],
  ['  k:\n    ', ''],
  ['k: {', '}'],
  ['k: {a: [', ']}'],
  ['k:\n  a: b\n', '\n  c: d\n'],
  ['k:\n  - ', '\n'],
] as const;

describe('syntax: the plain reader', () => {
  it('gives the tree that js-yaml gives for all that it takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...models, ...corners, ...written), fc.array(anyEdit, { maxLength: 6 }), (start, edits) => {
        const text = edits.reduce((before, edit) => edit(before), start).replace(/\r(?!\n)/g, '\n');
        taken += chunksOf(text).filter(isTaken).length;
      }),
      { numRuns: 500, seed: 20261122 },
    );
    assert.ok(taken > 5000, `${taken} chunks`);
  });

  it('does so of texts that are almost plain', () => {
    let taken = 0;
    const texts = fc
      .tuple(fc.constantFrom(...around), fc.array(part, { maxLength: 12 }))
      .map(([[before, behind], it]) => before + it.join('') + behind);
    fc.assert(
      fc.property(texts, (text) => {
        if (isTaken(text)) taken++;
      }),
      { numRuns: 20_000, seed: 20261122 },
    );
    assert.ok(taken > 2000, `${taken} texts`);
  });

  it('takes what models are mostly made of', () => {
    for (const text of [...written, largeModel(20)]) {
      const chunks = chunksOf(text);
      const taken = chunks.filter(isTaken).length;
      assert.ok(taken > 0.9 * chunks.length, `${taken} of ${chunks.length}: ${text.slice(0, 60)}`);
    }
  });

  it('leaves what is deep or long to the others', () => {
    for (const text of [`k: ${'['.repeat(5000)}`, `k: ${'{a: '.repeat(2000)}`, nested(130), `k: ${'a:'.repeat(5000)}`]) {
      assert.equal(readPlain(text), undefined);
    }
  });
});

function nested(levels: number): string {
  return Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}k:\n`).join('');
}
