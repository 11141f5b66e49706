import type { ElkLike } from '../diagram/index.ts';
import { addAtBestPlace } from '../language/bestPlace.ts';
import {
  ADD_CONTROL_REQUEST,
  POSTURE_REQUEST,
  REPORT_REQUEST,
  type AddControlParams,
  type AddControlResult,
  type PostureBoard,
  type PostureParams,
  type ReportParams,
  type ReportResult,
} from '../protocol/posture.ts';
import { controlsCsv, findingsCsv, htmlReport, markdownReport, reviewDocument, subjectName, type ModelReport } from '../report/index.ts';
import { modelReportOf, withPictures } from '../reported.ts';
import { rangeOf } from './convert.ts';
import { pause } from './pause.ts';
import { boardOf } from './postureBoard.ts';
import type { Runtime } from './runtime.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';
import { nameOf } from './workspace/uris.ts';

/** Answers what the board of the posture asks, and writes reports. */
export function answerReports({ connection, documents, log, knowledge }: Session, models: WorkspaceModels, runtime: Runtime): void {
  connection.onRequest(
    POSTURE_REQUEST,
    safely(log, 'posture', null as PostureBoard | null, ({ uri }: PostureParams) => {
      const document = documents.get(uri);
      return document ? boardOf(uri, document.snapshot, (span) => rangeOf(document.text, span)) : null;
    }),
  );
  connection.onRequest(
    ADD_CONTROL_REQUEST,
    safely(log, 'control', { refused: 'The log says why.' } as AddControlResult, ({ uri, control }: AddControlParams) => {
      const document = documents.get(uri);
      const place = document && addAtBestPlace(document.snapshot, control);
      if (!place) return { refused: 'No open finding asks for this control at a place where it can be added.' };
      return {
        version: document.version,
        edits: place.edits.map(({ span, text }) => ({ range: rangeOf(document.text, span), newText: text })),
        at: subjectName(document.snapshot.model, place.at),
      };
    }),
  );
  connection.onRequest(
    REPORT_REQUEST,
    safely(log, 'report', null as ReportResult, async ({ uris, format }: ReportParams) => {
      const reports: ModelReport[] = [];
      for (const uri of uris.length > 0 ? uris : await models.uris()) {
        const model = await models.load(uri);
        if (model) reports.push(modelReportOf(nameOf(uri), model.snapshot));
        await pause();
      }
      const today = knowledge().today();
      const elk: ElkLike | undefined = format === 'html' || format === 'pdf' ? await runtime.layout?.() : undefined;
      const drawn = elk ? await withPictures(reports, elk) : reports;
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
    }),
  );
}

function ofText(text: string): ReportResult {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return { base64: btoa(binary), missing: [] };
}
