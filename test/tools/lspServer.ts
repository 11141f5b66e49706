import { readFileSync } from 'node:fs';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { CatalogueData } from '../../server/src/catalogue/data.ts';
import { loadCatalogue } from '../../server/src/catalogue/load.ts';
import type { PackBase } from '../../server/src/catalogue/pack/extend.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { nodeFiles } from '../../server/src/nodeFiles.ts';
import { packAccess } from '../../server/src/packAccess.ts';

/** The server from its sources, for tests without a build: `CATALOGUE` names the compiled catalogue and `SOURCES` what packs are added to. */
const connection = createConnection(ProposedFeatures.all);
const path = process.env['CATALOGUE'] ?? '';
startServer(connection, {
  catalogue: () => loadCatalogue(JSON.parse(readFileSync(path, 'utf8')) as CatalogueData),
  packs: packAccess(() => JSON.parse(readFileSync(process.env['SOURCES'] ?? '', 'utf8')) as PackBase),
  files: nodeFiles,
  pdf: async (svg) => {
    const { toPdf } = await import('../../server/src/pdf.ts');
    const { pdf, missing } = await toPdf(svg, { fonts: new Map() });
    return { base64: Buffer.from(pdf).toString('base64'), missing };
  },
  today: () => '2026-11-22',
});
connection.listen();
