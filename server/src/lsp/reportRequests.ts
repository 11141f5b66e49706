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
import type { Runtime } from './runtime.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';

/** Answers what the board of the posture asks, and writes reports. */
export function answerReports(session: Session, models: WorkspaceModels, runtime: Runtime): void {
  const { connection, log } = session;
  connection.onRequest(
    POSTURE_REQUEST,
    safely(log, 'posture', null as PostureBoard | null, async (params: PostureParams, token) => {
      const { postureAnswer } = await import('./late/showing.ts');
      return postureAnswer(session, params, token);
    }),
  );
  connection.onRequest(
    ADD_CONTROL_REQUEST,
    safely(log, 'control', { refused: 'The log says why.' } as AddControlResult, async (params: AddControlParams) => {
      const { addControlAnswer } = await import('./late/showing.ts');
      return addControlAnswer(session, params);
    }),
  );
  connection.onRequest(
    REPORT_REQUEST,
    safely(log, 'report', null as ReportResult, async (params: ReportParams, token) => {
      const { reportAnswer } = await import('./late/showing.ts');
      return reportAnswer(session, models, runtime, params, token);
    }),
  );
}
