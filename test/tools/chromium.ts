import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

/** For headless runs, also as root and in containers with little shared memory; no talk with the network. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

let found: Promise<string> | undefined;

/**
 * The path of a Chromium or Chrome: CHROME_PATH, an installed one, else Playwright's own download, else (as root on
 * Debian and its kin) the distribution's package. Rejects with what to do when none can be had.
 */
export function findChromium(): Promise<string> {
  found ??= Promise.resolve().then(() => named() ?? installed() ?? downloaded() ?? fromDistribution() ?? none());
  return found;
}

function named(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  return named;
}

function installed(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const elsewhere = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...[process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap((folder) =>
      folder === undefined ? [] : [path.join(folder, 'Google/Chrome/Application/chrome.exe')],
    ),
  ];
  return [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...elsewhere, chromium.executablePath()].find(
    (file) => existsSync(file),
  );
}

function downloaded(): string | undefined {
  const cli = path.join(path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  console.log("No Chromium or Chrome found: trying Playwright's download ...");
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  return attempt(() => execFileSync(process.execPath, [cli, 'install', 'chromium', '--no-shell'], { env, stdio: 'pipe', timeout: 300_000 }))
    ? [chromium.executablePath()].find((file) => existsSync(file))
    : undefined;
}

function fromDistribution(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  console.log("Playwright's download is out of reach: trying the distribution's package ...");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  attempt(() => execFileSync('apt-get', ['update', '-q'], { env, stdio: 'pipe', timeout: 120_000 }));
  attempt(() =>
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env, stdio: 'pipe', timeout: 600_000 }),
  );
  return installed();
}

function none(): never {
  throw new Error(
    'No Chromium or Chrome: install one (on Debian: apt-get install chromium), or name one with CHROME_PATH=/path/to/chrome.',
  );
}

function attempt(step: () => unknown): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}
