import { type Disposable, l10n, Range, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { ToBoard } from '../../../../server/src/protocol/posture.ts';
import { applyToVersion } from '../diagram/edits.ts';
import { webviewRoot } from '../diagram/html.ts';
import { parseState } from '../diagram/messages.ts';
import { showRange } from '../diagram/source.ts';
import { documentSchemes } from '../documentSchemes.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { modelName } from '../modelFile.ts';
import { parseFromBoard } from './messages.ts';
import { boardPage } from './page.ts';

export const viewType = 'threatwright.posture';
/** The board looks ahead, which is more work than marks in the text: it waits until the author pauses. */
const calmMs = 400;

/** The boards that are open: one for a model. */
export class Boards implements Disposable {
  readonly #extension: Uri;
  readonly #server: LanguageServer;
  readonly #boards = new Map<string, Board>();

  constructor(extension: Uri, server: LanguageServer) {
    this.#extension = extension;
    this.#server = server;
  }

  open(model: Uri): void {
    const key = model.toString();
    const open = this.#boards.get(key);
    if (open) return open.show();
    const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#adopt(window.createWebviewPanel(viewType, l10n.t('Posture {0}', modelName(model.path)), where), model);
  }

  /** Takes over a panel that VS Code has kept over a reload; closes it when it does not say which model it showed. */
  restore(panel: WebviewPanel, state: unknown): void {
    const uri = parseState(state, documentSchemes());
    if (uri === undefined || this.#boards.has(uri)) panel.dispose();
    else this.#adopt(panel, Uri.parse(uri));
  }

  changed(uri: string): void {
    this.#boards.get(uri)?.changed();
  }

  refreshAll(): void {
    for (const board of this.#boards.values()) board.changed();
  }

  dispose(): void {
    for (const board of this.#boards.values()) board.dispose();
  }

  #adopt(panel: WebviewPanel, model: Uri): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extension)] };
    panel.iconPath = Uri.joinPath(this.#extension, 'client/media/file.svg');
    const key = model.toString();
    this.#boards.set(key, new Board(panel, model, this.#extension, this.#server));
    panel.onDidDispose(() => this.#boards.delete(key));
  }
}

/** One board. Its page starts again with `ready` whenever it is shown, so nothing is sent before that. */
class Board {
  readonly #panel: WebviewPanel;
  readonly #model: Uri;
  readonly #server: LanguageServer;
  #ready = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: WebviewPanel, model: Uri, extension: Uri, server: LanguageServer) {
    this.#panel = panel;
    this.#model = model;
    this.#server = server;
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#ready = false;
    });
    panel.onDidDispose(() => clearTimeout(this.#timer));
    const file = (name: string): string => panel.webview.asWebviewUri(Uri.joinPath(webviewRoot(extension), name)).toString();
    const parts = { cspSource: panel.webview.cspSource, nonce: crypto.randomUUID() };
    panel.webview.html = boardPage({ ...parts, script: file('posture.js'), style: file('posture.css') });
  }

  show(): void {
    this.#panel.reveal(undefined, true);
  }

  changed(): void {
    clearTimeout(this.#timer);
    if (this.#ready) this.#timer = setTimeout(() => void this.#send(), calmMs);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseFromBoard(value);
    try {
      switch (message?.type) {
        case 'ready':
          this.#ready = true;
          await this.#send();
          break;
        case 'reveal': {
          const { start, end } = message.range;
          await showRange(this.#model, new Range(start.line, start.character, end.line, end.character), this.#panel.viewColumn);
          break;
        }
        case 'add':
          await this.#add(message.control);
          break;
        case undefined:
          this.#server.log.warn('The board sent a message that is not understood; it is ignored.');
      }
    } catch (error) {
      this.#server.log.error(`Board, ${message?.type ?? ''}: ${String(error)}`);
      this.#post({ v: 1, type: 'said', text: l10n.t('That did not work; the log says why (Threatwright: Show Log).') });
    }
  }

  async #add(control: string): Promise<void> {
    const result = await this.#server.addControl({ uri: this.#model.toString(), control });
    if ('refused' in result) return this.#post({ v: 1, type: 'said', text: result.refused });
    const done = await applyToVersion(this.#model, result.version, result.edits);
    const text = done ? l10n.t('Added at {0}.', result.at) : l10n.t('The text has changed meanwhile: try again.');
    this.#post({ v: 1, type: 'said', text });
  }

  async #send(): Promise<void> {
    // The text may be open in no editor; the server answers for open documents.
    await workspace.openTextDocument(this.#model);
    const board = await this.#server.posture({ uri: this.#model.toString() });
    if (board) this.#post({ v: 1, type: 'board', board });
    else this.#post({ v: 1, type: 'said', text: l10n.t('This file is not a threat model.') });
  }

  #post(message: ToBoard): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
