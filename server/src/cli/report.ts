import type { Pins } from '../diagram/index.ts';
import { controlsCsv, findingsCsv, htmlReport, markdownReport, reviewDocument, type ModelReport } from '../report/index.ts';
import { withPictures } from '../reported.ts';
import type { ReportCall, ReportFormat } from './calls/report.ts';
import { reportModels } from './modelReports.ts';
import { shown } from './models.ts';
import { writeOutput } from './outputs.ts';
import { pinsBeside } from './pinsBeside.ts';
import type { Installation, Output } from './surroundings.ts';

/** `threatwright report`: findings are no failure here, but a file that is missing, broken or cannot be written is. */
export async function report(call: ReportCall, installation: Installation, output: Output): Promise<number> {
  const { reports, isWrong } = await reportModels(call, installation, output);
  const isDrawn = call.outputs.some(({ format }) => format === 'html' || format === 'pdf');
  const pinsOf = ({ path }: ModelReport): Pins => {
    const beside = pinsBeside(path);
    if ('pins' in beside) return beside.pins;
    output.error(`threatwright: ${beside.error}\n`);
    return new Map();
  };
  const complete = isDrawn ? await withPictures(reports, (await import('../diagram/elk.ts')).createElk(), pinsOf) : reports;
  let hasFailed = false;
  for (const { file, format } of call.outputs) {
    const failed = writeOutput(file, await contentOf(format, complete, call.today, installation, output));
    if (failed === undefined) output.write(`${shown(file)}\n`);
    else output.error(`threatwright: ${failed}\n`);
    hasFailed ||= failed !== undefined;
  }
  return isWrong || hasFailed ? 2 : 0;
}

async function contentOf(
  format: ReportFormat,
  reports: readonly ModelReport[],
  today: string,
  installation: Installation,
  output: Output,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'html':
      return htmlReport(reviewDocument(reports, today));
    case 'md':
      return markdownReport(reviewDocument(reports, today));
    case 'pdf': {
      const { pdfReport } = await import('../pdf.ts');
      const { pdf, missing } = await pdfReport(reviewDocument(reports, today), { fonts: installation.images().fonts, today });
      if (missing.length > 0) output.error(`threatwright: ${missingText(missing)}\n`);
      return pdf;
    }
    case 'csv':
      return findingsCsv(reports);
    case 'controls.csv':
      return controlsCsv(reports);
  }
}

function missingText(missing: readonly string[]): string {
  const some = `${missing.slice(0, 20).join(' ')}${missing.length > 20 ? ' …' : ''}`;
  return `the shipped font has no ${some}: the PDF shows a sign in their place. The other formats have them.`;
}
