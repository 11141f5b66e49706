import {
  DidChangeWorkspaceFoldersNotification,
  MessageType,
  PositionEncodingKind,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type DidChangeWatchedFilesParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { DIAGRAM_CHANGED, type DiagramChangedParams } from '../protocol/messages.ts';
import { AssessmentOfWorkspace } from './assessment.ts';
import { CODE_ACTIONS, CodeActions } from './codeActions.ts';
import { answerCompletion } from './completion.ts';
import { Diagnostics } from './diagnosticsFeature.ts';
import { answerDiagramEdits } from './diagramEdits.ts';
import { DiagramRequests } from './diagramRequests.ts';
import { Documents, type Knowledge, type OpenDocument } from './documents.ts';
import { answerFixes } from './actionRequests.ts';
import { answerExports } from './exportRequests.ts';
import { FindingsRequests } from './findingsRequests.ts';
import { answerAuthor } from './features.ts';
import { answerDataFlow, DATA_FLOW } from './dataFlow.ts';
import { answerNavigation, NAVIGATION } from './navigation.ts';
import { Presentation, PRESENTATION } from './presentation.ts';
import { answerSymbols, SYMBOLS } from './symbols.ts';
import { answerReports } from './reportRequests.ts';
import { clientOptions, type ClientOptions, type Runtime } from './runtime.ts';
import { concernsPacks, PackFiles } from './packFiles.ts';
import { Packs } from './packs.ts';
import { prepare } from './prepare.ts';
import { Refresh } from './refresh.ts';
import { BugLog, unawaited } from './safe.ts';
import { answerSelect, needsSelect, SELECT_COMMAND } from './selection.ts';
import type { Session } from './session.ts';
import { SettingsOfClient } from './settings.ts';
import { FILE_OPERATIONS, followFileOperations } from './workspace/fileOperations.ts';
import { WorkspaceModels } from './workspace/models.ts';
import { answerWorkspaceDiagnostics } from './workspace/pull.ts';
import { StoredDiagnostics } from './workspace/push.ts';
import { UsedModels } from './workspace/used.ts';
import { noteChanges, watchFile, watchFiles } from './workspace/watch.ts';

/** Rules are compiled anew and every open model is analysed anew: not at every keystroke in a rule. */
const PACK_CALM_MS = 200;

/** Serves one client over a connection, in Node or elsewhere. Register everything, then `connection.listen()`. */
export function startServer(connection: Connection, runtime: Runtime): void {
  const log = new BugLog(connection);
  let client: ClientCapabilities = {};
  let options: ClientOptions = clientOptions(undefined);
  let knowledge: Knowledge | undefined;
  const known = (): Knowledge => (knowledge ??= knowledgeOf(runtime, packs, used, () => options.today));
  const packs = new Packs(
    connection,
    log,
    runtime.packs,
    (uri) => documents.packText(uri)?.getText(),
    () => refresh.all(),
  );
  let folders: readonly string[] = [];
  const pulls = (): boolean => client.textDocument?.diagnostic !== undefined;

  const settled = (document: OpenDocument): void => {
    const waiting = used.ready(document);
    if (waiting)
      unawaited(
        log,
        'used models',
        waiting.then(() => documents.get(document.uri) === document && settled(document)),
      );
    else tell(document);
  };
  let isCollected = false;
  const publish = (document: OpenDocument): void => {
    diagnostics.publish(document);
    // What the start and the first opening leave behind: now, while the author reads, and not between the first keystrokes.
    if (!isCollected) setImmediate(() => runtime.collect?.());
    isCollected = true;
  };
  const tell = (document: OpenDocument): void => {
    if (!pulls()) publish(document);
    const { uri, version } = document;
    const changed: DiagramChangedParams = { uri, version };
    void connection.sendNotification(DIAGRAM_CHANGED, changed);
    if (options.models) findings.changed();
  };

  /** A notification, which every client takes; a message with buttons is a request that it may not know. */
  const warn = (message: string): void =>
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });

  const documents = new Documents(connection, log, known, {
    settled(document) {
      tellUsers(document.uri, false);
      settled(document);
    },
    closed(uri) {
      tellUsers(uri, true);
      if (!pulls()) told.closed(uri);
      models.closed(uri);
      diagrams.forget(uri);
      codeActions.forget(uri);
      presentation.forget(uri);
    },
    packChanged() {
      clearTimeout(packsPending);
      if (options.packs) packsPending = setTimeout(reloadPacks, PACK_CALM_MS);
    },
  });
  const used = new UsedModels(runtime.files, documents, known, log);
  /** Whatever uses a file that is not what it was, is not what it was. */
  const tellUsers = (uri: string, stored: boolean): void => {
    for (const user of used.changed(uri, stored)) {
      const open = documents.get(user);
      if (open) settled(open);
      else models.changed(user);
      refresh.diagnostics();
    }
  };
  let packsPending: ReturnType<typeof setTimeout> | undefined;
  const reloadPacks = (): void => {
    packs.reload();
    refresh.all();
  };
  const refresh = new Refresh(connection, log, () => client);
  const settings = new SettingsOfClient(connection, log, () => {
    assessment.settingsChanged();
    refresh.all();
  });
  const assessment = new AssessmentOfWorkspace(runtime.files, log, {
    path: () => settings.current.assessmentReport,
    changed: () => refresh.all(),
    watch: (path) => watchFile(session, path),
    warn,
  });
  const session: Session = {
    connection,
    documents,
    log,
    client: () => client,
    settings: () => settings.current,
    settingsKnown: settings.known,
    knowledge: known,
    pages: () => options.pages,
    evidence: (snapshot) => assessment.problemsOf(snapshot),
    used,
  };
  const models = new WorkspaceModels(runtime.files, documents, known, log, warn);
  const diagnostics = new Diagnostics(session, models);
  const told = new StoredDiagnostics(session, models, diagnostics);
  answerWorkspaceDiagnostics(session, models, diagnostics, refresh);
  const diagrams = new DiagramRequests(connection, documents, log, known, (file) => used.uriOf(file));
  const findings = new FindingsRequests(session, models);
  const packFiles = new PackFiles(documents, packs, known);
  answerAuthor(connection, documents, packFiles, log);
  answerCompletion(session, packFiles, async (uri) => used.pathsFrom(uri, await models.uris()));
  answerDiagramEdits(connection, documents, log);
  answerExports(connection, log, runtime);
  answerFixes(connection, documents, log);
  const codeActions = new CodeActions(session);
  answerSelect(session);
  const presentation = new Presentation(session);
  answerReports(session, models, runtime);
  answerNavigation(session, models);
  answerSymbols(session, models);
  answerDataFlow(session, models);

  refresh.add(() => {
    for (const document of documents.all()) settled(document);
  });
  refresh.add(() => models.forgetAnswers());
  refresh.add(() => {
    if (!pulls()) unawaited(log, 'diagnostics of the workspace', told.tellAll());
  });
  models.onChanged((uri) => {
    if (!pulls()) unawaited(log, 'diagnostics of the workspace', told.tell(uri));
  });
  refresh.add(() => {
    if (options.models) findings.reconsider();
  });
  models.onChanged(() => {
    if (options.models) findings.changed();
  });
  const trust = (): void => {
    models.follow(folders);
    used.follow(folders, options.packs);
    packs.trust(options.packs ? folders : []);
    assessment.follow(options.packs ? folders : []);
    refresh.all();
  };
  connection.onInitialized(() => {
    trust();
    settings.follow(client);
    watchFiles(session, options.packs ? ['**/.threatwright', '**/.threatwright/**'] : []);
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    trust();
  });
  const filesChanged = (params: DidChangeWatchedFilesParams): void => {
    noteChanges(models, params);
    assessment.filesChanged(params.changes.map(({ uri }) => uri));
    for (const { uri } of params.changes) if (!documents.get(uri)) tellUsers(uri, true);
    if (!options.packs || !params.changes.some(({ uri }) => concernsPacks(uri))) return;
    reloadPacks();
  };
  connection.onDidChangeWatchedFiles(filesChanged);
  followFileOperations(session, models, filesChanged);

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    client = params.capabilities;
    options = clientOptions(params.initializationOptions);
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    const { catalogues, today } = known();
    try {
      prepare(catalogues().at(-1)!, today());
    } catch (error) {
      log.report('preparing', error);
    }
    if (options.packs) await packs.prepare(folders);
    return {
      serverInfo: { name: 'threatwright' },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { resolveProvider: true, triggerCharacters: [' ', '[', '{', '-', '.'] },
        hoverProvider: true,
        ...NAVIGATION,
        ...SYMBOLS,
        ...DATA_FLOW,
        ...PRESENTATION,
        codeActionProvider: CODE_ACTIONS,
        ...(needsSelect(client) && { executeCommandProvider: { commands: [SELECT_COMMAND] } }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true }, fileOperations: FILE_OPERATIONS },
        ...(pulls() && {
          diagnosticProvider: { identifier: 'threatwright', interFileDependencies: false, workspaceDiagnostics: true },
        }),
      },
    };
  });
}

function knowledgeOf(runtime: Runtime, packs: Packs, used: UsedModels, today: () => string | undefined): Knowledge {
  const builtIn = runtime.catalogue();
  return {
    catalogueOf: (uri) => packs.catalogueOf(uri) ?? builtIn,
    catalogues: () => [...packs.catalogues(), builtIn],
    today: () => today() ?? runtime.today(),
    useOf: (uri, catalogue) => used.useOf(uri, catalogue),
  };
}
