import {
  PositionEncodingKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
} from 'vscode-languageserver';
import { DIAGRAM_CHANGED, type DiagramChangedParams } from '../protocol/messages.ts';
import { Diagnostics } from './diagnosticsFeature.ts';
import { DiagramRequests } from './diagramRequests.ts';
import { Documents, type Knowledge } from './documents.ts';
import { answerAuthor } from './features.ts';
import { clientOptions, type ClientOptions, type Runtime } from './runtime.ts';
import { BugLog } from './safe.ts';

/** Serves one client over a connection, in Node or elsewhere. Register everything, then `connection.listen()`. */
export function startServer(connection: Connection, runtime: Runtime): void {
  const log = new BugLog(connection);
  let client: ClientCapabilities = {};
  let options: ClientOptions = clientOptions(undefined);
  let knowledge: Knowledge | undefined;
  const known = (): Knowledge => (knowledge ??= { catalogue: runtime.catalogue(), today: () => options.today ?? runtime.today() });
  const pulls = (): boolean => client.textDocument?.diagnostic !== undefined;

  const documents = new Documents(connection, log, known, {
    settled(document) {
      if (!pulls()) diagnostics.publish(document);
      const { uri, version } = document;
      const changed: DiagramChangedParams = { uri, version };
      void connection.sendNotification(DIAGRAM_CHANGED, changed);
    },
    closed(uri) {
      if (!pulls()) diagnostics.clear(uri);
      diagnostics.forget(uri);
      diagrams.forget(uri);
    },
  });
  const diagnostics = new Diagnostics(connection, documents, log, () => options.pages);
  const diagrams = new DiagramRequests(connection, documents, log, known);
  answerAuthor(connection, documents, log, () => client);

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    options = clientOptions(params.initializationOptions);
    known();
    return {
      serverInfo: { name: 'threatwright' },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { resolveProvider: true, triggerCharacters: [' ', '[', '{', '-'] },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        ...(pulls() && {
          diagnosticProvider: { identifier: 'threatwright', interFileDependencies: false, workspaceDiagnostics: false },
        }),
      },
    };
  });
}
