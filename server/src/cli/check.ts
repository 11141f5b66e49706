import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Assessment } from '../posture/index.ts';
import {
  comparedWith,
  githubReport,
  jsonReport,
  junitReport,
  reaches,
  readBaseline,
  sarifReport,
  textReport,
  type Baseline,
  type FileReport,
} from '../report/index.ts';
import { UsageError } from './arguments.ts';
import { assessmentOf } from './assessment.ts';
import type { CheckCall } from './calls/check.ts';
import { isConcerned, onlyConcerned } from './changed.ts';
import { checkAll } from './checkAll.ts';
import type { Checked, CheckOptions } from './checker.ts';
import { decode, listInputs, reason, shown } from './models.ts';
import { Packs } from './packs.ts';
import type { Installation, Output } from './surroundings.ts';
import { foldersBelow, watchModels } from './watch.ts';

/** SARIF offers so many fixes in all, so that many models take no longer. */
const MOST_FIXES = 100;
const MOST_FIXES_OF_FILE = 20;

/** `threatwright check`: the exit code says whether a gate should open. */
export async function check(call: CheckCall, installation: Installation, output: Output): Promise<number> {
  if (!call.watch) return (await checkOnce(call, installation, output, new Map())).code;
  let reports: readonly Checked[] = [];
  await watchModels(call.paths, async (changed) => {
    const packs = new Packs(installation);
    const isKept = ({ path: file, uses, unread }: Checked): boolean =>
      unread === undefined &&
      existsSync(file) &&
      !isConcerned(realpathSync.native(file), () => uses ?? new Set(), packs.around(path.dirname(file))?.folder, changed);
    const known = reports.filter(isKept).map((report) => [report.path, report] as const);
    ({ reports } = await checkOnce(call, installation, output, new Map(known)));
    output.error('threatwright: waiting for changes; Ctrl+C ends.\n');
    return new Set(reports.flatMap((report) => foldersAround(report, packs)));
  });
  return 0;
}

/** Where the files lie that a model uses, and the rules that hold for it. */
function foldersAround({ path: file, uses }: Checked, packs: Packs): readonly string[] {
  const pack = packs.around(path.dirname(file))?.folder;
  return [...[...(uses ?? [])].map((name) => path.dirname(name)), ...(pack === undefined ? [] : foldersBelow(pack))];
}

/** `known`: reports that still hold, by path. */
async function checkOnce(
  call: CheckCall,
  installation: Installation,
  output: Output,
  known: ReadonlyMap<string, Checked>,
): Promise<{ readonly code: number; readonly reports: readonly Checked[] }> {
  const baseline = call.baseline === undefined ? undefined : baselineOf(call.baseline);
  const evidence = assessmentOf(call.assessment);
  const packs = new Packs(installation);
  const all = listInputs(call.paths);
  const listed = call.changedSince === undefined ? all : await onlyConcerned(all, call.changedSince, packs, call.today, output);
  const reports = await checkAll(listed, optionsOf(call, listed.length, evidence.assessment), packs, installation, output, known);

  const files: FileReport[] = [];
  const unread: FileReport[] = [];
  for (const report of reports) {
    if (report.isMended) output.error(`threatwright: ${report.path} is mended.\n`);
    if (report.unread === undefined) files.push(baseline ? comparedWith(baseline, report) : report);
    else {
      output.error(`threatwright: ${report.unread}\n`);
      unread.push(report);
    }
  }
  files.push(...packs.reports(), ...evidence.reports);
  output.write(written(call, files, unread, installation, output));
  const isWrong = unread.length > 0 || files.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  return { code: isWrong ? 2 : reaches(files, call.failOn) ? 1 : 0, reports };
}

/** People read on standard error what could not be read; programs find it in the report. */
function written(
  call: CheckCall,
  files: readonly FileReport[],
  unread: readonly FileReport[],
  installation: Installation,
  { color }: Output,
): string {
  const catalogue = installation.catalogue();
  const all = [...files, ...unread];
  switch (call.format) {
    case 'json':
      return jsonReport(all, catalogue);
    case 'sarif':
      return sarifReport(all, catalogue, installation.version);
    case 'junit':
      return junitReport(all, catalogue, { failOn: call.failOn });
    case 'github':
      return githubReport(all, catalogue);
    case 'text':
      return files.length > 0 || unread.length === 0 ? textReport(files, catalogue, { color }) : '';
  }
}

function optionsOf(call: CheckCall, count: number, assessment: Assessment | undefined): CheckOptions {
  const fixes = call.format === 'sarif' ? Math.min(MOST_FIXES_OF_FILE, Math.floor(MOST_FIXES / Math.max(1, count))) : 0;
  return { today: call.today, assessment, fixes, fix: call.fix };
}

function baselineOf(file: string): Baseline {
  let text: string;
  try {
    text = decode(readFileSync(file));
  } catch (error) {
    throw new UsageError(`--baseline ${shown(file)} cannot be read: ${reason(error)}.`);
  }
  const baseline = readBaseline(text);
  if (!baseline) throw new UsageError(`--baseline ${shown(file)} is neither the JSON nor the SARIF of an earlier check.`);
  return baseline;
}
