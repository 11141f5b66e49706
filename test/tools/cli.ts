import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { buildCatalogue, readPackBase } from '../../server/catalogue/build.ts';

const require = createRequire(import.meta.url);
const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy of the program. */
  readonly file?: string;
  /** Stops to read when the first output comes. */
  readonly hangUp?: boolean;
}

/** The program as users have it: THREATWRIGHT_CLI names a built one; otherwise one is built from the source, aside. */
export class Program {
  readonly file: string;
  private readonly folder: string | undefined;

  private constructor(file: string, folder: string | undefined) {
    this.file = file;
    this.folder = folder;
  }

  static async open(): Promise<Program> {
    const named = process.env['THREATWRIGHT_CLI'];
    if (named !== undefined) return new Program(path.resolve(named), undefined);
    const folder = temporaryFolder();
    const dist = path.join(folder, 'dist');
    mkdirSync(path.join(dist, 'fonts'), { recursive: true });
    await build({
      absWorkingDir: ROOT,
      entryPoints: ['server/src/cli.ts', 'server/src/program.ts'],
      outdir: dist,
      outExtension: { '.js': '.cjs' },
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning', mainFields: ['module', 'main'] },
      supported: { 'dynamic-import': false },
      alias: { 'elkjs/lib/elk.bundled.js': './elk.cjs', pdfkit: './node_modules/pdfkit/js/pdfkit.js' },
      external: ['./elk.cjs'],
    });
    writeFileSync(path.join(dist, 'catalogue.json'), JSON.stringify(await buildCatalogue()));
    writeFileSync(path.join(dist, 'sources.json'), JSON.stringify(await readPackBase()));
    copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
    copyFileSync(require.resolve('elkjs/lib/elk.bundled.js'), path.join(dist, 'elk.cjs'));
    copyFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm'), path.join(dist, 'resvg.wasm'));
    const fonts = path.join(ROOT, 'node_modules/@fontsource/inter/files');
    for (const name of readdirSync(fonts).filter((it) => /^inter-latin(-ext)?-(400|600)-normal\.woff2?$/.test(it)))
      copyFileSync(path.join(fonts, name), path.join(dist, 'fonts', name));
    return new Program(path.join(dist, 'cli.cjs'), folder);
  }

  close(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true });
  }

  run(args: readonly string[], { cwd, input, env, file = this.file, hangUp }: RunOptions = {}): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [file, ...args], { cwd, env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', ...env } });
      if (hangUp) child.stdout.once('data', () => child.stdout.destroy());
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
      // A program that does not read its input may be gone before all of it is written.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }
}

/** A new folder below the system's folder for temporary files, by its real name. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), 'threatwright-')));
}

/** Writes files by name, with their folders. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}
