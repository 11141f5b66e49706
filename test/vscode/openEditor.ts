import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { installHost } from './installHost.ts';
import { address, startHost } from './vscodeHost.ts';
import { buildVsix } from './vsix.ts';

/**
 * `npm run editor`: the samples in VS Code with the extension as it is in this checkout. Where there is no VS Code, in
 * the offline host, for a browser on this machine.
 */
const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'samples');

execFileSync(process.execPath, ['esbuild.mjs', '--minify'], { cwd: root, stdio: 'inherit' });

const code = process.env['VSCODE_EXECUTABLE'] ?? 'code';
const { status } = spawnSync(code, ['--new-window', `--extensionDevelopmentPath=${root}`, folder], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
if (status === 0) console.log('VS Code opens the samples.');
else await openHost();

async function openHost(): Promise<void> {
  console.log(`There is no VS Code to start as "${code}" (VSCODE_EXECUTABLE names one).`);
  installHost();
  const host = await startHost({ vsix: [buildVsix()] });
  console.log(`\nOpen ${address(host.origin, { folder })}\nCtrl+C ends it.`);
  process.once('SIGTERM', () => process.exit(0));
  process.once('SIGINT', () => process.exit(0));
}
