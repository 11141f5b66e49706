import type { CancellationToken } from 'vscode-languageserver';
import type { AddControlParams, AddControlResult, PostureBoard, PostureParams, ReportParams, ReportResult } from '../protocol/posture.ts';
import { subjectName } from '../report/index.ts';
import { rangeOf, toEdit } from './convert.ts';
import { inTurns, pause } from './pause.ts';
import { boardOf } from './postureBoard.ts';
import { ReportedModels } from './reportFiles.ts';
import type { Runtime } from './runtime.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';

/** The board of the posture of an open model. */
export async function postureAnswer(
  { documents }: Session,
  { uri }: PostureParams,
  token: CancellationToken,
): Promise<PostureBoard | null> {
  const document = documents.get(uri);
  if (!document) return null;
  const { snapshot, text } = document;
  const board = boardOf(uri, snapshot, (span) => rangeOf(text, span));
  return (await inTurns(board, token)) ?? null;
}

/** The edits that add a control where it serves best. */
export async function addControlAnswer({ documents }: Session, { uri, control }: AddControlParams): Promise<AddControlResult> {
  const { addAtBestPlace } = await import('./late/changing.ts');
  const document = documents.get(uri);
  const place = document && addAtBestPlace(document.snapshot, control);
  if (!place) return { refused: 'No open finding asks for this control at a place where it can be added.' };
  return {
    version: document.version,
    edits: place.edits.map((edit) => toEdit(document.text, edit)),
    at: subjectName(document.snapshot.model, place.at),
  };
}

/** A report of some models, or of all; null when nobody waits for it any more. */
export async function reportAnswer(
  { knowledge }: Session,
  models: WorkspaceModels,
  runtime: Runtime,
  { uris, format }: ReportParams,
  token: CancellationToken,
): Promise<ReportResult> {
  const reported = new ReportedModels();
  for (const uri of uris.length > 0 ? uris : await models.uris()) {
    const model = await models.load(uri);
    if (model) await inTurns(reported.add(uri, model.snapshot), token);
    await pause();
    if (token.isCancellationRequested) return null;
  }
  return await reported.write(format, knowledge().today(), runtime);
}
