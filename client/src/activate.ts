import type { ExtensionContext } from 'vscode';
import { registerBugReport } from './features/bugReport.ts';
import { registerChatTools } from './features/chat/tools.ts';
import { registerDiagram } from './features/diagram/register.ts';
import { type CreateClient, LanguageServer } from './features/languageServer/languageServer.ts';
import { Models } from './features/models.ts';
import { registerNewModel } from './features/newModel/newModel.ts';
import { registerPosture } from './features/posture/register.ts';
import { registerRulePages } from './features/rulePages.ts';
import { registerSample } from './features/sample.ts';
import { registerStatus } from './features/status.ts';
import { registerThreats } from './features/threats/register.ts';

let server: LanguageServer | undefined;

/** Registers every feature and returns at once; the language server starts right after. */
export function activateWith(context: ExtensionContext, createClient: CreateClient): void {
  const started = new LanguageServer(createClient);
  server = started;
  const models = new Models(started);
  context.subscriptions.push(
    ...started.register(),
    models,
    ...registerDiagram(context.extensionUri, started),
    ...registerPosture(context.extensionUri, started),
    ...registerThreats(started, models, context.workspaceState),
    ...registerRulePages(started),
    registerBugReport(context, started, models),
    ...registerChatTools(started),
    registerNewModel(),
    registerSample(context.extensionUri),
  );
  setTimeout(() => {
    context.subscriptions.push(...registerStatus(started, models));
    void started.start();
  }, 0);
}

/** Awaited by VS Code, so that the server ends in order. */
export async function deactivate(): Promise<void> {
  await server?.dispose();
}
