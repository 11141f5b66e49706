import assert from 'node:assert/strict';
import { checkCatalogue } from '../../../server/src/catalogue/check.ts';
import { compileCatalogue } from '../../../server/src/catalogue/compile.ts';
import { miniSources, readFixture } from '../../tools/miniCatalogue.ts';

interface Wrong {
  readonly name: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

describe('checks between the files of a catalogue', () => {
  it('has nothing to say of a good one', () => {
    assert.deepEqual(checkCatalogue(miniSources()), []);
  });

  for (const { name, set, problems } of readFixture<Wrong[]>('wrong.yaml')) {
    it(`finds ${name}`, () => {
      const found = checkCatalogue(miniSources(set)).map(({ file, at, message }) => `${file} ${at}: ${message}`);
      assert.deepEqual(found, problems);
    });
  }

  it('stops the compilation', () => {
    const { catalogue, problems } = compileCatalogue(miniSources({ 'rule.category': 'exit' }));
    assert.equal(catalogue, undefined);
    assert.equal(problems.length, 1);
  });
});
