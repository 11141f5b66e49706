import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { CatalogueData } from '../../server/src/catalogue/data.ts';
import { loadCatalogue } from '../../server/src/catalogue/load.ts';
import type { PackBase } from '../../server/src/catalogue/pack/extend.ts';
import { elkOf } from '../../server/src/elkFile.ts';
import { pause } from '../../server/src/lsp/pause.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { storageOf } from '../../server/src/storage.ts';

/** The server from its sources, for tests without a build: `CATALOGUE` names the compiled catalogue and `SOURCES` what packs are added to. */
const connection = createConnection(ProposedFeatures.all);
const path = process.env['CATALOGUE'] ?? '';
startServer(connection, {
  catalogue: () => loadCatalogue(JSON.parse(readFileSync(path, 'utf8')) as CatalogueData),
  ...storageOf(connection, () => JSON.parse(readFileSync(process.env['SOURCES'] ?? '', 'utf8')) as PackBase),
  pdf: async (svg) => {
    const { toPdf } = await import('../../server/src/pdf.ts');
    const { pdf, missing } = await toPdf(svg, { fonts: new Map() });
    return { base64: Buffer.from(pdf).toString('base64'), missing };
  },
  pdfReport: async (report, today) => {
    const { pdfReport } = await import('../../server/src/pdf.ts');
    const { pdf, missing } = await pdfReport(report, { fonts: shippedFonts(), today, pause });
    return { base64: Buffer.from(pdf).toString('base64'), missing };
  },
  layout: async () => elkOf(createRequire(import.meta.url).resolve('elkjs/lib/elk-worker.min.js')),
  today: () => '2026-11-22',
});
connection.listen();

function shippedFonts(): ReadonlyMap<string, Uint8Array> {
  const folder = new URL('../../node_modules/@fontsource/inter/files/', import.meta.url);
  const names = ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((name) => `inter-${name}-normal.woff`);
  return new Map(names.map((name) => [name, readFileSync(new URL(name, folder))]));
}
