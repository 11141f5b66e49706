import type { Catalogue } from '../catalogue/catalogue.ts';
import { takeSnapshot } from '../language/snapshot.ts';
import { jsonReport, reaches, sarifReport, textReport, type FileReport } from '../report/index.ts';
import type { CheckCall } from './args.ts';
import type { Output } from './main.ts';
import { readInputs } from './models.ts';

/** `threatwright check`: the exit code says whether a gate should open. */
export function check(call: CheckCall, catalogue: Catalogue, version: string, output: Output): number {
  let wrong = false;
  const files: FileReport[] = [];
  for (const input of readInputs(call.paths)) {
    if ('error' in input) {
      wrong = true;
      output.error(`threatwright: ${input.error}\n`);
      continue;
    }
    const { problems, findings } = takeSnapshot(input.text, catalogue, call.today);
    wrong ||= problems.some((problem) => problem.severity === 'error');
    files.push({ path: input.path, text: input.text, problems, findings });
  }
  output.write(render(files, call, catalogue, version, output.color));
  if (wrong) return 2;
  return call.failOn !== 'none' && reaches(files, call.failOn) ? 1 : 0;
}

function render(files: readonly FileReport[], call: CheckCall, catalogue: Catalogue, version: string, color: boolean): string {
  switch (call.format) {
    case 'json':
      return jsonReport(files);
    case 'sarif':
      return sarifReport(files, catalogue, version);
    case 'text':
      return textReport(files, catalogue, { color });
  }
}
