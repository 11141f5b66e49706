import assert from 'node:assert/strict';
import { prepare } from '../../../server/src/lsp/prepare.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

describe('what is done before the first model is opened', () => {
  it('asks every rule, and needs no template', () => {
    const catalogue = readCatalogue();
    let asked = 0;
    const watched = {
      ...catalogue,
      get rules() {
        asked++;
        return catalogue.rules;
      },
    };
    prepare(watched, TODAY);
    assert(asked > 0);
    assert.doesNotThrow(() => prepare({ ...catalogue, templates: [] }, TODAY));
  });
});
