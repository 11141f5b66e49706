import { Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { READ_PACK_BASE_REQUEST } from '../../../../server/src/protocol/files.ts';
import { clientOptions } from './clientOptions.ts';
import type { ClientParts } from './languageServer.ts';
import { answerFiles } from './storedFiles.ts';

/** A client of the server in a web worker, which is given the catalogue, because a worker cannot read files of the extension. */
export async function createBrowserClient(extension: Uri, parts: ClientParts): Promise<LanguageClient> {
  const file = (name: string): Uri => Uri.joinPath(extension, 'dist', name);
  const read = async (name: string): Promise<unknown> => JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file(name))));
  const catalogue = await read('catalogue.json');
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
  client.onRequest(READ_PACK_BASE_REQUEST, () => read('sources.json'));
  return client;
}
