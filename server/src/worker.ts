import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { CatalogueData } from './catalogue/data.ts';
import { loadCatalogue } from './catalogue/load.ts';
import { clientFiles } from './lsp/clientFiles.ts';
import { clientPacks } from './lsp/clientPacks.ts';
import { startServer } from './lsp/server.ts';
import { today } from './today.ts';
import { giveTurns } from './turns.ts';

/**
 * The language server as a web worker. Its first message is not of the protocol: it brings the catalogue, because a
 * worker has no files.
 */
interface WorkerScope {
  onmessage: ((event: { readonly data: { readonly catalogue: CatalogueData } }) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

giveTurns();
scope.onmessage = ({ data }) => {
  scope.onmessage = null;
  const port = globalThis as never;
  const connection = createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port));
  startServer(connection, {
    catalogue: () => loadCatalogue(data.catalogue),
    packs: clientPacks(connection),
    files: clientFiles(connection),
    today,
  });
  connection.listen();
};
