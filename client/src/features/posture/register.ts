import { commands, type Disposable, l10n, Uri, window } from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { Boards, viewType } from './board.ts';
import { writeReport } from './report.ts';

/** The board of a model's posture, and reports as files. */
export function registerPosture(extension: Uri, server: LanguageServer): Disposable[] {
  const boards = new Boards(extension, server);
  const modelOf = (given: unknown): Uri | undefined => {
    const document = window.activeTextEditor?.document;
    return given instanceof Uri ? given : document?.languageId === 'threatmodel' ? document.uri : undefined;
  };
  return [
    boards,
    commands.registerCommand('threatwright.posture', (given?: unknown) => {
      const model = modelOf(given);
      if (model) boards.open(model);
      else void window.showInformationMessage(l10n.t('Open a threat model first: the board shows the model in the active editor.'));
    }),
    commands.registerCommand('threatwright.report', (given?: unknown) => writeReport(server, modelOf(given))),
    commands.registerCommand('threatwright.reportAll', () => writeReport(server, undefined)),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => boards.restore(panel, state),
    }),
    server.onDiagramChanged(({ uri }) => boards.changed(uri)),
    server.onRestarted(() => boards.refreshAll()),
  ];
}
