import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { cataloguePages, DOCS } from '../../../server/catalogue/docs.ts';
import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import { compileCatalogue } from '../../../server/src/catalogue/compile.ts';
import { loadCatalogue } from '../../../server/src/catalogue/load.ts';
import { indexPages } from '../../../server/src/catalogue/indexPages.ts';
import { controlPage, rulePage } from '../../../server/src/catalogue/pages.ts';
import { completeRule } from '../../../server/src/catalogue/sources.ts';
import { miniSources } from '../../tools/miniCatalogue.ts';

function mini(changes?: Readonly<Record<string, unknown>>): Catalogue {
  const { catalogue, problems } = compileCatalogue(miniSources(changes));
  assert.deepEqual(problems, []);
  assert.ok(catalogue);
  return loadCatalogue(catalogue);
}

/** Both rules of the small catalogue, finished. */
const finished = {
  'draft.text': { why: 'It falls.', fix: 'Mend it.', cost: 'Bricks.', accept: 'Never.', status: 'final' },
  'draft.examples': ['bad', 'good', 'near-miss'].map((kind) => ({ kind, title: kind, model: kind === 'bad' ? 'a: 1 #!' : 'a: 1' })),
};

const golden = new URL('../../fixtures/catalogue/pages/', import.meta.url);
const goldenPage = (name: string) => readFile(new URL(name, golden), 'utf8');

describe('pages of the catalogue', () => {
  it('tell everything about a rule', async () => {
    const catalogue = mini(finished);
    const rule = catalogue.rules.get('open-door');
    assert.ok(rule);
    const { examples } = completeRule(miniSources().rules[0]!.data);
    assert.equal(rulePage(rule, catalogue, examples), await goldenPage('rule.md'));
  });

  it('tell everything about a control', async () => {
    const catalogue = mini(finished);
    const control = catalogue.controls.get('lock');
    assert.ok(control);
    assert.equal(controlPage(control, catalogue), await goldenPage('control.md'));
  });

  for (const name of ['index.md', 'by-principle.md', 'by-pillar.md', 'by-stage.md', 'taxonomies/perils.md']) {
    it(`list everything in ${name}`, async () => {
      assert.equal(indexPages(mini(finished)).get(name), await goldenPage(name));
    });
  }

  it('are all reached from the index, and lead to pages that exist', async () => {
    const pages = await cataloguePages();
    const linksOf = (path: string): string[] =>
      [...pages.get(path)!.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, to = '']) => new URL(to, `page:/${path}`).pathname.slice(1));
    const reached = new Set(['index.md']);
    for (const path of reached) {
      for (const to of linksOf(path)) {
        assert.ok(pages.has(to), `${path} leads to ${to}`);
        reached.add(to);
      }
    }
    assert.deepEqual(
      [...pages.keys()].filter((path) => !reached.has(path)),
      [],
    );
  });

  it('leave out what there is nothing to say about', () => {
    const catalogue = mini({ 'rule.foldInto': [], 'rule.mappings': {} });
    const text = rulePage(catalogue.rules.get('open-door')!, catalogue);
    assert.doesNotMatch(text, /## Examples|## Related rules|## Mappings/);
  });

  it('are up to date in docs/catalogue', async () => {
    const pages = await cataloguePages();
    const onDisk = (await readdir(DOCS, { recursive: true }))
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.replaceAll('\\', '/'));
    assert.deepEqual(onDisk.sort(), [...pages.keys()].sort());
    for (const [path, text] of pages)
      assert.equal(await readFile(new URL(path, DOCS), 'utf8'), text, `docs/catalogue/${path} is not up to date`);
  });
});
