import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/** The files of the webview by name, built from the sources as they are, with the options of esbuild.mjs; nothing is written. */
export async function bundleWebview(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { main: 'webview/src/main.ts', posture: 'webview/src/posture/main.ts' },
    ...{ bundle: true, platform: 'browser', format: 'iife', target: 'chrome130', minify: true },
    ...{ loader: { '.woff2': 'file' }, assetNames: '[name]', outdir: 'dist/webview', write: false, logLevel: 'warning' },
  });
  const worker = readFileSync(path.join(root, 'node_modules/elkjs/lib/elk-worker.min.js'));
  return new Map([...outputFiles.map((file) => [path.basename(file.path), file.contents] as const), ['elk-worker.min.js', worker]]);
}

/** The script that stands for VS Code in the page. */
export async function bundleFakeHost(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'fakeHost.ts');
  const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, platform: 'browser', format: 'iife', write: false });
  return outputFiles[0]!.text;
}
