import assert from 'node:assert/strict';
import { movedUses } from '../../../server/src/language/movedUses.ts';
import { usesAny } from '../../../server/src/language/usedFiles.ts';
import { applyEdits } from '../../../server/src/syntax/textEdit.ts';
import { snapshotOf } from './fixture.ts';

const MOVES: Readonly<Record<string, string>> = {
  '/w/a/lib.threatmodel.yaml': '/w/b/lib.threatmodel.yaml',
  '/w/a/same.threatmodel.yaml': '/w/a/other.threatmodel.yaml',
  '/w/a/odd.threatmodel.yaml': "/w/a/it's {new}: #1.threatmodel.yaml",
  '/w/a/me.threatmodel.yaml': '/w/me.threatmodel.yaml',
};

/** Where the file is; its `use:` before; and after, or nothing when it stays as it is. */
const USES: readonly (readonly [file: string, before: string, after?: string])[] = [
  ['/w/a/x', 'use: { lib: ./lib.threatmodel.yaml }', 'use: { lib: ../b/lib.threatmodel.yaml }'],
  ['/w/b/x', 'use:\n  lib: ../a/lib.threatmodel.yaml # here\n', 'use:\n  lib: ./lib.threatmodel.yaml # here\n'],
  [
    '/w/x',
    'use:\n  lib: "a/lib.threatmodel.yaml"\n  same: \'./a/same.threatmodel.yaml\'',
    'use:\n  lib: "./b/lib.threatmodel.yaml"\n  same: \'./a/other.threatmodel.yaml\'',
  ],
  ['/w/a/x', 'use: { odd: odd.threatmodel.yaml }', "use: { odd: './it''s {new}: #1.threatmodel.yaml' }"],
  ['/w/a/me.threatmodel.yaml', 'use: { y: ./y.threatmodel.yaml }', 'use: { y: ./a/y.threatmodel.yaml }'],
  ['/w/a/me.threatmodel.yaml', 'use: { lib: ./lib.threatmodel.yaml }', 'use: { lib: ./b/lib.threatmodel.yaml }'],
  ['/w/a/x', 'use: { y: ././y.threatmodel.yaml }'],
  ['/w/b/x', 'use: { lib: ./lib.threatmodel.yaml }'],
  ['/w/a/x', 'use: { lib: /w/a/lib.threatmodel.yaml, b: "https://e/lib.threatmodel.yaml", c: ./lib.txt, d: [x], e }'],
  ['/w/a/x', 'use: { lib: ../../../../lib.threatmodel.yaml }'],
  ['/w/a/x', 'use: ./lib.threatmodel.yaml'],
  ['/w/a/x', 'x-use: { lib: ./lib.threatmodel.yaml }'],
];

describe('what is used when files move', () => {
  for (const [file, before, after = before] of USES) {
    it(`${JSON.stringify(before)} in ${file}`, () => {
      const moved = (each: string): string => MOVES[each] ?? each;
      assert.equal(applyEdits(before, movedUses(snapshotOf(before), file, moved(file), moved)), after);
    });
  }

  it('knows files that use none', () => {
    assert.equal(usesAny(snapshotOf('use: { a: ./a.threatmodel.yaml }')), true);
    assert.equal(usesAny(snapshotOf('use:')), false);
    assert.equal(usesAny(snapshotOf('elements: { a: { kind: agent } }')), false);
  });
});
