import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { NOT_SPOKEN, slimTypes } from '../../../esbuild.slim.mjs';

const require = createRequire(import.meta.url);
const folder = path.resolve(import.meta.dirname, '../../../server/src/lsp');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'));

/** What the language server takes from its library at run time. */
const taken = sources.flatMap((text) =>
  [...text.matchAll(/^import \{([^}]+)\} from 'vscode-languageserver';$/gm)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => /^\s*(?!type )(\w+)\s*$/.exec(name)?.[1] ?? []),
  ),
);

describe('what the build leaves out of the libraries of the language server', () => {
  const types = readFileSync(require.resolve('vscode-languageserver-types').replace('/umd/', '/esm/'), 'utf8');
  const slim = slimTypes(types);

  it('is half of the types, and none that the server has values of', () => {
    assert(slim.length < types.length / 2);
    const exported = (text: string): string[] => [...text.matchAll(/^export var (\w+);/gm)].map(([, name = '']) => name);
    const kept = new Set(exported(slim));
    const gone = exported(types).filter((name) => !kept.has(name));
    assert(taken.includes('MarkupKind') && gone.includes('Position'));
    assert.deepEqual(
      gone.filter((name) => taken.includes(name)),
      [],
    );
  });

  for (const part of NOT_SPOKEN) {
    it(`is ${part}, which the server does not speak`, () => {
      const feature = part.replace('Provider', '').replace('notebook', 'notebooks');
      const used = new RegExp(`\\.(?:languages|window|workspace)\\.${feature}\\b|connection\\.(?:${feature}|on${feature})\\b`, 'i');
      assert.deepEqual(
        sources.flatMap((text) => used.exec(text)?.[0] ?? []),
        [],
      );
    });
  }
});
