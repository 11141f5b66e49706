import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const here = import.meta.dirname;

/** Bundles the suite into CommonJS files that any VS Code can load; answers the file that exports `run()`. */
export async function bundleSuite(): Promise<string> {
  const suite = path.join(here, 'suite');
  const out = path.join(here, 'out');
  rmSync(out, { recursive: true, force: true });
  const entries = ['index.ts', ...readdirSync(suite).filter((name) => name.endsWith('.test.ts'))];
  await esbuild.build({
    entryPoints: entries.map((name) => path.join(suite, name)),
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(out, 'index.cjs');
}
