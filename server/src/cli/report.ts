import { buildGraph, buildMarks, layoutGraph, paletteOf, renderScene, svgText } from '../diagram/index.ts';
import { controlsCsv, findingsCsv, htmlReport, markdownReport, reviewDocument, type ModelReport } from '../report/index.ts';
import type { ReportCall, ReportFormat } from './calls/report.ts';
import { reportModels } from './modelReports.ts';
import { shown } from './models.ts';
import { writeOutput } from './outputs.ts';
import type { Installation, Output } from './surroundings.ts';

/** `threatwright report`: findings are no failure here, but a file that is missing, broken or cannot be written is. */
export async function report(call: ReportCall, installation: Installation, output: Output): Promise<number> {
  const { reports, isWrong } = await reportModels(call, installation, output);
  const isDrawn = call.outputs.some(({ format }) => format === 'html');
  const complete = isDrawn ? await withPictures(reports) : reports;
  let hasFailed = false;
  for (const { file, format } of call.outputs) {
    const failed = writeOutput(file, contentOf(format, complete, call.today));
    if (failed === undefined) output.write(`${shown(file)}\n`);
    else output.error(`threatwright: ${failed}\n`);
    hasFailed ||= failed !== undefined;
  }
  return isWrong || hasFailed ? 2 : 0;
}

function contentOf(format: ReportFormat, reports: readonly ModelReport[], today: string): string {
  switch (format) {
    case 'html':
      return htmlReport(reviewDocument(reports, today));
    case 'md':
      return markdownReport(reviewDocument(reports, today));
    case 'csv':
      return findingsCsv(reports);
    case 'controls.csv':
      return controlsCsv(reports);
  }
}

async function withPictures(reports: readonly ModelReport[]): Promise<readonly ModelReport[]> {
  const elk = (await import('../diagram/elk.ts')).createElk();
  const drawn: ModelReport[] = [];
  for (const it of reports) {
    const { model, catalogue, findings } = it;
    const scene = await layoutGraph(buildGraph(model, catalogue), elk);
    const picture = renderScene(scene, buildMarks(model, findings, catalogue), { palette: paletteOf('light'), frame: true });
    drawn.push({ ...it, svg: svgText(picture) });
  }
  return drawn;
}
