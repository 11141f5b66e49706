import { type LogOutputChannel, window, workspace } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { RestartPolicy } from './restartPolicy.ts';
import { ruleLinks } from './ruleLinks.ts';

export interface LanguageClientParts {
  /** The server's file. */
  readonly module: string;
  readonly log: LogOutputChannel;
  /** What the button of the last message does. */
  readonly restart: () => void;
}

/** A client that is not started yet. */
export function createLanguageClient(parts: LanguageClientParts): LanguageClient {
  const server: ServerOptions = {
    run: { module: parts.module, transport: TransportKind.ipc },
    debug: { module: parts.module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: ['file', 'untitled', 'vscode-remote'].map((scheme) => ({ scheme, language: 'threatmodel' })),
    outputChannel: parts.log,
    // What lies in a folder of strangers decides nothing.
    initializationOptions: { pages: true, packs: workspace.isTrusted, models: true },
    errorHandler: errorHandler(parts),
    middleware: ruleLinks,
  };
  return new LanguageClient('threatwright', 'Threatwright', server, options);
}

function errorHandler({ log, restart }: LanguageClientParts): ErrorHandler {
  const policy = new RestartPolicy(() => Date.now());
  return {
    error: (error, _message, count) => {
      log.error(error);
      return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
    },
    closed: () => {
      if (policy.mayRestart()) {
        log.warn('The language server ended unexpectedly and is started again.');
        return { action: CloseAction.Restart, handled: true };
      }
      log.error('The language server ended unexpectedly too often and is not started again.');
      void offerRestart(log, restart);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

async function offerRestart(log: LogOutputChannel, restart: () => void): Promise<void> {
  const message = 'The Threatwright language server has crashed five times in three minutes. There are no findings until it is restarted.';
  const choice = await window.showErrorMessage(message, 'Restart', 'Show Log');
  if (choice === 'Restart') restart();
  if (choice === 'Show Log') log.show();
}
