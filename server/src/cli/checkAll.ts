import { Checker, unreadReport, type Checked, type CheckOptions } from './checker.ts';
import type { Listed, ModelFile } from './models.ts';
import type { Packs } from './packs.ts';
import { checkInPool, isWorthPool } from './pool.ts';
import { Progress } from './progress.ts';
import type { Installation, Output } from './surroundings.ts';

/**
 * Checks models, many of them in several threads; in the order of the list, whatever is done first. `known` are reports that
 * still hold, by path.
 */
export async function checkAll(
  listed: readonly Listed[],
  options: CheckOptions,
  packs: Packs,
  installation: Installation,
  output: Output,
  known: ReadonlyMap<string, Checked> = new Map(),
): Promise<Checked[]> {
  const models = listed.filter((it): it is ModelFile => !('error' in it) && !known.has(it.path));
  const progress = new Progress(models.length, output.progress);
  const checker = new Checker(packs, options, (error) => output.bug(error));
  const { program } = installation;
  const inPool = program !== undefined && !options.fix && isWorthPool(models.length) ? models.filter(({ path }) => path !== '-') : [];
  const on = { bug: (error: unknown) => output.bug(error), step: () => progress.step() };
  const answers = inPool.length > 0 ? await checkInPool(inPool, options, program ?? '', on) : [];
  const done = new Map<ModelFile, Checked>();
  for (const [at, file] of inPool.entries()) {
    const answer = answers[at];
    if (answer) done.set(file, { ...answer, ...(answer.unread === undefined && { catalogue: packs.catalogueOf(file) }) });
  }
  const reports: Checked[] = [];
  for (const it of listed) {
    if ('error' in it) {
      reports.push(unreadReport(it.path, it.error));
      continue;
    }
    const report = done.get(it) ?? known.get(it.path);
    reports.push(report ?? (await checker.check(it)));
    if (!report) progress.step();
  }
  progress.end();
  return reports;
}
