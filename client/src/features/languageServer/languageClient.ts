import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { clientOptions } from './clientOptions.ts';
import type { ClientParts } from './languageServer.ts';
import { answerFiles } from './storedFiles.ts';

/** A client of the server in a Node process of its own, which reads itself what is on its disk. `module` is the server's file. */
export function createNodeClient(module: string, parts: ClientParts): LanguageClient {
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const client = new LanguageClient('threatwright', 'Threatwright', server, clientOptions(parts));
  answerFiles(client);
  return client;
}
