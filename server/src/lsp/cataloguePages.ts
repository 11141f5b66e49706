import type { Catalogue } from '../catalogue/catalogue.ts';
import { indexPages } from '../catalogue/indexPages.ts';
import { controlPage, rulePage } from '../catalogue/pages.ts';
import type { PageParams } from '../protocol/messages.ts';

/** The page of a rule or a control, or an overview, of the first catalogue that has it. */
export function pageOf({ kind, id }: PageParams, catalogues: readonly Catalogue[]): string | undefined {
  for (const catalogue of catalogues) {
    const rule = kind === 'rule' ? catalogue.rules.get(catalogue.alias('rules', id)) : undefined;
    if (rule) return rulePage(rule, catalogue);
    const control = kind === 'control' ? catalogue.controls.get(catalogue.alias('controls', id)) : undefined;
    if (control) return controlPage(control, catalogue);
    const index = kind === 'index' ? indexPages(catalogue).get(`${id}.md`) : undefined;
    if (index !== undefined) return index;
  }
  return undefined;
}
