import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { readSchemas } from '../../../server/catalogue/build.ts';
import { ShapeChecker } from '../../../server/src/catalogue/pack/schema.ts';
import { plainOf, readWritten } from '../../../server/src/catalogue/pack/written.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { miniSources, readFixture } from '../../tools/miniCatalogue.ts';
import { packBase } from '../../tools/packs.ts';

/** The checker of organisations' files and the JSON Schema library that the build uses must be of one mind. */
describe('the shapes of files', () => {
  const checker = new ShapeChecker(packBase().schemas);
  const { sources } = packBase();
  let validate: Awaited<ReturnType<typeof readSchemas>>['problems'];
  before(async () => {
    validate = (await readSchemas()).problems;
  });

  const assertAgreement = (schema: string, data: unknown, right: boolean): void => {
    const document = parseDocument(stringify(data, { aliasDuplicateObjects: false }));
    assert.deepEqual(document.problems, []);
    const { root } = readWritten(document);
    assert.equal(JSON.stringify(plainOf(root)), JSON.stringify(data));
    const plain: unknown = JSON.parse(JSON.stringify(data));
    assert.equal(validate(schema, 'file', plain).length === 0, right);
    assert.equal(
      checker.check(root, `${schema}.schema.json`).length === 0,
      right,
      JSON.stringify(checker.check(root, `${schema}.schema.json`)),
    );
  };

  it('accept the whole built-in catalogue', () => {
    assertAgreement('kinds', sources.kinds.data, true);
    assertAgreement('pack-kinds', sources.kinds.data, true);
    assertAgreement('predicates', sources.predicates.data, true);
    assertAgreement('pack-predicates', sources.predicates.data, true);
    for (const { data } of sources.controls) assertAgreement('controls', data, true);
    for (const { data } of sources.rules) assertAgreement('rule', data, true);
  });

  interface Misshapen {
    readonly name: string;
    readonly schema: string;
    readonly set: Readonly<Record<string, unknown>>;
  }
  for (const { name, schema, set } of readFixture<Misshapen[]>('misshapen.yaml')) {
    it(`refuse ${name}`, () => {
      const wrong = miniSources(set);
      const { id: _id, ...taxonomy } = wrong.taxonomies[0]!.data;
      const parts: Readonly<Record<string, unknown>> = {
        kinds: wrong.kinds.data,
        lanes: wrong.lanes.data,
        predicates: wrong.predicates.data,
        controls: wrong.controls[0]!.data,
        rule: wrong.rules[0]!.data,
        taxonomy,
      };
      assertAgreement(schema, parts[schema], false);
    });
  }
});
