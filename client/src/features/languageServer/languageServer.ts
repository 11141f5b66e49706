import { type CancellationToken, commands, type Disposable, EventEmitter, l10n, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
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
  CARD_REQUEST,
  type CardResult,
  DIAGRAM_CHANGED,
  DIAGRAM_REQUEST,
  type DiagramChangedParams,
  type DiagramParams,
  type DiagramResult,
  EDIT_REQUEST,
  type EditParams,
  type EditResult,
  FIXES_REQUEST,
  type FixesParams,
  type FixesResult,
  HASH_REQUEST,
  type HashResult,
  LOCATE_REQUEST,
  type LocateParams,
  type LocateResult,
  PAGE_REQUEST,
  PDF_REQUEST,
  type PdfParams,
  type PdfResult,
  type PageParams,
  type PageResult,
} from '../../../../server/src/protocol/messages.ts';
import {
  ADD_CONTROL_REQUEST,
  type AddControlParams,
  type AddControlResult,
  POSTURE_REQUEST,
  type PostureBoard,
  type PostureParams,
  REPORT_REQUEST,
  type ReportParams,
  type ReportResult,
} from '../../../../server/src/protocol/posture.ts';
import { recordingLog, type RecordingLog } from './recordingLog.ts';

/** Makes a client that is not started yet. The library behind it is read only then. */
export type CreateClient = (parts: ClientParts) => Promise<BaseLanguageClient>;
export interface ClientParts {
  readonly log: RecordingLog;
  /** What the button of the last message does. */
  readonly restart: () => void;
}

export type ServerState = 'starting' | 'running' | 'stopped' | 'failed';

/** By the library's numbers, which are not read here: the library is loaded later. */
const STATES: ReadonlyMap<number, ServerState> = new Map([
  [1, 'stopped'],
  [2, 'running'],
  [3, 'starting'],
  [4, 'failed'],
]);

/**
 * The language server as the other features see it: typed requests, events and its state. The client library behind it is
 * read only when the server starts.
 */
export class LanguageServer implements Disposable {
  readonly log = recordingLog(window.createOutputChannel('Threatwright', { log: true }));

  readonly #createClient: CreateClient;
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly onStateChanged = this.#stateChanged.event;
  readonly #diagramChanged = new EventEmitter<DiagramChangedParams>();
  readonly onDiagramChanged = this.#diagramChanged.event;
  readonly #modelsChanged = new EventEmitter<ModelsChangedParams>();
  readonly onModelsChanged = this.#modelsChanged.event;
  readonly #restarted = new EventEmitter<void>();
  /** After a restart everything that was asked before may have another answer. */
  readonly onRestarted = this.#restarted.event;
  #client: Promise<BaseLanguageClient> | undefined;
  #state: ServerState = 'stopped';

  constructor(createClient: CreateClient) {
    this.#createClient = createClient;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server if it does not run. Never rejects: a failure is logged and shown. */
  async start(): Promise<void> {
    try {
      await this.#running();
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      this.#become('failed');
      const [showLog, restart] = [l10n.t('Show Log'), l10n.t('Restart')];
      const choice = await window.showErrorMessage(l10n.t('The Threatwright language server did not start.'), showLog, restart);
      if (choice === showLog) this.log.show();
      if (choice === restart) await this.restart();
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

  /** What there is to know of a thing, as the editor's hover says it. */
  card(params: LocateParams): Promise<CardResult> {
    return this.#request(CARD_REQUEST, params);
  }

  /** The hash of the meaning of a model. */
  hash(params: { readonly uri: string }): Promise<HashResult> {
    return this.#request(HASH_REQUEST, params);
  }

  /** A picture as PDF; null where none can be made. */
  pdf(params: PdfParams): Promise<PdfResult | null> {
    return this.#request(PDF_REQUEST, params);
  }

  edit(params: EditParams): Promise<EditResult> {
    return this.#request(EDIT_REQUEST, params);
  }

  page(params: PageParams): Promise<PageResult> {
    return this.#request(PAGE_REQUEST, params);
  }

  fixes(params: FixesParams): Promise<FixesResult> {
    return this.#request(FIXES_REQUEST, params);
  }

  posture(params: PostureParams): Promise<PostureBoard | null> {
    return this.#request(POSTURE_REQUEST, params);
  }

  addControl(params: AddControlParams): Promise<AddControlResult> {
    return this.#request(ADD_CONTROL_REQUEST, params);
  }

  /** Rejects when it is cancelled. */
  report(params: ReportParams, token: CancellationToken): Promise<ReportResult> {
    return this.#request(REPORT_REQUEST, params, token);
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
    this.#stateChanged.dispose();
    this.log.dispose();
  }

  async #request<R>(method: string, params: unknown, token?: CancellationToken): Promise<R> {
    const client = await this.#running();
    // A token that is undefined would travel as a second parameter.
    return token ? client.sendRequest<R>(method, params, token) : client.sendRequest<R>(method, params);
  }

  #running(): Promise<BaseLanguageClient> {
    this.#client ??= this.#create();
    return this.#client;
  }

  async #create(): Promise<BaseLanguageClient> {
    this.#become('starting');
    const client = await this.#createClient({ log: this.log, restart: () => void this.restart() });
    client.onNotification(DIAGRAM_CHANGED, (params: DiagramChangedParams) => this.#diagramChanged.fire(params));
    client.onNotification(MODELS_CHANGED, (params: ModelsChangedParams) => this.#modelsChanged.fire(params));
    client.onDidChangeState(({ newState }) => this.#become(STATES.get(newState) ?? 'stopped'));
    await client.start();
    return client;
  }

  #become(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
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
