import { commands, type Disposable, EventEmitter, type LogOutputChannel, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  FINDINGS_REQUEST,
  type FindingsParams,
  type FindingsResult,
  MODELS_CHANGED,
  type ModelsChangedParams,
} from '../../../../server/src/protocol/findings.ts';
import {
  AT_REQUEST,
  type AtParams,
  type AtResult,
  DIAGRAM_CHANGED,
  DIAGRAM_REQUEST,
  type DiagramChangedParams,
  type DiagramParams,
  type DiagramResult,
  FIXES_REQUEST,
  type FixesParams,
  type FixesResult,
  LOCATE_REQUEST,
  type LocateParams,
  type LocateResult,
  PAGE_REQUEST,
  type PageParams,
  type PageResult,
} from '../../../../server/src/protocol/messages.ts';

/**
 * The language server as the other features see it: typed requests and one event. The client library behind it is
 * read only when the server starts.
 */
export class LanguageServer implements Disposable {
  readonly log: LogOutputChannel = window.createOutputChannel('Threatwright', { log: true });

  readonly #module: string;
  readonly #diagramChanged = new EventEmitter<DiagramChangedParams>();
  readonly onDiagramChanged = this.#diagramChanged.event;
  readonly #modelsChanged = new EventEmitter<ModelsChangedParams>();
  readonly onModelsChanged = this.#modelsChanged.event;
  readonly #restarted = new EventEmitter<void>();
  /** After a restart everything that was asked before may have another answer. */
  readonly onRestarted = this.#restarted.event;
  #client: Promise<LanguageClient> | undefined;

  constructor(module: string) {
    this.#module = module;
  }

  /** Starts the server if it does not run. Never rejects: a failure is logged and shown. */
  async start(): Promise<void> {
    try {
      await this.#running();
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      const choice = await window.showErrorMessage('The Threatwright language server did not start.', 'Show Log', 'Restart');
      if (choice === 'Show Log') this.log.show();
      if (choice === 'Restart') await this.restart();
    }
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
    this.#restarted.fire();
  }

  diagram(params: DiagramParams): Promise<DiagramResult | null> {
    return this.#request(DIAGRAM_REQUEST, params);
  }

  locate(params: LocateParams): Promise<LocateResult | null> {
    return this.#request(LOCATE_REQUEST, params);
  }

  at(params: AtParams): Promise<AtResult | null> {
    return this.#request(AT_REQUEST, params);
  }

  page(params: PageParams): Promise<PageResult> {
    return this.#request(PAGE_REQUEST, params);
  }

  fixes(params: FixesParams): Promise<FixesResult> {
    return this.#request(FIXES_REQUEST, params);
  }

  findings(params: FindingsParams): Promise<FindingsResult> {
    return this.#request(FINDINGS_REQUEST, params);
  }

  /** Its commands, and what makes it start again: a workspace that is trusted has rules of its own. */
  register(): Disposable[] {
    return [
      workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      commands.registerCommand('threatwright.restartServer', () => this.restart()),
      commands.registerCommand('threatwright.showLog', () => this.log.show()),
    ];
  }

  async dispose(): Promise<void> {
    await this.#stop();
    this.#diagramChanged.dispose();
    this.#modelsChanged.dispose();
    this.#restarted.dispose();
    this.log.dispose();
  }

  async #request<R>(method: string, params: unknown): Promise<R> {
    return (await this.#running()).sendRequest<R>(method, params);
  }

  #running(): Promise<LanguageClient> {
    this.#client ??= this.#create();
    return this.#client;
  }

  async #create(): Promise<LanguageClient> {
    const { createLanguageClient } = await import('./languageClient.ts');
    const client = createLanguageClient({ module: this.#module, log: this.log, restart: () => void this.restart() });
    client.onNotification(DIAGRAM_CHANGED, (params: DiagramChangedParams) => this.#diagramChanged.fire(params));
    client.onNotification(MODELS_CHANGED, (params: ModelsChangedParams) => this.#modelsChanged.fire(params));
    await client.start();
    return client;
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await (await client)?.dispose();
    } catch {
      // It never started or has ended by itself: either way it does not run any more.
    }
  }
}
