import path from 'node:path';
import { extendCatalogue } from '../catalogue/pack/extend.ts';
import { runExample } from '../language/ruleExamples.ts';
import { findPackFolder, PACK_FOLDER } from '../packFolder.ts';
import { plain, textReport } from '../report/index.ts';
import { UsageError } from './arguments.ts';
import type { TestRulesCall } from './calls/testRules.ts';
import type { Installation, Output } from './surroundings.ts';
import { shown } from './models.ts';
import { Packs } from './packs.ts';

/** `threatwright rules test`: the examples of an organisation's rules, and their variants, are their tests. */
export function testRules(call: TestRulesCall, installation: Installation, output: Output): number {
  const inside = path.basename(path.resolve(call.folder)) === PACK_FOLDER;
  const folder = inside ? path.resolve(call.folder) : findPackFolder(call.folder, call.folder);
  if (folder === undefined) throw new UsageError(`There is no ${PACK_FOLDER} in ${shown(call.folder)}.`);
  const { texts, reports, rules } = new Packs(installation).read(folder);
  if (reports.length > 0) output.write(`${textReport(reports, installation.catalogue(), { color: output.color })}\n`);

  // What the organisation has switched off is tested too.
  const rulesAlone = texts.filter(({ name }) => name !== 'config.yaml');
  const { catalogue } = extendCatalogue(installation.packBase(), rulesAlone);
  let passed = 0;
  let failed = 0;
  for (const { file, rule } of rules.filter(({ rule: { text } }) => text.status === 'final')) {
    for (const key of ['examples', 'variants'] as const) {
      for (const example of rule[key]) {
        const wrong = runExample(rule.id, example, catalogue, call.today);
        if (wrong === undefined) passed++;
        else failed++;
        if (wrong !== undefined)
          output.write(plain(`${shown(path.join(folder, file))}: ${example.kind} ${key.slice(0, -1)} "${example.title}": ${wrong}`) + '\n');
      }
    }
  }
  const drafts = rules.filter(({ rule: { text } }) => text.status === 'draft').length;
  const also = drafts > 0 ? `; ${drafts} draft${drafts === 1 ? '' : 's'} not run` : '';
  output.write(`${passed} passed, ${failed} failed${also}\n`);
  if (reports.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))) return 2;
  return failed > 0 ? 1 : 0;
}
