import type { ExtensionContext } from 'vscode';
import { registerDiagram } from './features/diagram/register.ts';
import { LanguageServer } from './features/languageServer/languageServer.ts';
import { Models } from './features/models.ts';
import { registerNewModel } from './features/newModel/newModel.ts';
import { registerRulePages } from './features/rulePages.ts';
import { registerThreats } from './features/threats/register.ts';

let server: LanguageServer | undefined;

/** Registers every feature and returns at once; the language server starts right after. */
export function activate(context: ExtensionContext): void {
  const started = new LanguageServer(context.asAbsolutePath('dist/server.cjs'));
  server = started;
  const models = new Models(started);
  context.subscriptions.push(
    ...started.register(),
    ...registerDiagram(context.extensionUri, started),
    ...registerRulePages(started),
    models,
    ...registerThreats(started, models, context.workspaceState),
    registerNewModel(),
  );
  setImmediate(() => void started.start());
}

/** Awaited by VS Code, so that the server's process ends in order. */
export async function deactivate(): Promise<void> {
  await server?.dispose();
}
