import { readFileSync } from 'node:fs';
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
import { onlyConcerned } from './changed.ts';
import { checkAll } from './checkAll.ts';
import type { CheckOptions } from './checker.ts';
import { decode, listInputs, reason, shown } from './models.ts';
import { Packs } from './packs.ts';
import type { Installation, Output } from './surroundings.ts';

/** SARIF offers so many fixes in all, so that many models take no longer. */
const MOST_FIXES = 100;
const MOST_FIXES_OF_FILE = 20;

/** `threatwright check`: the exit code says whether a gate should open. */
export async function check(call: CheckCall, installation: Installation, output: Output): Promise<number> {
  const baseline = call.baseline === undefined ? undefined : baselineOf(call.baseline);
  const evidence = assessmentOf(call.assessment);
  const packs = new Packs(installation);
  const all = listInputs(call.paths);
  const listed = call.changedSince === undefined ? all : await onlyConcerned(all, call.changedSince, packs, call.today, output);
  const checked = await checkAll(listed, optionsOf(call, listed.length, evidence.assessment), packs, installation, output);

  const files: FileReport[] = [];
  const unread: FileReport[] = [];
  for (const report of checked) {
    if (report.isMended) output.error(`threatwright: ${report.path} is mended.\n`);
    if (report.unread === undefined) files.push(baseline ? comparedWith(baseline, report) : report);
    else {
      output.error(`threatwright: ${report.unread}\n`);
      unread.push(report);
    }
  }
  files.push(...packs.reports(), ...evidence.reports);
  output.write(written(call, files, unread, installation, output));
  if (unread.length > 0 || files.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))) return 2;
  return reaches(files, call.failOn) ? 1 : 0;
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
      return jsonReport(all);
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
