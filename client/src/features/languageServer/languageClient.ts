import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { clientOptions } from './clientOptions.ts';
import type { ClientParts } from './languageServer.ts';

/** A client of the server in a Node process of its own. `module` is the server's file. */
export function createNodeClient(module: string, parts: ClientParts): LanguageClient {
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  return new LanguageClient('threatwright', 'Threatwright', server, clientOptions(parts));
}
