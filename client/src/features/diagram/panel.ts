import { type Position, type Uri, type WebviewPanel, workspace } from 'vscode';
import type { FromWebview, ToWebview } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { showRule } from '../rulePages.ts';
import { diagramHtml, layoutWorkerUri } from './html.ts';
import { parseFromWebview } from './messages.ts';
import { showSource } from './source.ts';

/**
 * One diagram. The page is thrown away when it is hidden and starts again with `ready` when it is shown, so nothing is
 * sent before that. One request at a time: what changes meanwhile is asked for once, afterwards.
 */
export class DiagramPanel {
  readonly #panel: WebviewPanel;
  readonly #model: Uri;
  readonly #server: LanguageServer;
  readonly #workerUri: string;
  #ready = false;
  #requesting = false;
  #dirty = false;
  /** `picture` of the graph that the page has. */
  #have: string | undefined;
  /** The finding to choose once the page has the diagram. */
  #wanted: string | undefined;

  constructor(panel: WebviewPanel, model: Uri, extension: Uri, server: LanguageServer) {
    this.#panel = panel;
    this.#model = model;
    this.#server = server;
    this.#workerUri = layoutWorkerUri(panel.webview, extension);
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#ready = false;
    });
    panel.webview.html = diagramHtml(panel.webview, extension);
  }

  show(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Brings the page up to date with the text. */
  refresh(): void {
    this.#dirty = true;
    void this.#update();
  }

  /** Chooses a finding, now or as soon as the page has the diagram. */
  showFinding(key: string): void {
    this.#wanted = key;
    this.refresh();
  }

  /** Selects what is written at this position. */
  async selectAt(position: Position): Promise<void> {
    if (!this.#ready) return;
    try {
      const { line, character } = position;
      const found = await this.#server.at({ uri: this.#model.toString(), position: { line, character } });
      this.#post({ v: 1, type: 'select', id: found?.id });
    } catch (error) {
      this.#server.log.warn(`Selection for the diagram: ${String(error)}`);
    }
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #receive(value: unknown): void {
    const message = parseFromWebview(value);
    if (message === undefined) this.#server.log.warn('The diagram sent a message that is not understood; it is ignored.');
    else void this.#act(message);
  }

  async #act(message: FromWebview): Promise<void> {
    try {
      switch (message.type) {
        case 'ready':
          this.#ready = true;
          this.#have = message.have;
          this.#post({ v: 1, type: 'layoutWorker', uri: this.#workerUri });
          this.refresh();
          break;
        case 'reveal':
          await showSource(this.#server, this.#model, message.id, this.#panel.viewColumn);
          break;
        case 'rule':
          await showRule(message.id);
          break;
        case 'log':
          this.#server.log[message.level](`Diagram: ${message.message}`);
          break;
      }
    } catch (error) {
      this.#server.log.error(`Diagram, ${message.type}: ${String(error)}`);
    }
  }

  async #update(): Promise<void> {
    if (this.#requesting) return;
    this.#requesting = true;
    try {
      while (this.#dirty && this.#ready) {
        this.#dirty = false;
        await this.#sendDiagram();
      }
    } finally {
      this.#requesting = false;
    }
  }

  async #sendDiagram(): Promise<void> {
    try {
      // The text may be open in no editor, after a reload for instance; the server answers for open documents.
      await workspace.openTextDocument(this.#model);
      const diagram = await this.#server.diagram({ uri: this.#model.toString(), have: this.#have });
      if (diagram === null) return this.#post({ v: 1, type: 'error', message: 'This file is not a threat model that can be drawn.' });
      this.#post({ v: 1, type: 'diagram', diagram });
      this.#have = diagram.picture;
      if (this.#wanted !== undefined) this.#post({ v: 1, type: 'showFinding', key: this.#wanted });
      this.#wanted = undefined;
    } catch (error) {
      this.#server.log.error(`Diagram of ${this.#model.toString()}: ${String(error)}`);
      this.#post({ v: 1, type: 'error', message: 'There is no diagram of this file; the log says why (Threatwright: Show Log).' });
    }
  }

  #post(message: ToWebview): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
