import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileCatalogue } from '../src/catalogue/compile.ts';
import { loadCatalogue } from '../src/catalogue/load.ts';
import { indexPages } from '../src/catalogue/indexPages.ts';
import { controlPage, rulePage } from '../src/catalogue/pages.ts';
import { completeRule } from '../src/catalogue/sources.ts';
import { CatalogueError, readSources } from './build.ts';

/** The folder of the generated pages. */
export const DOCS = new URL('../../docs/catalogue/', import.meta.url);

/** All pages of the catalogue: path inside `docs/catalogue/` → text. */
export async function cataloguePages(): Promise<ReadonlyMap<string, string>> {
  const sources = await readSources();
  const { catalogue: data, problems } = compileCatalogue(sources);
  if (data === undefined) throw new CatalogueError(problems);
  const catalogue = loadCatalogue(data);
  const examples = new Map(sources.rules.map(({ data: rule }) => [rule.id, completeRule(rule).examples]));
  return new Map([
    ...indexPages(catalogue),
    ...[...catalogue.rules.values()].map((rule) => [`rules/${rule.id}.md`, rulePage(rule, catalogue, examples.get(rule.id))] as const),
    ...[...catalogue.controls.values()].map((control) => [`controls/${control.id}.md`, controlPage(control, catalogue)] as const),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pages = await cataloguePages();
  await rm(DOCS, { recursive: true, force: true });
  for (const folder of ['rules/', 'controls/', 'taxonomies/']) await mkdir(new URL(folder, DOCS), { recursive: true });
  for (const [path, text] of pages) await writeFile(new URL(path, DOCS), text);
  console.log(`${pages.size} pages in docs/catalogue`);
}
