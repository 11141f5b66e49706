import { statSync } from 'node:fs';
import { postureOf, progressBetween } from '../posture/index.ts';
import type { ModelReport } from '../report/index.ts';
import { modelReportOf } from '../reported.ts';
import { UsageError } from './arguments.ts';
import { assessmentOf } from './assessment.ts';
import { fileAtRevision } from './git.ts';
import { decode, readInputs, type ModelText } from './models.ts';
import { Packs } from './packs.ts';
import { Snapshots } from './snapshots.ts';
import type { Installation, Output } from './surroundings.ts';

export interface ReportedModels {
  readonly reports: readonly ModelReport[];
  /** Something could not be read, is broken, or is an error of the program: the exit code is 2. */
  readonly isWrong: boolean;
}

/** What calls for reviewers have in common. */
export interface ReportedCall {
  readonly paths: readonly string[];
  /** An earlier version of the model: a file, else a git revision. */
  readonly since?: string | undefined;
  /** The JSON report of a Zero Trust Assessment that models are compared with. */
  readonly assessment?: string | undefined;
  readonly today: string;
}

/** Reads models with all that reports for reviewers say of them, and tells on standard error what is wrong. */
export async function reportModels(
  { paths, since, assessment, today }: ReportedCall,
  installation: Installation,
  output: Output,
): Promise<ReportedModels> {
  const packs = new Packs(installation);
  let isWrong = false;
  const complain = (sentence: string): void => {
    isWrong = true;
    output.error(`threatwright: ${sentence}\n`);
  };
  const inputs = await readInputs(paths);
  for (const input of inputs) if ('error' in input) complain(input.error);
  const models = inputs.filter((input) => 'text' in input);
  if (since !== undefined && isFile(since) && models.length > 1)
    throw new UsageError(`--since ${since} is one file, but there are ${models.length} models: name a git revision, or one model.`);

  const onBug = (_: string, error: unknown): void => {
    isWrong = true;
    output.bug(error);
  };
  const evidence = assessmentOf(assessment);
  for (const { problems } of evidence.reports) {
    for (const { severity, message } of problems) {
      if (severity === 'error') complain(message);
      else output.error(`threatwright: ${assessment ?? ''}: ${message}\n`);
    }
  }
  const snapshots = new Snapshots(packs, today, onBug);
  const reports: ModelReport[] = [];
  for (const model of models) {
    const snapshot = snapshots.of(model, onBug);
    const errors = snapshot.problems.filter(({ severity }) => severity === 'error').length;
    if (errors > 0)
      complain(
        `${model.path} has ${errors === 1 ? 'an error' : `${errors} errors`} and is reported as far as it is understood: threatwright check says more.`,
      );
    const report = modelReportOf(model.path, snapshot, evidence.assessment);
    const before = since === undefined ? undefined : await earlier(model, since);
    if (before !== undefined && 'error' in before) complain(before.error);
    if (since === undefined || before === undefined || 'error' in before) reports.push(report);
    else {
      const then = snapshots.of({ ...model, text: before.text }, onBug);
      const between = progressBetween({ posture: postureOf(then), findings: then.findings }, report);
      reports.push({ ...report, progress: { since, between } });
    }
  }
  for (const { path } of packs.reports()) complain(`${path} has problems: threatwright check says more.`);
  return { reports, isWrong };
}

async function earlier(model: ModelText, since: string): Promise<{ readonly text: string } | { readonly error: string }> {
  if (isFile(since)) {
    const [input] = await readInputs([since]);
    return input ?? { error: `${since} cannot be read.` };
  }
  if (model.path === '-') return { error: 'A model from standard input has no earlier revision: name a file.' };
  const read = await fileAtRevision(model.path, since);
  return 'error' in read ? read : { text: decode(read.bytes) };
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
}
