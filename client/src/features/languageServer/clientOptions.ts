import { l10n, window, workspace } from 'vscode';
import { CloseAction, ErrorAction, type ErrorHandler, type LanguageClientOptions } from 'vscode-languageclient';
import { documentSchemes } from '../documentSchemes.ts';
import type { ClientParts } from './languageServer.ts';
import { RestartPolicy } from './restartPolicy.ts';
import { ruleLinks } from './ruleLinks.ts';

/** What is the same wherever the server runs. */
export function clientOptions(parts: ClientParts): LanguageClientOptions {
  return {
    documentSelector: documentSchemes().flatMap((scheme) => [
      { scheme, language: 'threatmodel' },
      // An organisation's own rules.
      { scheme, pattern: '**/.threatwright/**/*.{yaml,yml}' },
    ]),
    outputChannel: parts.log,
    // What lies in a folder of strangers decides nothing.
    initializationOptions: { pages: true, packs: workspace.isTrusted, models: true },
    errorHandler: errorHandler(parts),
    middleware: ruleLinks,
  };
}

function errorHandler(parts: ClientParts): ErrorHandler {
  const { log } = parts;
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
      void offerRestart(parts);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

async function offerRestart({ log, restart }: ClientParts): Promise<void> {
  const message = l10n.t(
    'The Threatwright language server has crashed five times in three minutes. There are no findings until it is restarted.',
  );
  const [again, showLog] = [l10n.t('Restart'), l10n.t('Show Log')];
  const choice = await window.showErrorMessage(message, again, showLog);
  if (choice === again) restart();
  if (choice === showLog) log.show();
}
