import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  InitializeResult,
  Position,
  PublishDiagnosticsParams,
  Range,
  Registration,
  RegistrationParams,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  LIST_FILES_REQUEST,
  READ_FILE_REQUEST,
  type ListFilesParams,
  type ListFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../../server/src/protocol/files.ts';
import { buildCatalogue, readPackBase } from '../../server/catalogue/build.ts';

export interface ClientOptions {
  /** The author's settings below `threatwright` at the beginning. */
  readonly settings?: unknown;
  /** The client asks for diagnostics instead of being told. */
  readonly pull?: boolean;
  readonly initializationOptions?: unknown;
  /** URIs of the folders of the workspace. */
  readonly folders?: readonly string[];
  /** Texts by URI that only this client can read. */
  readonly stored?: ReadonlyMap<string, string>;
  /** What this client can do beyond what all of them can. */
  readonly capabilities?: Pick<ClientCapabilities, 'textDocument' | 'workspace' | 'window'>;
}

/** An editor that talks to a language server in a process of its own, over its standard input and output. */
export class LspClient {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  /** What the server has logged as errors. */
  readonly errors: string[] = [];
  /** Every notification of diagnostics, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  private readonly child: ChildProcess;
  /** No version is used twice, so that what is told of one is never taken for another. */
  private opened = 0;
  private readonly waiting = new Set<() => void>();
  private readonly texts = new Map<string, TextDocument>();

  /** What the server wants to be told of, as it was registered. */
  readonly registered: Registration[] = [];
  private settings: unknown = {};
  private readonly onRefresh: (() => void)[] = [];

  private constructor(
    child: ChildProcess,
    connection: MessageConnection,
    initialized: InitializeResult,
    stored: ReadonlyMap<string, string> | undefined,
  ) {
    this.child = child;
    this.connection = connection;
    this.initialized = initialized;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const check of this.waiting) check();
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => this.settings));
    connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registered.push(...registrations);
      for (const check of this.waiting) check();
      return null;
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      for (const tell of this.onRefresh.splice(0)) tell();
      return null;
    });
    if (stored) {
      connection.onRequest(LIST_FILES_REQUEST, ({ folder, of }: ListFilesParams): ListFilesResult => {
        const wanted = of === 'models' ? /\.threatmodel\.yaml$/ : /\/\.threatwright\/.+\.yaml$/;
        return { files: [...stored.keys()].filter((uri) => uri.startsWith(`${folder}/`) && wanted.test(uri)), complete: true };
      });
      connection.onRequest(READ_FILE_REQUEST, ({ uri }: ReadFileParams): unknown => {
        const text = stored.get(uri);
        const result: ReadFileResult = text === undefined ? { refusal: 'not-found' } : { text };
        return result;
      });
    }
    connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
      if (type === 1) this.errors.push(message);
    });
  }

  /** Changes the author's settings below `threatwright`. */
  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** When the server next wants its diagnostics to be asked for again. */
  refreshed(): Promise<void> {
    return new Promise((resolve) => this.onRefresh.push(resolve));
  }

  static async start({
    pull = false,
    initializationOptions,
    folders = [],
    stored,
    capabilities = {},
    settings = {},
  }: ClientOptions = {}): Promise<LspClient> {
    const child = spawn(process.execPath, [...serverArguments(), '--stdio'], {
      env: { ...process.env, ...(await dataFiles()) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = child;
    if (!stdin || !stdout) throw new Error('no pipes');
    const connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    connection.listen();
    const initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        textDocument: { definition: { linkSupport: true }, ...(pull && { diagnostic: {} }), ...capabilities.textDocument },
        workspace: {
          workspaceEdit: { documentChanges: true },
          configuration: true,
          diagnostics: { refreshSupport: true },
          ...capabilities.workspace,
        },
        ...(capabilities.window && { window: capabilities.window }),
      },
      initializationOptions,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    });
    const client = new LspClient(child, connection, initialized, stored);
    client.settings = settings;
    await connection.sendNotification('initialized', {});
    return client;
  }

  /** The version of a text that the client has. */
  text(uri: string): TextDocument {
    const text = this.texts.get(uri);
    if (!text) throw new Error(`${uri} is not open`);
    return text;
  }

  async open(uri: string, text: string): Promise<void> {
    const version = ++this.opened * 1000;
    this.texts.set(uri, TextDocument.create(uri, 'threatmodel', version, text));
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'threatmodel', version, text } });
  }

  /** Replaces the one place where `before` stands. */
  async replace(uri: string, before: string, after: string): Promise<void> {
    const text = this.text(uri);
    const offset = text.getText().indexOf(before);
    if (offset < 0) throw new Error(`the text has no ${before}`);
    await this.edit(uri, [{ range: { start: text.positionAt(offset), end: text.positionAt(offset + before.length) }, newText: after }]);
  }

  /** Edits that all count in the text as it is. */
  async edit(uri: string, edits: readonly TextEdit[]): Promise<void> {
    const text = this.text(uri);
    const backwards = [...edits].sort((a, b) => text.offsetAt(b.range.start) - text.offsetAt(a.range.start));
    const contentChanges = backwards.map(({ range, newText }) => ({ range, text: newText }));
    const version = text.version + 1;
    this.texts.set(uri, TextDocument.update(text, contentChanges, version));
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  async apply(uri: string, action: CodeAction): Promise<void> {
    for (const change of action.edit?.documentChanges ?? []) if ('edits' in change) await this.edit(uri, change.edits as TextEdit[]);
  }

  async close(uri: string): Promise<void> {
    this.texts.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async closeAll(): Promise<void> {
    for (const uri of [...this.texts.keys()]) await this.close(uri);
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  /** A request about the place before `before`, plus `skip` characters. */
  at<R>(method: string, uri: string, before: string, skip = 0): Promise<R> {
    return this.request<R>(method, { textDocument: { uri }, position: this.position(uri, before, skip) });
  }

  position(uri: string, before: string, skip = 0): Position {
    const text = this.text(uri);
    const offset = text.getText().indexOf(before);
    if (offset < 0) throw new Error(`the text has no ${before}`);
    return text.positionAt(offset + skip);
  }

  /** The text that a range names. */
  slice(uri: string, range: Range): string {
    return this.text(uri).getText(range);
  }

  /** What the server has told of the newest version, when it has. */
  async told(uri: string): Promise<readonly Diagnostic[]> {
    const { version } = this.text(uri);
    const params = await this.until(() => this.published.find((told) => told.uri === uri && told.version === version));
    return params.diagnostics;
  }

  /** The quick fixes at a diagnostic. */
  fixes(uri: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [diagnostic] };
    return this.request('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context });
  }

  /** Waits for a notification of diagnostics, or a registration, after which `find` finds something. */
  until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = find();
        if (found === undefined) return;
        this.waiting.delete(check);
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  /** Ends the session as an editor does, and gives the exit code. */
  async stop(): Promise<number | null> {
    const exited = this.exited();
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await exited;
    this.connection.dispose();
    return code;
  }

  private exited(): Promise<number | null> {
    return new Promise((resolve) => this.child.once('exit', resolve));
  }

  /** Goes away without a word, and gives the exit code. */
  async abandon(): Promise<number | null> {
    const exited = this.exited();
    this.connection.end();
    this.child.stdin?.end();
    const code = await exited;
    this.connection.dispose();
    return code;
  }
}

/** The built server when the environment names one, else its sources. */
function serverArguments(): readonly string[] {
  const built = process.env['THREATWRIGHT_SERVER'];
  return built === undefined ? ['--import', 'tsx', fileURLToPath(new URL('lspServer.ts', import.meta.url))] : [built];
}

let written: Promise<Record<string, string>> | undefined;

function dataFiles(): Promise<Record<string, string>> {
  written ??= writeData();
  return written;
}

async function writeData(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'threatwright-'));
  const files = { CATALOGUE: join(folder, 'catalogue.json'), SOURCES: join(folder, 'sources.json') };
  writeFileSync(files.CATALOGUE, JSON.stringify(await buildCatalogue()));
  writeFileSync(files.SOURCES, JSON.stringify(await readPackBase()));
  return files;
}
