import type { ExtensionContext } from 'vscode';
import { activateWith } from './activate.ts';

export { deactivate } from './activate.ts';

/** In the extension host on a computer, local or remote: the server is a process. */
export function activate(context: ExtensionContext): void {
  activateWith(context, async (parts) => {
    const { createNodeClient } = await import('./features/languageServer/languageClient.ts');
    return createNodeClient(context.asAbsolutePath('dist/server.cjs'), parts);
  });
}
