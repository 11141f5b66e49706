import { pinsFileOf, readPins, type Pins } from '../diagram/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import { base64Of } from '../protocol/base64.ts';
import type { ReportFormat, ReportResult } from '../protocol/posture.ts';
import { controlsCsv, findingsCsv, htmlReport, markdownReport, reviewDocument, type ModelReport } from '../report/index.ts';
import type { Work } from '../posture/index.ts';
import { modelReportWork, withPictures } from '../reported.ts';
import { pause } from './pause.ts';
import type { Runtime } from './runtime.ts';
import { nameOf } from './workspace/uris.ts';

/** The models of a report. */
export class ReportedModels {
  private readonly reports: ModelReport[] = [];
  private readonly uris = new Map<ModelReport, string>();

  *add(uri: string, snapshot: Snapshot): Work<void> {
    const report = yield* modelReportWork(nameOf(uri), snapshot);
    this.reports.push(report);
    this.uris.set(report, uri);
  }

  /** Null where this format cannot be made. */
  async write(format: ReportFormat, today: string, runtime: Runtime): Promise<ReportResult> {
    const drawn = format === 'html' || format === 'pdf' ? await this.drawn(runtime) : this.reports;
    await pause();
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

  private async drawn(runtime: Runtime): Promise<readonly ModelReport[]> {
    const elk = await runtime.layout?.();
    try {
      return elk ? await withPictures(this.reports, elk, (report) => this.pinsOf(report, runtime)) : this.reports;
    } finally {
      elk?.close();
    }
  }

  /** By the file beside the model; none when there is no such file. */
  private async pinsOf(report: ModelReport, { files }: Runtime): Promise<Pins> {
    const stored = await files.read(pinsFileOf(this.uris.get(report) ?? ''));
    return ('text' in stored ? readPins(stored.text) : undefined) ?? new Map();
  }
}

function ofText(text: string): ReportResult {
  return { base64: base64Of(new TextEncoder().encode(text)), missing: [] };
}
