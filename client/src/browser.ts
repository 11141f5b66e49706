import type { ExtensionContext } from 'vscode';
import { activateWith } from './activate.ts';
import { createBrowserClient } from './features/languageServer/browserClient.ts';

export { deactivate } from './activate.ts';

/** In the extension host of a browser: the server is a web worker. */
export function activate(context: ExtensionContext): void {
  activateWith(context, (parts) => createBrowserClient(context.extensionUri, parts));
}
