import { controlPage, rulePage } from '../catalogue/pages.ts';
import { completeRule } from '../catalogue/sources.ts';
import { pageText } from '../report/index.ts';
import { UsageError } from './arguments.ts';
import type { ExplainCall } from './calls/explain.ts';
import type { Installation, Output } from './surroundings.ts';
import { Packs } from './packs.ts';

/** `threatwright explain`: the page of a rule or a control, for a terminal. */
export function explain({ id }: ExplainCall, installation: Installation, output: Output): number {
  const pack = new Packs(installation).around('.');
  const catalogue = pack?.catalogue ?? installation.catalogue();
  const rule = catalogue.rules.get(catalogue.alias('rules', id));
  const control = catalogue.controls.get(catalogue.alias('controls', id));
  if (!rule && !control) throw new UsageError(`There is no rule and no control "${id}". threatwright rules lists the rules.`);
  const builtIn = installation.packBase().sources.rules.map(({ data }) => completeRule(data));
  const source = [...builtIn, ...(pack?.rules ?? []).map((own) => own.rule)].find((each) => each.id === rule?.id);
  const off = rule && catalogue.off.get(rule.id);
  if (off !== undefined) output.write(`${pageText(`> Switched off by your organisation: ${off}`, { color: output.color })}\n`);
  const pages = [...(rule ? [rulePage(rule, catalogue, source?.examples)] : []), ...(control ? [controlPage(control, catalogue)] : [])];
  output.write(pages.map((page) => pageText(page, { color: output.color })).join('\n'));
  return 0;
}
