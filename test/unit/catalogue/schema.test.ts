import assert from 'node:assert/strict';
import { readSchemas } from '../../../server/catalogue/build.ts';
import { miniSources, readFixture, type Mini } from '../../tools/miniCatalogue.ts';

interface Misshapen {
  readonly name: string;
  readonly schema: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

describe('the schemas of the catalogue', () => {
  let problemsOf: Awaited<ReturnType<typeof readSchemas>>['problems'];
  before(async () => {
    problemsOf = (await readSchemas()).problems;
  });

  const partOf = (schema: string, set: Readonly<Record<string, unknown>>): unknown => {
    const sources = miniSources(set);
    const { id: _id, ...taxonomy } = sources.taxonomies[0]!.data;
    return {
      kinds: sources.kinds.data,
      lanes: sources.lanes.data,
      predicates: sources.predicates.data,
      controls: sources.controls[0]!.data,
      rule: sources.rules[0]!.data,
      taxonomy,
    }[schema];
  };

  for (const schema of ['kinds', 'lanes', 'predicates', 'controls', 'rule', 'taxonomy']) {
    it(`accepts a good file: ${schema}`, () => {
      assert.deepEqual(problemsOf(schema, 'file', partOf(schema, {})), []);
    });
  }

  it('accepts a rule without what may be omitted', () => {
    assert.deepEqual(problemsOf('rule', 'file', readFixture<Mini>('mini.yaml').draft), []);
  });

  for (const { name, schema, set, problems } of readFixture<Misshapen[]>('misshapen.yaml')) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(
        problemsOf(schema, 'file', partOf(schema, set)).map(({ at, message }) => `${at}: ${message}`),
        problems,
      );
    });
  }
});
