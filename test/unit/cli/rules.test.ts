import assert from 'node:assert/strict';
import { listRules } from '../../../server/src/cli/rules.ts';
import type { Installation, Output } from '../../../server/src/cli/surroundings.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { packBase } from '../../tools/packs.ts';

const installation: Installation = {
  version: '0',
  catalogue: readCatalogue,
  packBase,
  images: () => assert.fail('draws nothing'),
};

function listed(columns?: number): string[] {
  let out = '';
  const output: Output = {
    write: (text) => void (out += text),
    error: assert.fail,
    bug: assert.fail,
    color: false,
    ...(columns !== undefined && { columns }),
  };
  const all = { category: undefined, severity: undefined, principle: undefined, control: undefined, taxonomy: undefined };
  listRules({ format: 'text', ...all }, installation, output);
  return out.trimEnd().split('\n');
}

describe('the list of rules', () => {
  it('has a line for each, for whatever reads lines', () => {
    assert.equal(listed().length, readCatalogue().rules.size + 1);
    assert.equal(listed(200).length, listed().length);
  });

  it('has two where a terminal is too narrow', () => {
    const lines = listed(100);
    assert.equal(lines.length, 2 * readCatalogue().rules.size + 1);
    assert.deepEqual(
      lines.filter((line) => line.length > 100),
      [],
    );
    assert.match(lines.join('\n'), /^critical {2}lethal-trifecta\n {10}\S/m);
  });
});
