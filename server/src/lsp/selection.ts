import { ShowDocumentRequest, type ClientCapabilities, type Command, type ExecuteCommandParams, type Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { firstHole, type Draft } from '../language/actions/action.ts';
import { applyEdits } from '../syntax/index.ts';
import { rangeOf } from './convert.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';

/** The command after an edit for clients that cannot be told in the edit itself what is to be filled in. */
export const SELECT_COMMAND = 'threatwright.server.select';

/** Whether a client needs the command, and can do what it asks. */
export function needsSelect({ window, workspace }: ClientCapabilities): boolean {
  return window?.showDocument?.support === true && workspace?.workspaceEdit?.snippetEditSupport !== true;
}

/** The first place to fill in, in the text as the edits leave it. */
export function holeAfter(text: TextDocument, edits: readonly Draft[]): Range | undefined {
  const hole = firstHole(edits);
  return hole && rangeOf(TextDocument.create(text.uri, text.languageId, text.version, applyEdits(text.getText(), edits)), hole);
}

export function selectAfter(text: TextDocument, edits: readonly Draft[], client: ClientCapabilities): Command | undefined {
  const range = needsSelect(client) ? holeAfter(text, edits) : undefined;
  return range && { title: 'Fill in', command: SELECT_COMMAND, arguments: [text.uri, range] };
}

/** Has the client put its cursor where it says, when it has done the edit before. */
export function answerSelect({ connection, log }: Session): void {
  connection.onExecuteCommand(
    safely(log, 'a selection', null, async ({ command, arguments: [uri, selection] = [] }: ExecuteCommandParams) => {
      if (command === SELECT_COMMAND && typeof uri === 'string' && isRange(selection))
        await connection.sendRequest(ShowDocumentRequest.type, { uri, selection, takeFocus: true });
      return null;
    }),
  );
}

function isRange(value: unknown): value is Range {
  const { start, end } = (value ?? {}) as Partial<Range>;
  return [start?.line, start?.character, end?.line, end?.character].every((number) => Number.isInteger(number));
}
