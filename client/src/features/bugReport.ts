import { commands, type Disposable, env, type ExtensionContext, l10n, UIKind, version, window, workspace } from 'vscode';
import { bugReport } from './bugReportText.ts';
import type { LanguageServer } from './languageServer/languageServer.ts';
import type { Models } from './models.ts';

/** *Copy Diagnostics for a Bug Report*: what helps to find a fault, without any text of a model. */
export function registerBugReport(context: ExtensionContext, server: LanguageServer, models: Models): Disposable {
  return commands.registerCommand('threatwright.copyDiagnostics', async () => {
    await env.clipboard.writeText(bugReport(factsOf(context, server, models), server.log.lastLines));
    void window.showInformationMessage(
      l10n.t('Copied: versions, settings, counts and the last lines of the log, without names and texts of your models.'),
    );
  });
}

function factsOf({ extension }: ExtensionContext, server: LanguageServer, models: Models): readonly (readonly [string, string])[] {
  const { version: own, contributes } = extension.packageJSON as {
    readonly version: string;
    readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, { readonly type: string }>> } };
  };
  const settings = Object.entries(contributes.configuration.properties)
    // A setting of any other type may hold words of its author.
    .filter(([, { type }]) => type === 'boolean' || type === 'number' || type === 'string')
    .map(([name]) => `${name}=${JSON.stringify(workspace.getConfiguration().get(name))}`);
  const { critical, high, medium, low } = models.total;
  const schemes = new Set((workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme));
  return [
    ['Threatwright', own],
    ['Editor', `${env.appName} ${version}, ${env.uiKind === UIKind.Web ? 'web' : 'desktop'}, ${env.appHost}`],
    ['Remote', env.remoteName === undefined ? 'no' : 'yes'],
    ['Language', env.language],
    ['Workspace', `${workspace.workspaceFolders?.length ?? 0} folders (${[...schemes].join(', ')}), trusted: ${workspace.isTrusted}`],
    ['Server', server.state],
    ['Models', `${models.all.length}; open findings: ${critical} critical, ${high} high, ${medium} medium, ${low} low`],
    ['Settings', settings.join(', ')],
  ];
}
