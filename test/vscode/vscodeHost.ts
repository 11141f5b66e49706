import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../tools/chromium.ts';
import { hostMain, hostNode } from './installHost.ts';

/** A real VS Code: server and Node extension host in one process tree, the workbench in a headless Chromium. */
export interface Host {
  /** `http://localhost:PORT`, bound to the loopback interface only. */
  readonly origin: string;
  readonly authority: string;
  openPage(options: PageOptions): Promise<Page>;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Extensions to install before the start. */
  readonly vsix?: readonly string[];
  /** Accept an extension under development and its tests from the page's address; makes modal dialogs reject. */
  readonly testDriver?: boolean;
  /** Reaches the extension host and the language server. */
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A folder is not trusted before somebody says so. */
  readonly askTrust?: boolean;
}

export interface PageOptions {
  /** A folder, or a file `*.code-workspace` that names several. */
  readonly folder: string;
  readonly openFile?: string;
  readonly payload?: readonly (readonly [string, string])[];
  readonly beforeLoad?: (page: Page) => Promise<void>;
}

const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.restoreWindows': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const serverArguments = [
  '--host=127.0.0.1',
  '--without-connection-token',
  '--accept-server-license-terms',
  '--telemetry-level=off',
  '--disable-update-check',
  '--disable-getting-started-override',
  '--disable-experiments',
];

/** A page that a test has rewritten may still talk to the host. */
const ownAddresses =
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessChecks';

/** Starts the host on a data folder of its own; `stop` ends every process and removes the folder. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const dir = mkdtempSync(path.join(tmpdir(), 'vscode-host-'));
  const data = path.join(dir, 'data');
  const dirs = ['--server-data-dir', data, '--extensions-dir', path.join(dir, 'extensions')];
  const trustSettings = {
    'security.workspace.trust.enabled': options.askTrust === true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.emptyWindow': false,
  };
  mkdirSync(path.join(data, 'data/User'), { recursive: true });
  writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...trustSettings, ...options.settings }));
  // An empty gallery: no marketplace, and no look-ups of one.
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env };
  for (const vsix of options.vsix ?? []) execFileSync(hostNode, [hostMain, ...dirs, '--install-extension', vsix], { env, stdio: 'pipe' });

  const trust = options.askTrust === true ? [] : ['--disable-workspace-trust'];
  const driver = options.testDriver === true ? ['--enable-smoke-test-driver'] : [];
  const server = spawn(hostNode, [hostMain, ...serverArguments, '--port=0', ...trust, ...driver, ...dirs], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const cleanUp = (): void => {
    signalGroup(server, 'SIGKILL');
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', cleanUp);
  const origin = await listening(server);
  const authority = new URL(origin).host;
  let browser: Promise<Browser> | undefined;

  return {
    origin,
    authority,
    async openPage(page) {
      browser ??= findChromium().then((executablePath) => chromium.launch({ executablePath, args: [...chromiumArguments, ownAddresses] }));
      const opened = await (await browser).newPage({ viewport: { width: 1400, height: 900 } });
      await page.beforeLoad?.(opened);
      await opened.goto(address(origin, page));
      return opened;
    },
    async stop() {
      process.off('exit', cleanUp);
      await (await browser)?.close();
      const gone = new Promise<void>((resolve) => {
        if (server.exitCode !== null) resolve();
        else server.once('exit', () => resolve());
      });
      signalGroup(server, 'SIGTERM');
      const impatience = setTimeout(() => signalGroup(server, 'SIGKILL'), 3000);
      await gone;
      clearTimeout(impatience);
      cleanUp();
    },
  };
}

/** The workbench's address for a folder, and optionally a file to open in it. */
export function address(origin: string, page: PageOptions): string {
  const authority = new URL(origin).host;
  const payload = [...(page.openFile === undefined ? [] : [['openFile', remoteUri(authority, page.openFile)]]), ...(page.payload ?? [])];
  const query = new URLSearchParams({ [page.folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: page.folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${origin}/?${query.toString()}`;
}

export function remoteUri(authority: string, file: string): string {
  return `vscode-remote://${authority}${path.resolve(file)}`;
}

function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => reject(new Error(`The VS Code server did not start in 60 s.\n${log}`)), 60_000);
    const onData = (chunk: Buffer): void => {
      log += chunk.toString();
      const found = /Web UI available at (\S+?)\/?\s/.exec(log)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    server.stdout?.on('data', onData);
    server.stderr?.on('data', onData);
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ended with code ${code}.\n${log.slice(-4000)}`));
    });
  });
}

function signalGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, signal);
  } catch {
    // The whole group is gone already, which is what was wanted.
  }
}
