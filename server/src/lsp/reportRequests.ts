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
import { rangeOf } from './convert.ts';
import { inTurns, pause } from './pause.ts';
import type { Runtime } from './runtime.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';

/** Answers what the board of the posture asks, and writes reports. */
export function answerReports({ connection, documents, log, knowledge }: Session, models: WorkspaceModels, runtime: Runtime): void {
  connection.onRequest(
    POSTURE_REQUEST,
    safely(log, 'posture', null as PostureBoard | null, async ({ uri }: PostureParams, token) => {
      const { boardOf } = await import('./late/showing.ts');
      const document = documents.get(uri);
      if (!document) return null;
      const { snapshot, text } = document;
      return (
        (await inTurns(
          boardOf(uri, snapshot, (span) => rangeOf(text, span)),
          token,
        )) ?? null
      );
    }),
  );
  connection.onRequest(
    ADD_CONTROL_REQUEST,
    safely(log, 'control', { refused: 'The log says why.' } as AddControlResult, async ({ uri, control }: AddControlParams) => {
      const { addAtBestPlace } = await import('./late/changing.ts');
      const { subjectName } = await import('./late/showing.ts');
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
    safely(log, 'report', null as ReportResult, async ({ uris, format }: ReportParams, token) => {
      const { ReportedModels } = await import('./late/showing.ts');
      const reported = new ReportedModels();
      for (const uri of uris.length > 0 ? uris : await models.uris()) {
        const model = await models.load(uri);
        if (model) await inTurns(reported.add(uri, model.snapshot), token);
        await pause();
        if (token.isCancellationRequested) return null;
      }
      return await reported.write(format, knowledge().today(), runtime);
    }),
  );
}
