import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { LspClient } from '../tools/lspClient.ts';
import { buildVsix } from './vsix.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Everything that may be in the package. A new kind of file is a decision: it is made here. */
const allowed = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD-PARTY-NOTICES.md',
  'client/language-configuration.json',
  'client/media/file.svg',
  'client/media/icon.png',
  'client/media/threats.svg',
  'client/syntaxes/threatmodel.tmLanguage.json',
  'client/walkthrough/ci.md',
  'client/walkthrough/diagram.md',
  'client/walkthrough/finding.md',
  'client/walkthrough/fix.md',
  'client/walkthrough/sample.md',
  'dist/catalogue.json',
  'dist/client/extension.cjs',
  'dist/client/languageClient.cjs',
  ...['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((name) => `dist/fonts/inter-${name}-normal.woff`),
  'dist/pdf.cjs',
  'dist/server-main.cjs',
  'dist/server.cjs',
  'dist/sources.json',
  'dist/threatmodel.schema.json',
  'dist/tolerantReader.cjs',
  'dist/web/extension.cjs',
  'dist/web/server.js',
  'dist/webview/elk-worker.min.js',
  'dist/webview/inter-latin-400-normal.woff2',
  'dist/webview/inter-latin-600-normal.woff2',
  'dist/webview/inter-latin-ext-400-normal.woff2',
  'dist/webview/inter-latin-ext-600-normal.woff2',
  'dist/webview/main.css',
  'dist/webview/main.js',
  'dist/webview/posture.css',
  'dist/webview/posture.js',
  'package.json',
  'package.nls.json',
  'samples/agent-with-tools.before.threatmodel.yaml',
];

describe('the package of the extension', () => {
  it('holds exactly what is allowed', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    // What the server loads late is cut into parts as esbuild sees fit.
    const names = files.map((file) => file.replaceAll('\\', '/').replace(/^(dist\/server-)[a-zA-Z]+-[A-Z0-9]{8}\./, '$1PART.'));
    assert.deepEqual([...new Set(names)].sort(), [...allowed, 'dist/server-PART.cjs'].sort());
  });

  it('is smaller than 2.5 MB', () => {
    const { size } = statSync(buildVsix());
    assert(size < 2.5e6, `${size} bytes`);
  });

  it('has the layout engine nowhere but in its own files', async () => {
    const { default: meta } = (await import(path.join(root, 'dist/meta.json'), { with: { type: 'json' } })) as {
      default: { outputs: Record<string, { inputs: Record<string, unknown> }> };
    };
    const holders = Object.entries(meta.outputs).filter(([, { inputs }]) =>
      Object.keys(inputs).some((input) => /elk(-worker|\.bundled)/.test(input)),
    );
    assert.deepEqual(holders.map(([output]) => output).sort(), ['dist/elk.cjs', 'dist/webview/elk-worker.min.js']);
  });

  it('has a language server that other editors start by its name, with at most 450 KB of code for who types', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'threatwright-bin-'));
    const link = path.join(folder, 'threatwright-language-server');
    symlinkSync(path.join(root, 'dist/server.cjs'), link);
    accessSync(link, constants.X_OK);
    // Says when it ends what it has loaded: as Node does, and as it does itself, which reads its parts.
    const [witness, loaded] = ['witness.cjs', 'loaded.json'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(
      witness,
      `const fs = require('node:fs');
       const { readFileSync } = fs;
       const read = new Set();
       fs.readFileSync = (file, ...more) => {
         if (String(file).endsWith('.cjs')) read.add(String(file));
         return readFileSync(file, ...more);
       };
       process.on('exit', () => fs.writeFileSync(${JSON.stringify(loaded)}, JSON.stringify([...read, ...Object.keys(require.cache)])));`,
    );
    const before = { ...process.env };
    Object.assign(process.env, { THREATWRIGHT_SERVER: link, NODE_OPTIONS: `--require ${witness}` });
    try {
      const client = await LspClient.start();
      const at = { textDocument: { uri: 'file:///a.threatmodel.yaml' }, position: { line: 2, character: 4 } };
      await client.open(at.textDocument.uri, 'threatmodel: 1\nelements:\n  bot: { kind: agent }\n');
      assert((await client.told(at.textDocument.uri)).some(({ code }) => code === 'agent-without-identity'));
      for (const feature of ['hover', 'completion', 'definition', 'documentSymbol', 'codeLens'])
        await client.connection.sendRequest(`textDocument/${feature}`, at);
      assert.deepEqual(client.errors, []);
      assert.equal(await client.stop(), 0);
      const named = (JSON.parse(readFileSync(loaded, 'utf8')) as string[]).filter((file) => file !== witness);
      const files = [...new Set(named.map((file) => realpathSync(file)))];
      assert(files.length > 2 && files.every((file) => file.startsWith(path.join(realpathSync(root), 'dist/server'))), files.join(' '));
      const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
      assert(bytes <= 450_000, `${bytes} bytes of code`);
    } finally {
      process.env = before;
      rmSync(folder, { recursive: true });
    }
  });

  it('names the licences of all that is in it', () => {
    execFileSync(process.execPath, ['--import', 'tsx', 'test/tools/notices.ts', '--check'], { cwd: root, stdio: 'pipe' });
  });
});
