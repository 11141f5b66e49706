import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
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
  'dist/server-changing.cjs',
  'dist/server-chunk.cjs',
  'dist/server-chunk.cjs',
  'dist/server-showing.cjs',
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
    // Files that share modules have the hash of what is in them in their names.
    const names = files.map((file) => file.replaceAll('\\', '/').replace(/^(dist\/server-[a-z]+)-[A-Z0-9]{8}\./, '$1.'));
    assert.deepEqual(names.sort(), allowed);
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

  it('has a language server that other editors start by its name', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'threatwright-bin-'));
    const link = path.join(folder, 'threatwright-language-server');
    symlinkSync(path.join(root, 'dist/server.cjs'), link);
    accessSync(link, constants.X_OK);
    const before = process.env['THREATWRIGHT_SERVER'];
    process.env['THREATWRIGHT_SERVER'] = link;
    try {
      const client = await LspClient.start();
      await client.open('file:///a.threatmodel.yaml', 'threatmodel: 1\nelements:\n  bot: { kind: agent }\n');
      assert((await client.told('file:///a.threatmodel.yaml')).some(({ code }) => code === 'agent-without-identity'));
      assert.equal(await client.stop(), 0);
    } finally {
      if (before === undefined) delete process.env['THREATWRIGHT_SERVER'];
      else process.env['THREATWRIGHT_SERVER'] = before;
      rmSync(folder, { recursive: true });
    }
  });

  it('names the licences of all that is in it', () => {
    execFileSync(process.execPath, ['--import', 'tsx', 'test/tools/notices.ts', '--check'], { cwd: root, stdio: 'pipe' });
  });
});
