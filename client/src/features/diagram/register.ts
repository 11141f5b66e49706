import { commands, type Disposable, l10n, Uri, window } from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { DIAGRAM_COMMANDS } from './commands.ts';
import { DiagramPanels, viewType } from './panels.ts';

/** The diagram beside the text: its command, its return after a reload, and what keeps it in step with the text. */
export function registerDiagram(extension: Uri, server: LanguageServer): Disposable[] {
  const panels = new DiagramPanels(extension, server);
  return [
    panels,
    commands.registerCommand('threatwright.openDiagram', (uri?: Uri | string) => {
      const model = typeof uri === 'string' ? Uri.parse(uri) : (uri ?? window.activeTextEditor?.document.uri);
      if (model !== undefined) panels.open(model);
      else void window.showInformationMessage(l10n.t('Open a threat model first: the diagram shows the model in the active editor.'));
    }),
    commands.registerCommand('threatwright.showInDiagram', (model: unknown, what: unknown) => {
      if (typeof model !== 'string') return;
      if (typeof what === 'string') panels.showFinding(Uri.parse(model), what);
      else if (isThing(what)) panels.showThing(Uri.parse(model), what.id);
    }),
    ...Object.entries(DIAGRAM_COMMANDS).map(([id, action]) => commands.registerCommand(id, () => panels.active?.act(action))),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => panels.restore(panel, state),
    }),
    server.onDiagramChanged(({ uri }) => panels.of(uri)?.refresh()),
    server.onRestarted(() => panels.refreshAll()),
    panels.followSelection(),
  ];
}

/** A boundary, element or flow, as a line above it names it. */
function isThing(what: unknown): what is { readonly id: string } {
  return typeof what === 'object' && what !== null && 'id' in what && typeof what.id === 'string';
}
