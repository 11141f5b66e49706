import { Console } from 'node:console';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { createConnection, ProposedFeatures, StreamMessageReader } from 'vscode-languageserver/node';
import type { CatalogueData } from './catalogue/data.ts';
import { loadCatalogue } from './catalogue/load.ts';
import type { PackBase } from './catalogue/pack/extend.ts';
import { pause } from './lsp/pause.ts';
import { startServer } from './lsp/server.ts';
import { fontsIn } from './fonts.ts';
import { StdoutWriter } from './stdout.ts';
import { storageOf } from './storage.ts';
import { today } from './today.ts';

/** The language server as a Node program: `--stdio` for any editor, `--node-ipc` as a child of VS Code. */
const folder = dirname(realpathSync(process.argv[1] ?? '.'));

function readData(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

const isStdio = process.argv.includes('--stdio');
const connection = isStdio
  ? createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), new StdoutWriter(process.stdout))
  : createConnection(ProposedFeatures.all);
if (isStdio) {
  // What anybody logs must not get between the messages.
  globalThis.console = new Console(process.stderr);
  let isOver = false;
  connection.onShutdown(() => void (isOver = true));
  for (const end of ['end', 'close']) process.stdin.once(end, () => process.exit(isOver ? 0 : 1));
}
startServer(connection, {
  catalogue: () => loadCatalogue(readData('catalogue.json') as CatalogueData),
  ...storageOf(connection, () => readData('sources.json') as PackBase),
  pdf: async (svg) => {
    const { toPdf } = await import('./pdf.ts');
    const { pdf, missing } = await toPdf(svg, { fonts: fontsIn(join(folder, 'fonts')) });
    return { base64: Buffer.from(pdf).toString('base64'), missing };
  },
  pdfReport: async (report, day) => {
    const { pdfReport } = await import('./pdf.ts');
    const { pdf, missing } = await pdfReport(report, { fonts: fontsIn(join(folder, 'fonts')), today: day, pause });
    return { base64: Buffer.from(pdf).toString('base64'), missing };
  },
  layout: async () => (await import('./elkFile.ts')).elkOf(join(folder, 'webview/elk-worker.min.js')),
  // `server.ts` has asked V8 for it; it is there in contexts that are new.
  collect: () => (runInNewContext('globalThis.gc') as (() => void) | undefined)?.(),
  today,
});
connection.listen();
