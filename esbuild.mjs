/**
 * Builds everything into dist/:  node esbuild.mjs [--minify] [--watch]
 *
 *   client/extension.cjs        what VS Code loads; thin
 *   client/languageClient.cjs   loaded by it after activation
 *   server.cjs, server-main.cjs the language server: what editors start, and what it runs with a cache of its code; beside
 *                               it server-*-*.cjs, what it loads when it is asked for it
 *   tolerantReader.cjs          reads damaged text; loaded for the first
 *   cli.cjs, program.cjs        the command line: what is called, and what it runs with a cache of its code
 *   elk.cjs                     the layout engine, loaded for the first diagram
 *   web/                        the extension and the language server for browsers
 *   pdf.cjs                     what writes PDF, loaded for the first one
 *   webview/                    the diagram and its layout worker
 *   threatmodel.schema.json     a JSON Schema of the files, for editors that know only YAML
 *   catalogue.json, sources.json (what an organisation's own rules are added to), fonts/, resvg.wasm, meta.json (what is in each file, for the size test and the notices)
 */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { tsImport } from 'tsx/esm/api';
import { slimLibraries, slimYaml } from './esbuild.slim.mjs';

process.chdir(import.meta.dirname);
const { values: options } = parseArgs({ options: { minify: { type: 'boolean' }, watch: { type: 'boolean' } } });

/** Modules that get a file of their own beside the one that imports them, so that they are read only when needed. */
const lazyFiles = {
  name: 'lazy-files',
  setup(build) {
    build.onResolve({ filter: /^elkjs\/lib\/elk\.bundled/ }, ({ importer }) =>
      importer === '' ? undefined : { path: './elk.cjs', external: true },
    );
    build.onResolve({ filter: /^\.\.?\/pdf\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './pdf.cjs', external: true } : undefined,
    );
    build.onResolve({ filter: /\/languageClient\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './languageClient.cjs', external: true } : undefined,
    );
    // Asked for in the middle of reading a text, which cannot wait for an `import()`.
    build.onResolve({ filter: /\/tolerantReader\.ts$/ }, ({ kind, path: file }) =>
      kind === 'import-statement' ? { path: file, namespace: 'late-require' } : undefined,
    );
    build.onResolve({ filter: /^\.\/tolerantReader\.cjs$/ }, ({ path: file }) => ({ path: file, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'late-require' }, () => ({
      contents: `export const readTolerant = (...given) => require('./tolerantReader.cjs').readTolerant(...given);`,
      resolveDir: import.meta.dirname,
    }));
  },
};

/**
 * Files that share modules: esbuild splits only modules of the newer kind, so that is what it makes, and each file is then
 * turned into one of the older kind, whose `require` is late where the source says `import()`.
 */
const splitIntoCjs = {
  name: 'split-into-cjs',
  setup(build) {
    const { minify, supported, target } = build.initialOptions;
    Object.assign(build.initialOptions, { format: 'esm', splitting: true, write: false });
    build.onEnd(async ({ outputFiles, metafile }) => {
      for (const { path: file, text } of outputFiles ?? []) {
        const output = metafile.outputs[path.relative('.', file)];
        const { code } = await esbuild.transform(text, {
          format: 'cjs',
          minify,
          target,
          supported,
          sourcemap: minify ? false : 'inline',
        });
        output.bytes = Buffer.byteLength(code);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, code);
      }
    });
  },
};

const common = {
  bundle: true,
  metafile: true,
  minify: options.minify ?? false,
  sourcemap: options.minify ? false : 'linked',
  // They are in THIRD-PARTY-NOTICES.md, which is part of the package.
  legalComments: 'none',
  logLevel: 'warning',
  outdir: 'dist',
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outExtension: { '.js': '.cjs' },
  // `import()` becomes a late `require`: faster, and the same in every version of VS Code.
  supported: { 'dynamic-import': false },
  mainFields: ['module', 'main'],
  loader: { '.yaml': 'text' },
  plugins: [lazyFiles, slimYaml],
};
/** The font that texts are measured with is copied beside the style sheet that names it. */
const browser = { platform: 'browser', format: 'iife', target: 'chrome130', loader: { '.woff2': 'file' }, assetNames: 'webview/[name]' };
/** For the extension host of a browser, which is a worker and loads one file. */
const web = {
  ...common,
  platform: 'browser',
  target: 'chrome130',
  mainFields: ['browser', 'module', 'main'],
  loader: { '.yaml': 'text' },
};
const builds = [
  { ...node, external: ['vscode'], entryPoints: { 'client/extension': 'client/src/extension.ts' } },
  { ...node, external: ['vscode'], entryPoints: { 'client/languageClient': 'client/src/features/languageServer/languageClient.ts' } },
  {
    ...node,
    entryPoints: { 'server-main': 'server/src/node.ts' },
    chunkNames: 'server-[name]-[hash]',
    sourcemap: options.minify ? false : 'inline',
    plugins: [lazyFiles, slimYaml, slimLibraries, splitIntoCjs],
  },
  { ...node, entryPoints: { tolerantReader: 'server/src/syntax/tolerantReader.ts' } },
  { ...node, entryPoints: { server: 'server/src/server.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: { cli: 'server/src/cli.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: { program: 'server/src/program.ts' } },
  { ...node, entryPoints: { elk: 'node_modules/elkjs/lib/elk.bundled.js' }, minify: true, sourcemap: false },
  {
    ...web,
    external: ['vscode'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    entryPoints: { 'web/extension': 'client/src/browser.ts' },
  },
  { ...web, format: 'iife', entryPoints: { 'web/server': 'server/src/worker.ts' }, plugins: [slimYaml, slimLibraries] },
  // The module that is written for `require`: the other one looks for files beside itself.
  {
    ...node,
    entryPoints: { pdf: 'server/src/pdf.ts' },
    minify: true,
    sourcemap: false,
    alias: { pdfkit: './node_modules/pdfkit/js/pdfkit.js' },
  },
  { ...common, ...browser, entryPoints: { 'webview/main': 'webview/src/main.ts', 'webview/posture': 'webview/src/posture/main.ts' } },
];

const fonts = path.join('node_modules/@fontsource/inter/files');
const copies = {
  'dist/webview/elk-worker.min.js': 'node_modules/elkjs/lib/elk-worker.min.js',
  'dist/resvg.wasm': 'node_modules/@resvg/resvg-wasm/index_bg.wasm',
  ...Object.fromEntries(
    readdirSync(fonts)
      .filter((name) => /^inter-latin(-ext)?-(400|600)-normal\.woff2?$/.test(name))
      .map((name) => [`dist/fonts/${name}`, path.join(fonts, name)]),
  ),
};

if (!options.watch) rmSync('dist', { recursive: true, force: true });
const meta = { inputs: {}, outputs: {} };
for (const [to, from] of Object.entries(copies)) {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, to);
  const bytes = statSync(from).size;
  meta.inputs[from] = { bytes, imports: [] };
  meta.outputs[to] = { bytes, inputs: { [from]: { bytesInOutput: bytes } }, imports: [], exports: [] };
}
// Checks the catalogue too: anything wrong in it ends the build.
const { buildCatalogue, readPackBase } = await tsImport('./server/catalogue/build.ts', import.meta.url);
const catalogue = await buildCatalogue();
writeFileSync('dist/catalogue.json', JSON.stringify(catalogue));
const { loadCatalogue } = await tsImport('./server/src/catalogue/load.ts', import.meta.url);
const { jsonSchema } = await tsImport('./server/src/model/index.ts', import.meta.url);
writeFileSync('dist/threatmodel.schema.json', JSON.stringify(jsonSchema(loadCatalogue(catalogue))));
writeFileSync('dist/sources.json', JSON.stringify(await readPackBase()));

if (options.watch) {
  for (const build of builds) await (await esbuild.context({ ...build, logLevel: 'info' })).watch();
} else {
  for (const { metafile } of await Promise.all(builds.map((build) => esbuild.build(build)))) {
    Object.assign(meta.inputs, metafile.inputs);
    Object.assign(meta.outputs, metafile.outputs);
  }
  for (const program of ['dist/cli.cjs', 'dist/server.cjs']) chmodSync(program, 0o755);
  writeFileSync('dist/meta.json', JSON.stringify(meta));
}
