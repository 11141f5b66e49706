import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The desktop VS Code to test with: the one that VSCODE_EXECUTABLE names, else a downloaded one. Undefined when there
 * is no display for it or no way to download it.
 */
export async function desktopVSCode(): Promise<string | undefined> {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named !== undefined) return named;
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined)
    return undefined;
  if (!(await reachable('https://update.code.visualstudio.com/api/releases/stable'))) return undefined;
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(root, 'node_modules/.cache/vscode-test') });
}

async function reachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}
