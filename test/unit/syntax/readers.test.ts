import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument as parseYaml } from 'yaml';
import { readFast } from '../../../server/src/syntax/fastReader.ts';
import type { Section } from '../../../server/src/syntax/index.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { readTolerant } from '../../../server/src/syntax/tolerantReader.ts';
import { TreeBuilder } from '../../../server/src/syntax/treeBuilder.ts';
import { anyEdit, corners, flattened, models } from './support.ts';

/**
 * Texts that the readers get in this form: without forbidden characters, lone carriage returns, further documents. And
 * without lines of spaces, because `yaml` wrongly drops a last one from a block scalar.
 */
const comparable = (text: string): boolean =>
  !/\r(?!\n)|[\0\ud800\ufeff]|\n[ \t]+\r?(\n|$)|^\.\.\./m.test(text) && text.split(/^---/m).length <= 2;

const damaged = fc
  .tuple(fc.constantFrom(...models, ...corners, ...corners), fc.array(anyEdit, { maxLength: 3 }))
  .map(([start, edits]) => edits.reduce((before, edit) => edit(before), start))
  .filter(comparable);

function fast(text: string): { root: ReturnType<typeof readFast> } | undefined {
  try {
    return { root: readFast(text, new TreeBuilder()) };
  } catch {
    return undefined;
  }
}

describe('syntax: two readers, one tree', () => {
  it('agree on every text that the fast reader takes', () => {
    let compared = 0;
    fc.assert(
      fc.property(damaged, (text) => {
        const quick = fast(text);
        if (!quick) return;
        const tolerant = readTolerant(text, new TreeBuilder());
        assert.deepEqual(tolerant.faults, [], JSON.stringify(text));
        assert.deepEqual(quick.root, tolerant.root, JSON.stringify(text));
        compared++;
      }),
      { numRuns: 1500, seed: 42 },
    );
    assert.ok(compared > 150, `only ${compared} texts were compared`);
  });

  it('give the sections that a parse of the whole document gives, when that has no errors', () => {
    let compared = 0;
    fc.assert(
      fc.property(damaged, (text) => {
        const { errors } = parseYaml(text, { strict: false, uniqueKeys: false, prettyErrors: false, version: '1.2', schema: 'core' });
        const { root } = readTolerant(text, new TreeBuilder());
        if (errors.some(({ code }) => code !== 'TAG_RESOLVE_FAILED') || root?.type !== 'map') return;
        const whole = root.pairs.map((pair): Section => {
          if (pair.value === null) return { base: 0, pair, items: [] };
          return {
            base: 0,
            pair,
            items: pair.value.type === 'map' ? pair.value.pairs.map((item) => ({ base: 0, pair: item })) : undefined,
          };
        });
        assert.deepEqual(flattened(parseDocument(text).sections), flattened(whole), JSON.stringify(text));
        compared++;
      }),
      { numRuns: 1500, seed: 43 },
    );
    assert.ok(compared > 150, `only ${compared} texts were compared`);
  });

  it('read our models without a problem, and in chunks', () => {
    for (const text of models) {
      const { problems, work } = parseDocument(text);
      assert.deepEqual(problems, []);
      assert.equal(work.whole, false);
      assert.ok(fast(text), 'the fast reader takes it whole');
    }
  });
});
