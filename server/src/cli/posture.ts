import { markdownReport, postureDocument, postureJson, terminalReport, workshopExport } from '../report/index.ts';
import type { PostureCall } from './calls/posture.ts';
import { reportModels } from './modelReports.ts';
import { writeOutput } from './outputs.ts';
import type { Installation, Output } from './surroundings.ts';

/** `threatwright posture`: findings are no failure here, but a file that is missing, broken or cannot be written is. */
export async function posture(call: PostureCall, installation: Installation, output: Output): Promise<number> {
  const { reports, isWrong } = await reportModels(call, installation, output);
  if (call.format === 'json') output.write(postureJson(reports, call.today));
  else {
    const document = postureDocument(reports, call.today, { detailed: call.format === 'markdown' });
    output.write(call.format === 'markdown' ? markdownReport(document) : terminalReport(document, { color: output.color }));
  }
  if (call.exportWorkshop === undefined) return isWrong ? 2 : 0;
  const failed = writeOutput(call.exportWorkshop, workshopExport(reports, call.today));
  // Standard output may be read by a program.
  output.error(
    `threatwright: ${failed ?? `${call.exportWorkshop} is written. The format of the workshop's board is not published: this is best effort, and every status is left for people.`}\n`,
  );
  return isWrong || failed !== undefined ? 2 : 0;
}
