import { Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions } from './clientOptions.ts';
import type { ClientParts } from './languageServer.ts';
import { answerFiles } from './modelFiles.ts';

/** A client of the server in a web worker, which is given the catalogue, because a worker cannot read files of the extension. */
export async function createBrowserClient(extension: Uri, parts: ClientParts): Promise<LanguageClient> {
  const file = (name: string): Uri => Uri.joinPath(extension, 'dist', name);
  const catalogue = JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file('catalogue.json')))) as unknown;
  const client = new LanguageClient(
    'threatwright',
    'Threatwright',
    // Called at every start, a restart after a crash too.
    async () => {
      const worker = new Worker(file('web/server.js').toString(true));
      worker.postMessage({ catalogue });
      // Not the worker itself: the library would not know it, because the extension host has a worker class of its own.
      return { reader: new BrowserMessageReader(worker as never), writer: new BrowserMessageWriter(worker as never) };
    },
    clientOptions(parts),
  );
  answerFiles(client);
  return client;
}
