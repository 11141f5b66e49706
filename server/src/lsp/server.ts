import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
} from 'vscode-languageserver';
import { DIAGRAM_CHANGED, type DiagramChangedParams } from '../protocol/messages.ts';
import { CODE_ACTIONS, CodeActions } from './codeActions.ts';
import { Diagnostics } from './diagnosticsFeature.ts';
import { answerDiagramEdits } from './diagramEdits.ts';
import { DiagramRequests } from './diagramRequests.ts';
import { Documents, type Knowledge, type OpenDocument } from './documents.ts';
import { answerFixes } from './actionRequests.ts';
import { FindingsRequests } from './findingsRequests.ts';
import { answerAuthor } from './features.ts';
import { answerNavigation, NAVIGATION } from './navigation.ts';
import { clientOptions, type ClientOptions, type Runtime } from './runtime.ts';
import { Packs } from './packs.ts';
import { BugLog } from './safe.ts';
import { SettingsOfClient } from './settings.ts';

const PACK_FILE = /\/\.threatwright(\/|$)/;

/** Serves one client over a connection, in Node or elsewhere. Register everything, then `connection.listen()`. */
export function startServer(connection: Connection, runtime: Runtime): void {
  const log = new BugLog(connection);
  let client: ClientCapabilities = {};
  let options: ClientOptions = clientOptions(undefined);
  let knowledge: Knowledge | undefined;
  const known = (): Knowledge => (knowledge ??= knowledgeOf(runtime, packs, () => options.today));
  const packs = new Packs(connection, log, runtime.packs);
  let folders: readonly string[] = [];
  const pulls = (): boolean => client.textDocument?.diagnostic !== undefined;

  const settled = (document: OpenDocument): void => {
    if (!pulls()) diagnostics.publish(document);
    const { uri, version } = document;
    const changed: DiagramChangedParams = { uri, version };
    void connection.sendNotification(DIAGRAM_CHANGED, changed);
    if (options.models) findings.changed();
  };

  const documents = new Documents(connection, log, known, {
    settled,
    closed(uri) {
      if (!pulls()) diagnostics.clear(uri);
      diagnostics.forget(uri);
      diagrams.forget(uri);
      codeActions.forget(uri);
      if (options.models) findings.changed();
    },
  });
  const settings = new SettingsOfClient(connection, log, () => reconsider());
  const diagnostics = new Diagnostics(
    connection,
    documents,
    log,
    () => options.pages,
    () => settings.current,
  );
  const diagrams = new DiagramRequests(connection, documents, log, known);
  const findings = new FindingsRequests(connection, log, () => documents.all());
  answerAuthor(connection, documents, log);
  answerDiagramEdits(connection, documents, log);
  answerFixes(connection, documents, log);
  const codeActions = new CodeActions(
    connection,
    documents,
    log,
    () => client,
    () => options.pages,
  );
  answerNavigation(
    connection,
    documents,
    log,
    () => client,
    () => options.pages,
  );

  /** What is known of open documents may be different now. */
  const reconsider = (): void => {
    for (const document of documents.all()) settled(document);
    if (pulls() && client.workspace?.diagnostics?.refreshSupport) void connection.languages.diagnostics.refresh();
  };
  const trust = (): void => {
    packs.trust(options.packs ? folders : []);
    reconsider();
  };
  connection.onInitialized(() => {
    trust();
    settings.follow(client);
    if (!options.packs || !client.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const watchers = ['**/.threatwright', '**/.threatwright/**'].map((globPattern) => ({ globPattern }));
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    trust();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (!options.packs || !changes.some(({ uri }) => PACK_FILE.test(uri))) return;
    packs.reload();
    reconsider();
  });

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    options = clientOptions(params.initializationOptions);
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    known();
    return {
      serverInfo: { name: 'threatwright' },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { resolveProvider: true, triggerCharacters: [' ', '[', '{', '-'] },
        hoverProvider: true,
        ...NAVIGATION,
        codeActionProvider: CODE_ACTIONS,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(pulls() && {
          diagnosticProvider: { identifier: 'threatwright', interFileDependencies: false, workspaceDiagnostics: false },
        }),
      },
    };
  });
}

function knowledgeOf(runtime: Runtime, packs: Packs, today: () => string | undefined): Knowledge {
  const builtIn = runtime.catalogue();
  return {
    catalogueOf: (uri) => packs.catalogueOf(uri) ?? builtIn,
    catalogues: () => [...packs.catalogues(), builtIn],
    today: () => today() ?? runtime.today(),
  };
}
