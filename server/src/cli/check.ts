import { assessmentProblems, type Assessment } from '../posture/index.ts';
import { jsonReport, reaches, sarifReport, textReport, type FileReport } from '../report/index.ts';
import type { Problem } from '../syntax/index.ts';
import { assessmentOf } from './assessment.ts';
import type { CheckCall } from './calls/check.ts';
import type { Installation, Output } from './surroundings.ts';
import { readInputs, type ModelText } from './models.ts';
import { Packs } from './packs.ts';
import { Snapshots } from './snapshots.ts';

/** `threatwright check`: the exit code says whether a gate should open. */
export async function check(call: CheckCall, installation: Installation, output: Output): Promise<number> {
  const packs = new Packs(installation);
  const snapshots = new Snapshots(packs, call.today, (_, error) => output.bug(error));
  const evidence = assessmentOf(call.assessment);
  const files: FileReport[] = [];
  const unread: FileReport[] = [];
  for (const input of await readInputs(call.paths)) {
    if ('text' in input) {
      files.push(reportOf(input, snapshots, output, evidence.assessment));
      continue;
    }
    output.error(`threatwright: ${input.error}\n`);
    unread.push({ path: input.path, text: '', problems: [wholeFile('unreadable-file', input.error)], findings: [] });
  }
  files.push(...packs.reports(), ...evidence.reports);
  const catalogue = installation.catalogue();
  // People read the errors above; programs find them in the report.
  if (call.format === 'json') output.write(jsonReport([...files, ...unread]));
  else if (call.format === 'sarif') output.write(sarifReport([...files, ...unread], catalogue, installation.version));
  else if (files.length > 0) output.write(textReport(files, catalogue, { color: output.color }));

  if (unread.length > 0 || files.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))) return 2;
  return reaches(files, call.failOn) ? 1 : 0;
}

/** A bug costs a part of one file and never the gate: it is a problem of the file like any other error. */
function reportOf(input: ModelText, snapshots: Snapshots, output: Output, assessment: Assessment | undefined): FileReport {
  const bugs: Problem[] = [];
  const { catalogue, problems, findings, model, analysis } = snapshots.of(input, (part, error) => {
    output.bug(error);
    bugs.push(wholeFile('internal-error', `An error of the program itself: the ${part} of this file is incomplete.`));
  });
  const evidence = assessment ? assessmentProblems(assessment, model, analysis, catalogue) : [];
  return {
    path: input.path,
    text: input.text,
    catalogue,
    findings,
    problems: [...problems, ...bugs, ...evidence],
    acceptances: model.accepted,
  };
}

function wholeFile(code: string, message: string): Problem {
  return { code, severity: 'error', message, span: { start: 0, end: 0 } };
}
