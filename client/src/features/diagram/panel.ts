import { env, l10n, type Position, type Uri, version, type WebviewPanel, window, workspace } from 'vscode';
import { parsePins } from '../../../../server/src/diagram/pins.ts';
import type { FromWebview, ToWebview } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { showRule } from '../rulePages.ts';
import { exportFacts, saveExport } from './exports.ts';
import { diagramHtml, layoutWorkerUri } from './html.ts';
import { parseFromWebview } from './messages.ts';
import { PinFile } from './pinFile.ts';
import { applyDiagramEdit, applyFix, type Outcome } from './edits.ts';
import { renameThing } from './rename.ts';
import { selectInSource, showRange, showSource } from './source.ts';

/** A page that has not said a word after that has failed. */
const patienceMs = 15_000;

/**
 * One diagram. The page is thrown away when it is hidden and starts again with `ready` when it is shown, so nothing is
 * sent before that. One request at a time: what changes meanwhile is asked for once, afterwards.
 */
export class DiagramPanel {
  readonly #panel: WebviewPanel;
  readonly #model: Uri;
  readonly #server: LanguageServer;
  readonly #workerUri: string;
  readonly #extension: Uri;
  readonly #pins: PinFile;
  #ready = false;
  readonly #patience: NodeJS.Timeout;
  #requesting = false;
  #dirty = false;
  /** `picture` of the graph that the page has. */
  #have: string | undefined;
  /** `revision` of all that the page was sent last, since it is there. */
  #since: string | undefined;
  /** What to choose once the page has the diagram. */
  #wanted: ToWebview | undefined;

  constructor(panel: WebviewPanel, model: Uri, extension: Uri, server: LanguageServer) {
    this.#panel = panel;
    this.#model = model;
    this.#server = server;
    this.#extension = extension;
    this.#workerUri = layoutWorkerUri(panel.webview, extension);
    this.#pins = new PinFile(model, (pins) => this.#post({ v: 1, type: 'pins', pins: Object.fromEntries(pins) }));
    panel.onDidDispose(() => {
      this.#pins.dispose();
      clearTimeout(this.#patience);
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#ready = false;
    });
    panel.webview.html = diagramHtml(panel.webview, extension);
    this.#patience = setTimeout(() => void this.#complain(), patienceMs);
  }

  get active(): boolean {
    return this.#panel.active;
  }

  /** Has the page do something, as its own keys and menus do. */
  act(action: unknown): void {
    this.#post({ v: 1, type: 'action', action });
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
    this.#wanted = { v: 1, type: 'showFinding', key };
    this.refresh();
  }

  /** Selects a boundary, element or flow, now or as soon as the page has the diagram. */
  showThing(id: string): void {
    this.#wanted = { v: 1, type: 'select', id };
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
          clearTimeout(this.#patience);
          this.#have = message.have;
          this.#since = undefined;
          this.#post({ v: 1, type: 'layoutWorker', uri: this.#workerUri });
          this.refresh();
          await this.#pins.read();
          break;
        case 'reveal':
          await showSource(this.#server, this.#model, message.id, this.#panel.viewColumn);
          break;
        case 'select':
          await selectInSource(this.#server, this.#model, message.id);
          break;
        case 'rule':
          await showRule(message.id);
          break;
        case 'card': {
          const card = await this.#server.card({ uri: this.#model.toString(), id: message.id });
          this.#post({ v: 1, type: 'card', id: message.id, markdown: card.markdown ?? '' });
          break;
        }
        case 'fixes': {
          const { key } = message;
          const fixes = await this.#server.fixes({ uri: this.#model.toString(), fingerprint: key });
          this.#post({ v: 1, type: 'fixes', key, fixes: fixes.map(({ title, kind, preferred }) => ({ title, kind, preferred })) });
          break;
        }
        case 'fix':
          await this.#tell(await applyFix(this.#server, this.#model, message.key, message.title));
          break;
        case 'edit':
          await this.#tell(await applyDiagramEdit(this.#server, this.#model, message.version, message.edit));
          break;
        case 'rename':
          await this.#tell(await renameThing(this.#server, this.#model, message));
          break;
        case 'pins':
          await this.#pins.write(parsePins(message.pins) ?? new Map());
          break;
        case 'made':
          this.#post(await exportFacts(this.#server, this.#model, this.#extension, this.#panel.webview, message.wish));
          break;
        case 'save':
          await this.#tell({ said: await saveExport(this.#server, this.#model, message.format, message.content) });
          break;
        case 'copy':
          await env.clipboard.writeText(message.text);
          this.#post({ v: 1, type: 'said', text: l10n.t('Copied to the clipboard.') });
          break;
        case 'log':
          this.#server.log[message.level](`Diagram: ${message.message}`);
          break;
      }
    } catch (error) {
      this.#server.log.error(`Diagram, ${message.type}: ${String(error)}`);
      this.#post({ v: 1, type: 'said', text: l10n.t('That did not work; the log says why (Threatwright: Show Log).') });
    }
  }

  /** A page that does not come up cannot say so itself. */
  async #complain(): Promise<void> {
    // A hidden page is not loaded.
    if (this.#ready || !this.#panel.visible) return;
    this.#server.log.error('The page of the diagram did not start.');
    const again = l10n.t('Try Again');
    const copy = l10n.t('Copy Diagnostics');
    const choice = await window.showWarningMessage(l10n.t('The diagram did not load.'), again, copy);
    if (choice === copy) {
      const facts = [
        `model: ${this.#model.scheme}`,
        `VS Code ${version}`,
        `remote: ${env.remoteName ?? 'none'}`,
        `user interface: ${env.uiKind}`,
      ];
      await env.clipboard.writeText(['Threatwright diagram: the page did not start', ...facts].join('\n'));
    }
    if (choice === again) this.#panel.webview.html = diagramHtml(this.#panel.webview, this.#extension);
  }

  async #tell({ fillIn, said, selects }: Outcome): Promise<void> {
    if (said !== undefined) this.#post({ v: 1, type: 'said', text: said });
    if (selects !== undefined) this.#post({ v: 1, type: 'select', id: selects });
    if (fillIn) await showRange(this.#model, fillIn, this.#panel.viewColumn);
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
      const diagram = await this.#server.diagram({ uri: this.#model.toString(), have: this.#have, since: this.#since });
      if (diagram === null)
        return this.#post({ v: 1, type: 'error', message: l10n.t('This file is not a threat model that can be drawn.') });
      this.#post({ v: 1, type: 'diagram', diagram });
      this.#have = diagram.picture;
      this.#since = diagram.revision;
      if (this.#wanted !== undefined) this.#post(this.#wanted);
      this.#wanted = undefined;
    } catch (error) {
      this.#server.log.error(`Diagram of ${this.#model.toString()}: ${String(error)}`);
      this.#post({ v: 1, type: 'error', message: l10n.t('There is no diagram of this file; the log says why (Threatwright: Show Log).') });
    }
  }

  #post(message: ToWebview): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
