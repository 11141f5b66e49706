import type { ElkLike } from '../diagram/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import type { ReportFormat, ReportResult } from '../protocol/posture.ts';
import { controlsCsv, findingsCsv, htmlReport, markdownReport, reviewDocument, type ModelReport } from '../report/index.ts';
import { modelReportOf, withPictures } from '../reported.ts';
import type { Runtime } from './runtime.ts';

/** The models of a report, by the names that it has for them. */
export class ReportedModels {
  private readonly reports: ModelReport[] = [];

  add(name: string, snapshot: Snapshot): void {
    this.reports.push(modelReportOf(name, snapshot));
  }

  /** Null where this format cannot be made. */
  async write(format: ReportFormat, today: string, runtime: Runtime): Promise<ReportResult> {
    const elk: ElkLike | undefined = format === 'html' || format === 'pdf' ? await runtime.layout?.() : undefined;
    const drawn = elk ? await withPictures(this.reports, elk) : this.reports;
    switch (format) {
      case 'html':
        return ofText(htmlReport(reviewDocument(drawn, today)));
      case 'md':
        return ofText(markdownReport(reviewDocument(drawn, today)));
      case 'csv':
        return ofText(findingsCsv(drawn));
      case 'controls.csv':
        return ofText(controlsCsv(drawn));
      case 'pdf':
        return runtime.pdfReport ? await runtime.pdfReport(reviewDocument(drawn, today), today) : null;
      default:
        return null;
    }
  }
}

function ofText(text: string): ReportResult {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return { base64: btoa(binary), missing: [] };
}
