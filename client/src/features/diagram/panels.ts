import {
  type Disposable,
  l10n,
  type TextEditorSelectionChangeEvent,
  TextEditorSelectionChangeKind,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import { documentSchemes } from '../documentSchemes.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { modelName } from '../modelFile.ts';
import { webviewRoot } from './html.ts';
import { parseState } from './messages.ts';
import { DiagramPanel } from './panel.ts';

export const viewType = 'threatwright.diagram';
const selectionDelayMs = 100;

/** The open diagrams: one for a model. */
export class DiagramPanels implements Disposable {
  readonly #extension: Uri;
  readonly #server: LanguageServer;
  readonly #panels = new Map<string, DiagramPanel>();

  constructor(extension: Uri, server: LanguageServer) {
    this.#extension = extension;
    this.#server = server;
  }

  of(uri: string): DiagramPanel | undefined {
    return this.#panels.get(uri);
  }

  /** The one that has the focus. */
  get active(): DiagramPanel | undefined {
    return [...this.#panels.values()].find((panel) => panel.active);
  }

  /** Shows the diagram of a model beside its text; the focus stays in the text. */
  open(model: Uri): void {
    const open = this.of(model.toString());
    if (open !== undefined) return open.show();
    const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#adopt(window.createWebviewPanel(viewType, l10n.t('Diagram {0}', modelName(model.path)), where), model);
  }

  /** Shows the diagram of a model with a finding chosen in it. */
  showFinding(model: Uri, key: string): void {
    this.open(model);
    this.of(model.toString())?.showFinding(key);
  }

  /** Shows the diagram of a model with a boundary, element or flow selected in it. */
  showThing(model: Uri, id: string): void {
    this.open(model);
    this.of(model.toString())?.showThing(id);
  }

  /** Takes over a panel that VS Code has kept over a reload; closes it when it does not say which model it showed. */
  restore(panel: WebviewPanel, state: unknown): void {
    const uri = parseState(state, documentSchemes());
    if (uri === undefined || this.#panels.has(uri)) panel.dispose();
    else this.#adopt(panel, Uri.parse(uri));
  }

  refreshAll(): void {
    for (const panel of this.#panels.values()) panel.refresh();
  }

  /** Selects in the diagram what the cursor is on in the text. */
  followSelection(): Disposable {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener = window.onDidChangeTextEditorSelection((event) => {
      const panel = this.of(event.textEditor.document.uri.toString());
      if (panel === undefined || !byHand(event)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void panel.selectAt(event.textEditor.selection.active), selectionDelayMs);
    });
    return {
      dispose() {
        clearTimeout(timer);
        listener.dispose();
      },
    };
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #adopt(panel: WebviewPanel, model: Uri): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extension)] };
    panel.iconPath = Uri.joinPath(this.#extension, 'client/media/file.svg');
    const key = model.toString();
    this.#panels.set(key, new DiagramPanel(panel, model, this.#extension, this.#server));
    panel.onDidDispose(() => this.#panels.delete(key));
  }
}

/** Not the selections that we make ourselves when something is clicked in the diagram. */
function byHand({ kind }: TextEditorSelectionChangeEvent): boolean {
  return kind === TextEditorSelectionChangeKind.Keyboard || kind === TextEditorSelectionChangeKind.Mouse;
}
